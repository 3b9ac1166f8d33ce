// How the calls of a sender on another machine travel: over connections that are kept, trusting a private authority where
// one is named, given up when nothing comes. Patience is that of every sender (`createPatientClient`).
import { request as plainRequest, Agent as PlainAgent, type IncomingMessage } from 'node:http';
import { request as secureRequest, Agent as SecureAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type RedthreadError, saying } from '@redthread/core/errors';
import {
  createPatientClient,
  type Answer,
  type Call,
  type PatientClient,
  type PatientClientOptions,
} from '@redthread/core/sending';
import type { Secret } from '../../../app/secret.js';
import type { ServerAddress } from './server-address.js';

export interface ApiClient extends PatientClient {
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
const MOMENT_MS = 200;
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const TROUBLE_EVERY_MS = 30_000;

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

  let lastTroubleAt = 0;
  const tell = (problem: RedthreadError): void => {
    if (Date.now() - lastTroubleAt < TROUBLE_EVERY_MS) return;
    lastTroubleAt = Date.now();
    options.onTrouble?.(`Waiting for ${address.url.origin}: ${problem.code}: ${problem.detail}`);
  };
  const patient = createPatientClient({
    once,
    unreachable,
    patienceMs,
    isStopping: () => stopping.aborted,
    pause: (lengthMs) => sleep(lengthMs, undefined, { signal: stopping }).catch(() => sleep(MOMENT_MS)),
    onTrouble: tell,
  });
  return { ...patient, close: () => agent.destroy() };
};

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

/** Certificates that do not hold are no matter of patience. */
const TLS = /^(ERR_TLS|CERT_|DEPTH_ZERO|UNABLE_TO_|SELF_SIGNED|ERR_SSL)/;

const unreachable: PatientClientOptions['unreachable'] = (cause) => {
  const { code, message } = cause as NodeJS.ErrnoException;
  const problem = fail('SERVER_UNREACHABLE', code === undefined ? message : saying`${code}: ${message}`, { cause });
  return { problem, isFinal: code !== undefined && TLS.test(code) };
};
