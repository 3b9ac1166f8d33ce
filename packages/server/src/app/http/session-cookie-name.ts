// The cookie of a session. Over TLS its name begins with `__Host-`: a browser then takes it from this host by TLS alone, for the whole host, so that
// neither a page without TLS nor a neighbour under the same domain can put one of theirs in its place (RFC 6265bis, 4.1.3.2).
import { isReachedByHttps } from '../config.js';

const NAME = 'redthread_session';

export const sessionCookieName = (config: Parameters<typeof isReachedByHttps>[0]): string =>
  isReachedByHttps(config) ? `__Host-${NAME}` : NAME;
