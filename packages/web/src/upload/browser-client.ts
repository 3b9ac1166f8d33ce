// How the calls of a sender in a browser travel: with the session of whoever has signed in, until they are answered.
import { fail } from '@redthread/core/errors';
import { createPatientClient, type Answer, type Call, type PatientClient } from '@redthread/core/sending';
import type { Told } from './messages.js';

export interface BrowserClientOptions {
  /** Aborted when whoever began it wants it to end. */
  readonly stopping: AbortSignal;
  /** Null when the server answers again. */
  readonly onTrouble: (trouble: Told | null) => void;
}

/** As long as `redthread ingest --server` waits. */
const PATIENCE_MS = 60 * 60_000;
/** On a line of 100 kB/s a request with its bytes takes less. */
const ONE_REQUEST_MS = 120_000;
const MOMENT_MS = 200;

export const createBrowserClient = ({ stopping, onTrouble }: BrowserClientOptions): PatientClient => {
  const once = async ({ method, path, json, bytes, digest }: Call): Promise<Answer> => {
    const headers = new Headers({ accept: 'application/json' });
    if (json !== undefined) headers.set('content-type', 'application/json');
    if (bytes !== undefined) headers.set('content-type', 'application/octet-stream');
    if (digest !== undefined) headers.set('content-digest', `sha-256=:${btoa(String.fromCharCode(...digest))}:`);
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(ONE_REQUEST_MS),
      body: json === undefined ? ((bytes as Uint8Array<ArrayBuffer> | undefined) ?? null) : JSON.stringify(json),
    });
    const answer = await response.text();
    if (response.ok) onTrouble(null);
    return { status: response.status, body: answer };
  };
  return createPatientClient({
    once,
    unreachable: (cause) => ({
      problem: fail('SERVER_UNREACHABLE', (cause as Error).message, { cause }),
      isFinal: false,
    }),
    patienceMs: PATIENCE_MS,
    isStopping: () => stopping.aborted,
    pause: (lengthMs) => pause(lengthMs, stopping),
    onTrouble: ({ code, detail }) => onTrouble({ code, detail }),
  });
};

const sleep = (lengthMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, lengthMs));

const pause = async (lengthMs: number, stopping: AbortSignal): Promise<void> => {
  if (stopping.aborted) return sleep(MOMENT_MS);
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, lengthMs);
    stopping.addEventListener('abort', end);
  });
};
