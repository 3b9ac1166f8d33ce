// Calls to a server that may be slow, gone for a while, or behind a network that loses things: each call is one that may
// be said twice, and is said again with growing pauses until it is answered. How bytes travel is the caller's.
import type { z } from 'zod';
import { Problem } from '../contract/index.js';
import { CATALOGUE, fail, type ErrorCode, type RedthreadError } from '../errors/index.js';

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

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface PatientClient {
  /** Errors: those of the server; SERVER_UNREACHABLE after the patience, SERVER_ANSWER_INVALID. */
  call<T extends z.ZodType>(call: Call, schema: T): Promise<z.output<T>>;
  /** The same where no body is expected back. */
  send(call: Call): Promise<void>;
}

export interface PatientClientOptions {
  /** Makes the call once. Rejects where no whole answer came. */
  readonly once: (call: Call) => Promise<Answer>;
  /** What such a rejection says; one that is final is no matter of patience. */
  readonly unreachable: (cause: unknown) => { readonly problem: RedthreadError; readonly isFinal: boolean };
  /** So long nothing needs to be answered before a call fails. */
  readonly patienceMs: number;
  /** Whether the sender wants to end: then a call waits no longer than a moment. */
  readonly isStopping: () => boolean;
  /** Waits so long, or until the sender wants to end. */
  readonly pause: (lengthMs: number) => Promise<void>;
  /** After each attempt of a call that has waited for long. */
  readonly onTrouble?: (problem: RedthreadError) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 15_000;
const STOPPING_PATIENCE_MS = 5_000;
/** What a server says may be a fault of the network for so many times in a row. */
const DOUBTS = 6;
const TROUBLE_AFTER_MS = 3_000;

/** Passing by their nature: the same call may be answered in a moment. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>([
  'TOO_MANY_REQUESTS',
  'QUOTA_EXCEEDED',
  'INTAKE_UNAVAILABLE',
  'DB_UNREACHABLE',
]);
/** A request that lost some of its bytes on the way looks like one of these. */
const DOUBTFUL: ReadonlySet<string> = new Set<ErrorCode>(['CHUNK_DIGEST_WRONG', 'CHUNK_SIZE_WRONG', 'REQUEST_INVALID']);

export const createPatientClient = (options: PatientClientOptions): PatientClient => {
  let lastAnswerAt = Date.now();

  const attempt = async (call: Call): Promise<Attempt> => {
    try {
      return attemptOf(await options.once(call));
    } catch (error) {
      const { problem, isFinal } = options.unreachable(error);
      return { kind: isFinal ? 'final' : 'silence', problem };
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
      const patience = call.patienceMs ?? options.patienceMs;
      if (Date.now() - since > Math.min(patience, options.isStopping() ? STOPPING_PATIENCE_MS : Infinity))
        throw tried.problem;
      if (Date.now() - startedAt >= TROUBLE_AFTER_MS) options.onTrouble?.(tried.problem);
      await options.pause(options.isStopping() ? FIRST_PAUSE_MS : pauseMs * (0.5 + Math.random()));
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
  };
};

/** How one attempt ended. `doubt`: perhaps the network's fault; `passing`: to be tried again; `silence`: no answer at all. */
type Attempt =
  | { readonly kind: 'answer'; readonly body: string }
  | { readonly kind: 'final' | 'doubt' | 'passing' | 'silence'; readonly problem: RedthreadError };

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
