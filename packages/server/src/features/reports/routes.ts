// Reports over the API: what one would say, and the whole of it with its signed manifest.
import { rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { ReportOrder, ReportPreview, ReportQuery } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { answers, ByteStream, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createTurns, inTurn } from '../../app/http/turns.js';
import { clearDeadFolders, makeOwnFolder } from '../../app/own-folder.js';
import type { AskConnections } from '../connections/index.js';
import { makeReport } from './make/make-report.js';
import { previewReport } from './make/preview.js';
import { ZIP_MOST_BYTES, zipOf } from './make/zip.js';

const zip = { 200: { description: 'The report', content: { 'application/zip': { schema: ByteStream } } } };

/** Reports on their way out: what a killed server leaves of them is taken away by the next, before it is asked for one. */
const FOLDER = 'redthread-report';

export const reportRoutes = (api: Api, { connections, store }: RouteDeps): void => {
  clearDeadFolders(FOLDER);
  // Of long reports a few at once are as much as a server does beside everything else. A turn ends with the making, not with the connection:
  // whoever hangs up and asks again would have any number made at once.
  const turns = createTurns({ each: 1, all: 2, waiting: 2 }, 120_000);
  // A preview counts all that the report would hold: somebody who opens many pages has one at a time.
  const looks = createTurns({ each: 1, all: 4, waiting: 8 });
  const asking =
    (ctx: Context): AskConnections =>
    (input) =>
      connections.ask({ op: 'list', ctx, input });

  api.get(
    '/reports/preview',
    {
      config: viewed('report'),
      schema: {
        tags: ['work'],
        summary: 'The beginning of each part of a report on a case, an exhibit, a series or two media',
        querystring: ReportQuery,
        response: answers(ReportPreview),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(looks, ctx.actor.userId, () => previewReport(store, ctx, request.query, asking(ctx)));
    },
  );

  api.post(
    '/reports',
    {
      config: { access: 'read', audit: { byService: true }, proof: true },
      schema: {
        tags: ['work'],
        summary: 'A report with its signed manifest, as a ZIP; on record before it leaves',
        body: ReportOrder,
        response: zip,
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const help = { connections: asking(ctx), mostBytes: ZIP_MOST_BYTES };
      const { files, folder, manifest } = await inTurn(turns, ctx.actor.userId, async () => {
        // Whoever asked has gone while they waited for their turn: nothing is made, and nothing is left.
        if (reply.raw.destroyed) throw fail('REQUEST_INVALID', 'whoever asked has gone');
        const own = makeOwnFolder(FOLDER);
        reply.raw.once('close', () => rmSync(own, { recursive: true, force: true }));
        return { folder: own, ...(await makeReport(store, ctx, request.body, own, help)) };
      });
      const { kind, record } = manifest.statement;
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="report-${kind}-${record.size}.zip"`)
        .send(Readable.from(zipOf(folder, files, new Date(record.at))));
    },
  );
};
