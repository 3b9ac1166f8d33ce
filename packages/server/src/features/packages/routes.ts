// Contribution packages over the API: keys, sending, and what came of it. A package comes in on the command line.
import { Readable } from 'node:stream';
import {
  Acknowledgement,
  Contribution,
  ExchangeKey,
  ExchangePeer,
  ExchangePeerAdd,
  Id,
  PackageAsk,
  PackageKeys,
  PackageReceipts,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ByteStream, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { acknowledgePackage } from './acknowledge.js';
import { addPeer, makeKey, packageKeys, removePeer } from './keys.js';
import { listReceipts } from './receive.js';
import { beginPackage } from './send.js';

const tags = ['exchange'];
const byService = { access: 'write', audit: { byService: true } } as const;
const file = {
  200: { description: 'The package', content: { 'application/octet-stream': { schema: ByteStream } } },
};

export const packageRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/package-keys',
    {
      config: viewed('package keys'),
      schema: { tags, summary: 'The own key for packages, and those that are trusted', response: answers(PackageKeys) },
    },
    (request) => packageKeys(store, ctxOf(request)),
  );

  api.post(
    '/package-keys',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Makes the own key where there is none, and answers it',
        response: answers(ExchangeKey),
      },
    },
    (request) => makeKey(store, ctxOf(request)),
  );

  api.post(
    '/package-keys/trusted',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Trusts the key of another agency, whose fingerprint was compared over another way',
        body: ExchangePeerAdd,
        response: answers(ExchangePeer),
      },
    },
    (request) => addPeer(store, ctxOf(request), request.body),
  );

  api.delete(
    '/package-keys/trusted/:id',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Trusts a key no longer',
        params: z.object({ id: Id }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removePeer(store, ctxOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/exports/package',
    {
      config: byService,
      schema: {
        tags,
        summary: 'A package for a trusted key: on record and in the ledger before a byte leaves, sealed and signed',
        body: PackageAsk,
        response: file,
      },
    },
    async (request, reply) => {
      const { bytes, id } = await beginPackage(store, ctxOf(request), request.body);
      return reply
        .type('application/octet-stream')
        .header('content-disposition', `attachment; filename="redthread-${id}.package"`)
        .send(Readable.from(bytes));
    },
  );

  api.get(
    '/packages',
    {
      config: viewed('packages'),
      schema: { tags, summary: 'Packages that came in, newest first', response: answers(PackageReceipts) },
    },
    async (request) => ({ items: await listReceipts(store, ctxOf(request)) }),
  );

  api.post(
    '/package-acknowledgements',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Notes in the ledger that a package came in, as its receiver has signed',
        body: Acknowledgement,
        response: answers(Contribution),
      },
    },
    (request) => acknowledgePackage(store, ctxOf(request), request.body),
  );
};
