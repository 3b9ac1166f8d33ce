// Contribution packages over the API: keys, sending, opening what was sent as an upload, and what came of it.
import { Readable } from 'node:stream';
import {
  Acknowledgement,
  Contribution,
  ExchangeKey,
  ExchangePeer,
  ExchangePeerAdd,
  ExchangeSummary,
  Id,
  ListUpload,
  PackageAsk,
  PackageKeys,
  PackageOpen,
  PackageReceipts,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ByteStream, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createTurns, inTurn } from '../../app/http/turns.js';
import { acknowledgePackage } from './acknowledge.js';
import { addPeer, makeKey, packageKeys, removePeer } from './keys.js';
import { acknowledgeReceipt, listReceipts, openUpload } from './receive.js';
import { beginPackage, previewPackage } from './send.js';

const tags = ['exchange'];
const file = {
  200: { description: 'The package', content: { 'application/octet-stream': { schema: ByteStream } } },
};

export const packageRoutes = (api: Api, { lists, store }: RouteDeps): void => {
  // Each goes through all that it would hold, or opens a file of any size.
  const turns = createTurns({ each: 1, all: 2, waiting: 4 }, 120_000);

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
      config: { ...byService, proof: true },
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
      config: { ...byService, proof: true },
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
    '/exports/package/preview',
    {
      config: viewed('package preview'),
      schema: {
        tags,
        summary: 'What a package would hold, what would be missing, and whether all of it may go to whom it is for',
        body: PackageAsk,
        response: answers(ExchangeSummary),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(turns, ctx.actor.userId, () => previewPackage(store, ctx, request.body));
    },
  );

  api.post(
    '/exports/package',
    {
      config: { ...byService, proof: true },
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
    '/packages',
    {
      config: { ...viewed('package'), access: 'write' },
      schema: {
        tags,
        summary:
          'Opens a package that was sent as a list upload: seal, signature and digests hold, or nothing comes in; it is read, and counts once that is said',
        body: PackageOpen,
        response: answers(ListUpload),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(turns, ctx.actor.userId, () => openUpload(store, lists, ctx, request.body));
    },
  );

  api.get(
    '/packages/:list/acknowledgement',
    {
      config: viewed('package acknowledgement'),
      schema: {
        tags,
        summary: 'That a package came in, signed, for its sender; it is named by the list that it became',
        params: z.object({ list: Id }),
        response: answers(Acknowledgement),
      },
    },
    (request) => acknowledgeReceipt(store, ctxOf(request), request.params.list),
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
