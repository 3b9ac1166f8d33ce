// What a page of another site has this browser send: it changes nothing here, and is told nothing. Browsers say where a request comes from in
// `Sec-Fetch-Site` (Fetch Metadata) and, of what changes something, in `Origin`; programs send neither.
import type { FastifyRequest } from 'fastify';
import { fail, saying } from '@redthread/core/errors';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** From our own page, or typed by the person. */
const OWN_SITES = new Set(['same-origin', 'none']);

type Sent = Pick<FastifyRequest, 'method' | 'headers' | 'host'>;

/** `publicUrl`: a proxy before us, whose word on the host counts where it is trusted, may send another on than the browser opened. Errors: FORBIDDEN. */
export const refuseForeignPage = ({ method, headers, host }: Sent, publicUrl: string | null): void => {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string' && !OWN_SITES.has(site))
    throw fail('FORBIDDEN', saying`a request of a page that is ${site}`);
  const { origin } = headers;
  if (SAFE_METHODS.has(method) || origin === undefined) return;
  // `null` is what a sandboxed frame or a local file sends: a stranger as well.
  const own = [host, publicUrl === null ? undefined : new URL(publicUrl).host];
  if (!URL.canParse(origin) || !own.includes(new URL(origin).host))
    throw fail('FORBIDDEN', saying`a request from ${origin}`);
};
