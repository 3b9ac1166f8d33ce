// Guessing is slowed down three times: by address and name together; by address over all names, so that one password is not tried on everybody;
// and by name over all addresses, so that many machines do not try many passwords on one. The last holds for addresses from which nobody of that
// name has signed in since the server began, so that nobody locks a colleague out of their own. Only failures count: an attempt is counted before
// it is judged, so that many at once are as many, and taken back where it was no failure. Names are counted whether or not there is such a user.
import { isIPv6 } from 'node:net';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAX_BY_NAME = 10;
const MAX_BY_ADDRESS = 100;
/** Of one name, in an hour, from addresses that are new to it (OWASP ASVS 4.0.3, 2.2.1). */
const MAX_OF_NAME = 100;
/** Names that are counted at once at most; the oldest are forgotten. */
const MAX_COUNTED = 100_000;
/** Addresses of a person that are remembered, and persons: the oldest are forgotten. */
const MAX_KNOWN_ADDRESSES = 20;
const MAX_KNOWN_PERSONS = 20_000;

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

interface Window {
  count: number;
  readonly endsMs: number;
}

export interface SignInLimits {
  /** Runs `attempt` unless its sender failed too often. Errors: TOO_MANY_REQUESTS, those of `attempt`. */
  count<T>(ip: string, login: string, attempt: () => Promise<T>): Promise<T>;
  /** A sign-in that ends elsewhere: it counts for its sender until it has come to its end. Errors: TOO_MANY_REQUESTS. */
  begin(ip: string): void;
  /** One that was begun has let somebody in. */
  ended(ip: string): void;
}

const createWindows = (lengthMs: number, nowMs: () => number): ((name: string) => Window) => {
  const windows = new Map<string, Window>();
  return (name) => {
    const open = windows.get(name);
    if (open !== undefined && open.endsMs > nowMs()) return open;
    const fresh = { count: 0, endsMs: nowMs() + lengthMs };
    windows.delete(name); // so that the oldest stay in front
    windows.set(name, fresh);
    for (const [oldest, { endsMs }] of windows) {
      if (endsMs > nowMs() && windows.size <= MAX_COUNTED) break;
      windows.delete(oldest);
    }
    return fresh;
  };
};

const forgetOldest = (kept: Set<string> | Map<string, unknown>, most: number): void => {
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
};

/** From where people have signed in. */
const createKnown = () => {
  const known = new Map<string, Set<string>>();
  return {
    has: (login: string, sender: string): boolean => known.get(login)?.has(sender) === true,
    add: (login: string, sender: string): void => {
      const senders = known.get(login) ?? new Set();
      known.delete(login); // so that the oldest stay in front, as below
      known.set(login, senders);
      senders.delete(sender);
      senders.add(sender);
      forgetOldest(senders, MAX_KNOWN_ADDRESSES);
      forgetOldest(known, MAX_KNOWN_PERSONS);
    },
  };
};

export const createSignInLimits = (nowMs: () => number = Date.now): SignInLimits => {
  const [inMinute, inHour] = [createWindows(MINUTE_MS, nowMs), createWindows(HOUR_MS, nowMs)];
  const known = createKnown();
  const refuse = (ip: string, { endsMs }: Window): never => {
    throw fail('TOO_MANY_REQUESTS', saying`sign-ins from ${ip}: again in ${Math.ceil((endsMs - nowMs()) / 1000)} s`);
  };
  // Apart from failures: whoever begins many at a provider keeps nobody from signing in by a password.
  const begun = (ip: string): Window => inMinute(`begun ${senderOf(ip)}`);
  return {
    begin: (ip) => {
      const window = begun(ip);
      if (window.count >= MAX_BY_ADDRESS) refuse(ip, window);
      window.count += 1;
    },
    ended: (ip) => {
      const window = begun(ip);
      window.count = Math.max(0, window.count - 1);
    },
    count: async (ip, login, attempt) => {
      const sender = senderOf(ip);
      const counted: Window[] = [];
      const limit = (window: Window, most: number): void => {
        if (window.count >= most) refuse(ip, window);
        counted.push(window);
      };
      // The address first: what it is refused opens no window of a name, or a flood of names would make those that are counted forgotten.
      limit(inMinute(sender), MAX_BY_ADDRESS);
      limit(inMinute(`${sender} ${login}`), MAX_BY_NAME);
      if (!known.has(login, sender)) limit(inHour(login), MAX_OF_NAME);
      counted.forEach((window) => (window.count += 1));
      const takeBack = (): void => counted.forEach((window) => (window.count -= 1));
      try {
        const answer = await attempt();
        takeBack();
        known.add(login, sender);
        return answer;
      } catch (error) {
        if (!isRedthreadError(error) || !FAILURES.includes(error.code)) takeBack();
        throw error;
      }
    },
  };
};

/** What guessing ends in; a database that cannot be reached is nobody's guess. */
const FAILURES: readonly string[] = [
  'SIGN_IN_FAILED',
  'SETUP_TOKEN_INVALID',
  'CODE_WRONG',
  'CODE_CLOCK_OFF',
  'CODES_RESTING',
  'PASSKEY_REFUSED',
  'PROVIDER_REFUSED',
  'PROVIDER_ANSWER_OLD',
];
