// What is no request of HTTP, or does not come to its end in time, is answered and hung up on. Two readings of where a body ends (RFC 9112, 6.3) are
// how a request is smuggled past a proxy: the parser of Node takes neither, and nothing after it is read from that connection.
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { fail, type RedthreadError } from '@redthread/core/errors';
import { toProblem } from './problem.js';
import { BARE_HEADERS } from './security-headers.js';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

const refusalOf = (code: string | undefined): { readonly status: number; readonly error: RedthreadError } => {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 431, error: fail('REQUEST_TOO_LARGE', 'what stands before the body is too long') };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, error: fail('REQUEST_INVALID', 'it did not come to its end in time') };
  return { status: 400, error: fail('REQUEST_INVALID', 'this is no request of HTTP/1.1') };
};

export const answerNoRequest = (problem: NodeJS.ErrnoException, socket: Socket): void => {
  if (problem.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, error } = refusalOf(problem.code);
  const body = JSON.stringify({ ...toProblem(error, randomUUID()), status });
  const headers = {
    ...BARE_HEADERS,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${REASONS[status] ?? ''}`, ...lines, '', body].join('\r\n'), () => socket.destroy());
};
