// Errors at the edge: application/problem+json (RFC 9457) with the code of the catalogue, what to do next, and the id
// that ties it to the log. What our code did not throw itself is INTERNAL, and its message stays in the log.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Problem } from '@redthread/core/contract';
import { fail, isRedthreadError, type RedthreadError, saying } from '@redthread/core/errors';
import { isFull } from '../../disk/disk-error.js';
import { isPassing } from '../through-restarts.js';

export const toProblem = (error: RedthreadError, requestId: string): Problem => ({
  type: `urn:redthread:error:${error.code}`,
  title: error.title,
  status: error.status,
  code: error.code,
  detail: error.detail,
  ...(error.said === undefined ? {} : { said: { sentence: error.said.sentence, values: [...error.said.values] } }),
  next: error.next,
  ...(error.pointer === undefined ? {} : { pointer: error.pointer }),
  requestId,
});

/** SQLSTATE of values that pass our schemas and that PostgreSQL cannot hold: a zero byte in text, a number or a time out of range. */
const NOT_STORABLE = new Set(['22021', '22P02', '22P05', '22003', '22007', '22008']);

/** Names what was wrong with a request in our own terms; anything else is INTERNAL. */
export const asRedthreadError = (error: unknown): RedthreadError => {
  if (isRedthreadError(error)) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const pointer = first?.instancePath ?? '';
    return fail(
      'REQUEST_INVALID',
      saying`${error.validationContext ?? 'request'}${pointer}: ${first?.message ?? 'invalid'}`,
      {
        pointer: pointer === '' ? '/' : pointer,
        cause: error,
      },
    );
  }
  const { statusCode, message, code } = error as Partial<FastifyError>;
  if (statusCode === 429) return fail('TOO_MANY_REQUESTS', message ?? 'too many requests');
  if (statusCode === 404) return fail('NOT_FOUND', 'no such page or call');
  if (statusCode === 413) return fail('REQUEST_TOO_LARGE', message ?? 'the body is too large', { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return fail('REQUEST_INVALID', message ?? code ?? 'invalid', { cause: error });
  if (code !== undefined && NOT_STORABLE.has(code))
    return fail('REQUEST_INVALID', 'a value holds what cannot be stored', { cause: error });
  if (isPassing(error)) return fail('DB_UNREACHABLE', 'the connection was refused or lost', { cause: error });
  if (isFull(error)) return fail('DISK_FULL', 'no space left for this', { cause: error });
  return fail('INTERNAL', 'see the log under this request id', { cause: error });
};

export const sendProblem = (error: RedthreadError, request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .code(error.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(toProblem(error, request.id));
