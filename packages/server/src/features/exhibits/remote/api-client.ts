// Calls to a server that may be slow, gone for a while, or behind a network that loses things: each call is one that may
// be said twice, and is said again with growing pauses until it is answered.
import { request as plainRequest, Agent as PlainAgent, type IncomingMessage } from 'node:http';
import { request as secureRequest, Agent as SecureAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@redthread/core/contract';
import { CATALOGUE, fail, type ErrorCode, type RedthreadError } from '@redthread/core/errors';
import type { z } from 'zod';
import type { Secret } from '../../../app/secret.js';
import type { ServerAddress } from './server-address.js';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /api/v1. */
  readonly path: string;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  /** SHA-256 of `bytes`. */
  readonly digest?: Uint8Array;
  /** Less than that of the client, where it is given. */
  readonly patienceMs?: number;
}

export interface ApiClient {
  /** Errors: those of the server; SERVER_UNREACHABLE after the patience, SERVER_ANSWER_INVALID. */
  call<T extends z.ZodType>(call: Call, schema: T): Promise<z.output<T>>;
  /** The same where no body is expected back. */
  send(call: Call): Promise<void>;
  close(): void;
}

export interface ApiClientOptions {
  readonly address: ServerAddress;
  readonly key: Secret;
  /** So long nothing needs to be answered before a call fails. */
  readonly patienceMs: number;
  /** After it the client does not wait any more than a moment. */
  readonly stopping: AbortSignal;
  readonly onTrouble?: (line: string) => void;
  /** Connections at once. */
  readonly connections: number;
}

/** No byte in either direction for so long: the connection is given up. */
const SILENT_MS = 45_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 15_000;
const STOPPING_PATIENCE_MS = 5_000;
/** What a server says may be a fault of the network for so many times in a row. */
const DOUBTS = 6;
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const TROUBLE_AFTER_MS = 3_000;
const TROUBLE_EVERY_MS = 30_000;

/** Passing by their nature: the same call may be answered in a moment. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>([
  'TOO_MANY_REQUESTS',
  'QUOTA_EXCEEDED',
  'INTAKE_UNAVAILABLE',
  'DB_UNREACHABLE',
]);
/** A request that lost some of its bytes on the way looks like one of these. */
const DOUBTFUL: ReadonlySet<string> = new Set<ErrorCode>(['CHUNK_DIGEST_WRONG', 'CHUNK_SIZE_WRONG', 'REQUEST_INVALID']);

interface Answer {
  readonly status: number;
  readonly body: string;
}

export const createApiClient = (options: ApiClientOptions): ApiClient => {
  const { address, key, patienceMs, stopping, connections } = options;
  const secure = address.url.protocol === 'https:';
  const keepAlive = {
    keepAlive: true,
    maxSockets: connections,
    maxFreeSockets: connections,
    scheduling: 'lifo',
  } as const;
  const agent = secure
    ? new SecureAgent({
        ...keepAlive,
        ...(address.certificates === null ? {} : { ca: [...rootCertificates, address.certificates] }),
      })
    : new PlainAgent(keepAlive);
  const base = address.url.href.replace(/\/$/, '');
  const heard = new WeakSet<object>();
  let lastTroubleAt = 0;
  let lastAnswerAt = Date.now();

  const once = ({ method, path, json, bytes, digest }: Call): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const body = bytes ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
      const sent = (secure ? secureRequest : plainRequest)(`${base}/api/v1${path}`, {
        method,
        agent,
        headers: {
          authorization: `Bearer ${key.reveal()}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-length': body.length }),
          ...(body === undefined
            ? {}
            : { 'content-type': bytes === undefined ? 'application/json' : 'application/octet-stream' }),
          ...(digest === undefined ? {} : { 'content-digest': `sha-256=:${Buffer.from(digest).toString('base64')}:` }),
        },
      });
      sent.setTimeout(SILENT_MS, () => sent.destroy(new Error(`nothing came for ${SILENT_MS / 1000} s`)));
      sent.on('error', reject);
      sent.once('socket', (socket) => {
        // A write may still fail when the answer was read: an event without a listener would end the process.
        if (!heard.has(socket)) socket.on('error', () => undefined);
        heard.add(socket);
      });
      sent.once('response', (response) => readAnswer(response).then(resolve, reject));
      sent.end(body);
    });

  const tell = (since: number, { code, detail }: RedthreadError): void => {
    const now = Date.now();
    if (now - since < TROUBLE_AFTER_MS || now - lastTroubleAt < TROUBLE_EVERY_MS) return;
    lastTroubleAt = now;
    options.onTrouble?.(`Waiting for ${address.url.origin}: ${code}: ${detail}`);
  };

  const attempt = async (call: Call): Promise<Attempt> => {
    try {
      const answer = await once(call);
      return attemptOf(answer);
    } catch (error) {
      return unreachable(error);
    }
  };

  const answered = async (call: Call): Promise<string> => {
    const startedAt = Date.now();
    let doubts = 0;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const tried = await attempt(call);
      if (tried.kind !== 'silence') lastAnswerAt = Date.now();
      if (tried.kind === 'answer') return tried.body;
      if (tried.kind === 'final' || (tried.kind === 'doubt' && ++doubts >= DOUBTS)) throw tried.problem;
      // Where others are answered the server is there: only a common silence counts against it.
      const since = tried.kind === 'silence' ? Math.max(startedAt, lastAnswerAt) : startedAt;
      const patience = Math.min(call.patienceMs ?? patienceMs, stopping.aborted ? STOPPING_PATIENCE_MS : Infinity);
      if (Date.now() - since > patience) throw tried.problem;
      tell(startedAt, tried.problem);
      const lengthMs = pauseMs * (0.5 + Math.random());
      await sleep(lengthMs, undefined, { signal: stopping }).catch(() => sleep(FIRST_PAUSE_MS));
    }
  };

  return {
    call: async (call, schema) => {
      const body = await answered(call);
      const parsed = schema.safeParse(parseJson(body));
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw fail(
        'SERVER_ANSWER_INVALID',
        `${call.path} ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no JSON'}`,
      );
    },
    send: async (call) => void (await answered(call)),
    close: () => agent.destroy(),
  };
};

/** How one attempt ended. `doubt`: perhaps the network's fault; `passing`: to be tried again; `silence`: no answer at all. */
type Attempt =
  | { readonly kind: 'answer'; readonly body: string }
  | { readonly kind: 'final' | 'doubt' | 'passing' | 'silence'; readonly problem: RedthreadError };

const readAnswer = async (response: IncomingMessage): Promise<Answer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_ANSWER_BYTES) throw new Error('the answer has no end');
    parts.push(part);
  }
  if (!response.complete) throw new Error('the answer was cut off');
  return { status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const attemptOf = ({ status, body }: Answer): Attempt => {
  if (status >= 200 && status < 300) return { kind: 'answer', body };
  const parsed = Problem.safeParse(parseJson(body));
  if (parsed.success && Object.hasOwn(CATALOGUE, parsed.data.code)) {
    const { code, detail, pointer } = parsed.data;
    const problem = fail(code as ErrorCode, detail, pointer === undefined ? {} : { pointer });
    return { kind: PASSING.has(code) ? 'passing' : DOUBTFUL.has(code) ? 'doubt' : 'final', problem };
  }
  // A proxy between us and the server, or no server of ours.
  const isBusy = status >= 500 || status === 408 || status === 429;
  const detail = `an answer ${status} that is not Redthread's`;
  return isBusy
    ? { kind: 'passing', problem: fail('SERVER_UNREACHABLE', detail) }
    : { kind: 'doubt', problem: fail('SERVER_ANSWER_INVALID', detail) };
};

/** Certificates that do not hold are no matter of patience. */
const TLS = /^(ERR_TLS|CERT_|DEPTH_ZERO|UNABLE_TO_|SELF_SIGNED|ERR_SSL)/;

const unreachable = (cause: unknown): Attempt => {
  const { code, message } = cause as NodeJS.ErrnoException;
  const problem = fail('SERVER_UNREACHABLE', code === undefined ? message : `${code}: ${message}`, { cause });
  return { kind: code !== undefined && TLS.test(code) ? 'final' : 'silence', problem };
};
