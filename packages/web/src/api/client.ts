// The one place that talks to the server: same origin, JSON checked against the contract, failures as problems.
import { Problem } from '@redthread/core/contract';
import type { z } from 'zod';
import { t } from '../text/index.js';
import { ApiProblem, localProblem } from './problem.js';
import { freshProof } from './prover.js';

const BASE = '/api/v1';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Query;
  readonly body?: unknown;
  /** Instead of `body`: sent as they are. */
  readonly bytes?: Blob;
  readonly signal?: AbortSignal;
  /** It is sent again, after its person has proven who they are. */
  readonly proven?: boolean;
}

/** The address of a call, for links and for the veiled rendition. */
export const apiUrl = (path: string, query: Query = {}): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return `${BASE}${path}${text === '' ? '' : `?${text}`}`;
};

const readProblem = async (response: Response): Promise<ApiProblem> => {
  const requestId = response.headers.get('x-request-id') ?? '';
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  if (parsed.success) return new ApiProblem(parsed.data);
  return localProblem(
    'RESPONSE_UNEXPECTED',
    t.problem.unexpected,
    `HTTP ${response.status} ${response.url}`,
    requestId,
  );
};

const send = async (path: string, call: Call): Promise<Response> => {
  const { method = 'GET', query, body, bytes, signal } = call;
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (body !== undefined) {
    init.headers = { ...init.headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  if (bytes !== undefined) {
    init.headers = { ...init.headers, 'content-type': 'application/octet-stream' };
    init.body = bytes;
  }
  if (signal !== undefined) init.signal = signal;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), init);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw localProblem('SERVER_UNREACHABLE', t.problem.unreachable, t.problem.unreachable.detail);
  }
  if (response.ok) return response;
  const problem = await readProblem(response);
  // Asked for once: a call that is refused again after it says so.
  if (problem.code === 'PROOF_NEEDED' && call.proven !== true && (await freshProof()))
    return send(path, { ...call, proven: true });
  throw problem;
};

/** Calls the API and checks the answer against its schema. */
export const callJson = async <T extends z.ZodType>(path: string, schema: T, call: Call = {}): Promise<z.output<T>> => {
  const response = await send(path, call);
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 3);
  const requestId = response.headers.get('x-request-id') ?? '';
  throw localProblem('RESPONSE_UNEXPECTED', t.problem.unexpected, `${path} ${where.join('; ')}`, requestId);
};

/** Calls the API where no body is expected back. */
export const callVoid = async (path: string, call: Call): Promise<void> => {
  await send(path, call);
};

/** Calls the API for bytes: only the reveal uses it. */
export const callBlob = async (path: string, call: Call): Promise<Blob> => (await send(path, call)).blob();

/** Calls the API for a file that is to be kept, under the name that the server gives it. */
export const callFile = async (path: string, call: Call): Promise<File> => {
  const response = await send(path, call);
  const name = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'redthread';
  return new File([await response.blob()], name);
};
