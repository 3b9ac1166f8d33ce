// The cookies of the server: not for scripts, not for other sites. Over TLS their names begin with `__Host-`: a browser then takes them from this host by
// TLS alone, for the whole host, so that neither a page without TLS nor a neighbour under the same domain can put one of theirs in their place
// (RFC 6265bis, 4.1.3.2).
import { isReachedByHttps } from '../config.js';

type Reached = Parameters<typeof isReachedByHttps>[0];

export const COOKIES = { session: 'redthread_session', provider: 'redthread_provider' } as const;

export const cookieName = (of: keyof typeof COOKIES, config: Reached): string =>
  isReachedByHttps(config) ? `__Host-${COOKIES[of]}` : COOKIES[of];

export const cookieOptions = (config: Reached) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isReachedByHttps(config) }) as const;
