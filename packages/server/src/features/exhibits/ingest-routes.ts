// The protocol of an ingest over the network: docs/remote-ingest.md describes it for whoever writes another sender.
import type { FastifyRequest } from 'fastify';
import {
  ContainerDamage,
  ContainerDigest,
  Id,
  IngestBatch,
  IngestBatchAnswer,
  IngestFinish,
  IngestOpen,
  IngestOpened,
  IngestProgress,
  OpenedImage,
  PackAnswer,
  PACK_FRAME_BYTES,
  SeenAnswer,
  SeenQuery,
  Sha256,
  UploadBegin,
  UploadState,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, Bytes, contentDigest, ctxOf, whoAsks, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createTurns, inTurnOf } from '../../app/http/turns.js';
import { nameOf, type Holder } from './receive/limits.js';
import { AT_ONCE, CHUNK_BYTES, finishRun, openRun, PACK_BYTES, readRunProgress } from './receive/open-run.js';
import { createReceiver } from './receive/receiver.js';
import { listSeen, noteContainerDigest, noteDamage, noteOpenedImage, storeEntries } from './receive/store-entries.js';
import { beginUpload, dropUpload, takeChunk } from './receive/take-chunks.js';
import { takePack } from './receive/take-pack.js';
import { completeUpload } from './receive/verify-upload.js';

const PART = { exempt: 'part of an ingest, whose beginning and end are on record' } as const;
const config = { access: 'ingest', audit: PART } as const;
const Nothing = z.null();
const run = z.object({ id: Id });
const upload = z.object({ id: Id, sha256: Sha256 });
const chunk = upload.extend({ number: z.coerce.number().int().min(0) });

const BATCH_LIMIT_BYTES = 8 * 1024 * 1024;
/** A content of the largest size still fits into a pack of its own with its frame. */
const PACK_LIMIT_BYTES = PACK_BYTES + PACK_FRAME_BYTES;
const ALL_AT_ONCE = 24;
const WAITING = 64;

const holderOf = (request: FastifyRequest): Holder => {
  const { ctx, keyId } = whoAsks(request);
  return { userId: ctx.actor.userId, keyId };
};

export const ingestRoutes = (api: Api, { store, intake }: RouteDeps): void => {
  const receiver = createReceiver(store, intake);
  api.addHook('onClose', () => receiver.close());

  const turns = createTurns({ each: AT_ONCE, all: ALL_AT_ONCE, waiting: WAITING });
  const inTurn = inTurnOf(turns, (request) => nameOf(holderOf(request)));

  api.post(
    '/ingests',
    {
      config: { access: 'ingest', audit: { byService: true } },
      schema: {
        tags: ['ingest'],
        summary: 'Begin to send an exhibit, or go on with it',
        body: IngestOpen,
        response: answers(IngestOpened),
      },
    },
    (request) => openRun(store, intake, ctxOf(request), request.body),
  );

  api.get(
    '/ingests/:id',
    {
      config,
      schema: {
        tags: ['ingest'],
        summary: 'How far the exhibit is; also a sign of life of its sender',
        params: run,
        response: answers(IngestProgress),
      },
    },
    (request) => readRunProgress(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/ingests/:id/seen',
    {
      config,
      bodyLimit: BATCH_LIMIT_BYTES,
      schema: {
        tags: ['ingest'],
        summary: 'What an earlier run of this exhibit left at these paths',
        params: run,
        body: SeenQuery,
        response: answers(SeenAnswer),
      },
    },
    async (request) => ({ items: await listSeen(store, ctxOf(request), request.params.id, request.body.paths) }),
  );

  api.post(
    '/ingests/:id/batches',
    {
      config,
      bodyLimit: BATCH_LIMIT_BYTES,
      schema: {
        tags: ['ingest'],
        summary: 'Store files: all of them, or none and the answer names the contents that must be sent first',
        params: run,
        body: IngestBatch,
        response: answers(IngestBatchAnswer),
      },
    },
    (request) => storeEntries(store, intake, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/ingests/:id/packs',
    {
      config,
      bodyLimit: PACK_LIMIT_BYTES,
      preParsing: inTurn,
      schema: {
        tags: ['ingest'],
        summary: 'Send small contents, each framed by its SHA-256 and length',
        params: run,
        body: Bytes,
        response: answers(PackAnswer),
      },
    },
    async (request) => ({
      accepted: await takePack(receiver, ctxOf(request), holderOf(request), request.params.id, request.body),
    }),
  );

  api.put(
    '/ingests/:id/uploads/:sha256',
    {
      config,
      schema: {
        tags: ['ingest'],
        summary: 'Begin to send a large content, or ask how far it is',
        params: upload,
        body: UploadBegin,
        response: answers(UploadState),
      },
    },
    (request) => {
      const { id, sha256 } = request.params;
      const { sizeBytes } = request.body;
      return beginUpload(receiver, ctxOf(request), holderOf(request), id, { sha256, sizeBytes });
    },
  );

  api.put(
    '/ingests/:id/uploads/:sha256/chunks/:number',
    {
      config,
      bodyLimit: CHUNK_BYTES,
      preParsing: inTurn,
      schema: {
        tags: ['ingest'],
        summary: 'Send one chunk with its Content-Digest',
        params: chunk,
        body: Bytes,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { id, sha256, number } = request.params;
      const sent = { sha256, number, bytes: request.body, digest: contentDigest(request) };
      await takeChunk(receiver, ctxOf(request), holderOf(request), id, sent);
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/ingests/:id/uploads/:sha256/complete',
    {
      config,
      schema: {
        tags: ['ingest'],
        summary: 'Verify the whole against its SHA-256; ask again until it is complete',
        params: upload,
        response: answers(UploadState),
      },
    },
    (request) => completeUpload(receiver, ctxOf(request), request.params.id, request.params.sha256),
  );

  api.delete(
    '/ingests/:id/uploads/:sha256',
    {
      config,
      schema: { tags: ['ingest'], summary: 'Give an upload up', params: upload, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await dropUpload(receiver, ctxOf(request), request.params.id, request.params.sha256);
      return reply.code(204).send(null);
    },
  );

  api.put(
    '/ingests/:id/container',
    {
      config,
      schema: {
        tags: ['ingest'],
        summary: 'Digest of the archive that is the exhibit',
        params: run,
        body: ContainerDigest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await noteContainerDigest(store, intake, ctxOf(request), request.params.id, request.body);
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/ingests/:id/images',
    {
      config,
      schema: {
        tags: ['ingest'],
        summary: 'A disk image that the sender has opened: its parts, file systems and hashes',
        params: run,
        body: OpenedImage,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await noteOpenedImage(store, intake, ctxOf(request), request.params.id, request.body);
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/ingests/:id/damages',
    {
      config,
      schema: {
        tags: ['ingest'],
        summary: 'An archive whose row is stored could be read in part only',
        params: run,
        body: ContainerDamage,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await noteDamage(store, intake, ctxOf(request), request.params.id, request.body);
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/ingests/:id/end',
    {
      config: { access: 'ingest', audit: { byService: true } },
      schema: {
        tags: ['ingest'],
        summary: 'The sender has nothing more, or stops here',
        params: run,
        body: IngestFinish,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await finishRun(store, intake, ctxOf(request), request.params.id, request.body);
      return reply.code(204).send(null);
    },
  );
};
