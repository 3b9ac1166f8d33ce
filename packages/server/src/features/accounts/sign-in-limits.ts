// Guessing is slowed down twice: by address and name together, so that nobody locks a colleague out from another
// machine, and by address over all names, so that one password is not tried on everybody.
import type { FastifyRequest } from 'fastify';
import { isIPv6 } from 'node:net';
import { fail } from '@redthread/core/errors';
import type { Api } from '../../app/http/contract.js';

const WINDOW_MS = 60_000;

/** For the route's own `rateLimit`. */
export const BY_NAME_LIMIT = {
  max: 10,
  timeWindow: WINDOW_MS,
  hook: 'preHandler' as const,
  keyGenerator: (request: FastifyRequest) =>
    `${request.ip} ${(request.body as { login?: string } | null)?.login ?? ''}`,
};

/** A hundred people behind one address sign in within a minute at most once a morning. */
const MAX_BY_ADDRESS = 100;

/** One sender: an IPv4 address, or the /64 of an IPv6 one, which is what a single line is given. */
export const senderOf = (ip: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [before = '', after] = (ip.split('%', 1)[0] ?? ip).split('::');
  const groups = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const missing = after === undefined ? 0 : 8 - groups.length - tail.length;
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...tail];
  return all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
};

/** A hook for the route. Errors: TOO_MANY_REQUESTS. */
export const byAddressLimit = (api: Api): ((request: FastifyRequest) => Promise<void>) => {
  const check = api.createRateLimit({
    max: MAX_BY_ADDRESS,
    timeWindow: WINDOW_MS,
    keyGenerator: (request: FastifyRequest) => `sign-in ${senderOf(request.ip)}`,
  });
  return async (request) => {
    const limit = await check(request);
    if (!limit.isAllowed && limit.isExceeded)
      throw fail('TOO_MANY_REQUESTS', `sign-ins from ${request.ip}: again in ${limit.ttlInSeconds} s`);
  };
};
