// Exports over the API, and the ledger of what was given to whom.
import { Readable } from 'node:stream';
import {
  BaselineAsk,
  BaselineSummary,
  Contribution,
  Contributions,
  ContributionWithdraw,
  ExchangeAsk,
  ExchangeSummary,
  Id,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ByteStream, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createTurns, inTurn } from '../../app/http/turns.js';
import { previewBaseline, releaseBaseline } from './baseline.js';
import { beginExport, previewExport } from './export.js';
import { listContributions, withdrawContribution } from './ledger.js';
import { FILE_TYPES } from './write.js';

const tags = ['exchange'];
const file = { 200: { description: 'The file', content: { 'application/octet-stream': { schema: ByteStream } } } };

export const exchangeRoutes = (api: Api, { connections, store }: RouteDeps): void => {
  // A preview goes through all that would leave: one at a time of each person.
  const turns = createTurns({ each: 1, all: 4, waiting: 8 });

  api.post(
    '/exports/preview',
    {
      config: viewed('export preview'),
      schema: {
        tags,
        summary: 'What an export would hold, what would be missing, and whether it may go to whom it is for',
        body: ExchangeAsk,
        response: answers(ExchangeSummary),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(turns, ctx.actor.userId, () => previewExport(store, ctx, request.body));
    },
  );

  api.post(
    '/exports',
    {
      config: { ...byService, proof: true },
      schema: {
        tags,
        summary:
          'An export as a file; on record, and in the ledger where it is for somebody else, before a byte leaves',
        body: ExchangeAsk,
        response: file,
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { summary, text } = await beginExport(store, ctx, request.body, (input) =>
        connections.ask({ op: 'list', ctx, input }),
      );
      const { ending, mime } = FILE_TYPES[summary.format];
      return reply
        .type(`${mime}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="redthread-${summary.format}.${ending}"`)
        .send(Readable.from(text));
    },
  );

  api.post(
    '/baseline/preview',
    {
      config: viewed('baseline preview'),
      schema: {
        tags,
        summary: 'What a release of the baseline list would hold, and what is held back',
        body: BaselineAsk,
        response: answers(BaselineSummary),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(turns, ctx.actor.userId, () => previewBaseline(store, ctx, request.body));
    },
  );

  api.post(
    '/baseline',
    {
      config: { ...byService, proof: true },
      schema: {
        tags,
        summary: 'The baseline list as digests; on record and in the ledger, with what was taken back since',
        body: BaselineAsk,
        response: file,
      },
    },
    async (request, reply) => {
      const { text } = await releaseBaseline(store, ctxOf(request), request.body);
      return reply
        .type('text/plain; charset=utf-8')
        .header('content-disposition', 'attachment; filename="redthread-baseline.txt"')
        .send(Readable.from([text]));
    },
  );

  api.get(
    '/contributions',
    {
      config: viewed('contributions'),
      schema: { tags, summary: 'What the own agency gave to others, newest first', response: answers(Contributions) },
    },
    async (request) => ({ items: await listContributions(store, ctxOf(request)) }),
  );

  api.post(
    '/contributions/:id/withdraw',
    {
      config: byService,
      schema: {
        tags,
        summary:
          'Takes back what was given, all of it or some media; of a baseline list the next release tells the receiver',
        params: z.object({ id: Id }),
        body: ContributionWithdraw,
        response: answers(Contribution),
      },
    },
    (request) => withdrawContribution(store, ctxOf(request), request.params.id, request.body),
  );
};
