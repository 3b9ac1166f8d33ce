// By which names this server is reached. A page elsewhere can have its own name lead to this machine and would then count as ours in a browser
// ("DNS rebinding"), and a forged `Host` must reach no link or cache: a name that is not ours is refused before anything else is looked at.
import { hostname as nameOfMachine } from 'node:os';
import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { fail } from '@redthread/core/errors';
import type { Config } from '../config.js';

type Named = Pick<Config, 'publicUrl' | 'host'>;

/** An address of digits, localhost, the machine's own name, what it listens on, or the name of REDTHREAD_PUBLIC_URL. */
export const isOwnHost = (sent: string, { publicUrl, host }: Named): boolean => {
  const name = /^(\[[0-9a-f:.]+\]|[\w.-]+?)\.?(?::\d{1,5})?$/i.exec(sent)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) return true;
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  const named = [nameOfMachine(), host, publicUrl === null ? '' : new URL(publicUrl).hostname];
  return named.some((one) => one.toLowerCase() === name);
};

const hostsOf = (rawHeaders: readonly string[]): string[] =>
  rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host');

/** Say nothing but whether the server is well, to whatever watches it, by whatever name. */
const FOR_WATCHERS = ['/healthz', '/readyz'];

/**
 * Refuses every request to another name, and one that gives two. By which name people come to a proxy is known to it alone where no public address
 * is given. Errors: HOST_UNKNOWN.
 */
export const requireOwnHost = (app: FastifyInstance, config: Named & Pick<Config, 'trustedProxies'>): void => {
  const isKnown = config.publicUrl !== null || config.trustedProxies.length === 0;
  app.addHook('onRequest', async (request) => {
    // As a proxy gives it that is trusted to, and as HTTP/2 does.
    const { host } = request;
    if (hostsOf(request.raw.rawHeaders).length > 1) throw fail('HOST_UNKNOWN', 'two names were given');
    if (FOR_WATCHERS.includes(request.routeOptions.url ?? '')) return;
    // HTTP/1.0 gives none, and no browser speaks it.
    if (isKnown && host !== '' && !isOwnHost(host, config)) throw fail('HOST_UNKNOWN', host.slice(0, 100));
  });
};
