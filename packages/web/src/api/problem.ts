// A refusal or failure as the API gives it (RFC 9457): code, cause, next step, request id. Everything that fails here is one.
import type { Problem } from '@redthread/core/contract';

export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ApiProblem';
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** What went wrong in the page, which no server said: without a status. */
export const localProblem = (
  code: string,
  { title, next }: { readonly title: string; readonly next: string },
  detail: string,
  requestId = '',
): ApiProblem => new ApiProblem({ type: 'about:blank', status: 0, code, requestId, detail, title, next });

export const isProblem = (error: unknown, code?: string): error is ApiProblem =>
  error instanceof ApiProblem && (code === undefined || error.code === code);

const SIGNED_OUT = new Set(['NOT_SIGNED_IN', 'SECOND_FACTOR_NEEDED', 'SECOND_FACTOR_TO_SET_UP']);

/** Nobody is signed in, or the sign-in never came to its end. */
export const isSignedOut = (error: unknown): boolean => isProblem(error) && SIGNED_OUT.has(error.code);

/** Not there yet, and on its way: the detail says how far. */
export const BEING_READ = 'CONNECTIONS_BEING_READ';
