// Addresses of the web as they stand in a text: what kind of lead one is, and what two writings of it are compared by. Nothing is opened.
import { sha3_256 } from '@noble/hashes/sha3.js';
import type { LeadKind } from './lead-kinds.js';

export interface LinkLead {
  readonly kind: LeadKind;
  readonly normal: string;
}

const INVITATIONS: readonly (readonly [RegExp, (code: string) => string])[] = [
  [/^chat\.whatsapp\.com\/(?:invite\/)?([\w-]{10,40})/i, (code) => `chat.whatsapp.com/${code}`],
  [/^(?:www\.)?(?:t|telegram)\.(?:me|dog)\/(?:\+|joinchat\/)([\w-]{8,40})/i, (code) => `t.me/+${code}`],
  [/^signal\.group\/#([\w+/=%-]{8,200})/i, (code) => `signal.group/#${code}`],
  [/^(?:www\.)?discord\.gg\/([\w-]{2,40})/i, (code) => `discord.gg/${code}`],
  [/^(?:www\.|ptb\.|canary\.)?discord(?:app)?\.com\/invite\/([\w-]{2,40})/i, (code) => `discord.gg/${code}`],
];

/** Of an address without its scheme; null where it invites nobody. */
export const invitationOf = (address: string): string | null => {
  for (const [pattern, normal] of INVITATIONS) {
    const code = pattern.exec(address)?.[1];
    if (code !== undefined) return normal(code);
  }
  return null;
};

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Version 2 has no check sum; version 3 has two bytes of one (rend-spec-v3, section 6). */
export const isOnion = (label: string): boolean => {
  const name = label.toLowerCase();
  if (/^[a-z2-7]{16}$/.test(name)) return true;
  if (!/^[a-z2-7]{56}$/.test(name)) return false;
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const character of name) {
    held = ((held << 5) | BASE32.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 0xff);
  }
  const key = bytes.slice(0, 32);
  const sum = sha3_256(Uint8Array.from([...[...'.onion checksum'].map((c) => c.charCodeAt(0)), ...key, bytes[34]!]));
  return bytes[34] === 3 && sum[0] === bytes[32] && sum[1] === bytes[33];
};

/** Degrees to six places: a tenth of a metre. Null outside of the globe. */
export const placeOf = (latitude: string, longitude: string): string | null => {
  const [north, east] = [Number(latitude), Number(longitude)];
  if (!(Math.abs(north) <= 90 && Math.abs(east) <= 180)) return null;
  return [north, east].map((value) => String(Number(value.toFixed(6)) + 0)).join(',');
};

const MAPS =
  /^(?:maps\.google\.[a-z.]{2,6}|(?:www\.)?google\.[a-z.]{2,6}\/maps|maps\.apple\.com|(?:www\.)?openstreetmap\.org|(?:www\.)?bing\.com\/maps|yandex\.[a-z]{2,3}\/maps)/i;
const PAIR =
  /(?:[?&](?:q|ll|sll|daddr|query|center|destination|cp|loc)=(?:loc:)?|@|place\/|#map=\d{1,2}\/)(-?\d{1,3}(?:\.\d{1,15})?)(?:,|%2C|\/|~)\+?(-?\d{1,3}(?:\.\d{1,15})?)/i;

/** `address` with its scheme, as it stands in the text. */
export const linkOf = (address: string): LinkLead => {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]{0,20}):\/\/(.*)$/is.exec(address) ?? [null, '', address];
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  const onion = /(?:^|\.)([a-z2-7]{16}|[a-z2-7]{56})\.onion(?::\d{1,5})?$/.exec(host)?.[1];
  if (onion !== undefined && isOnion(onion)) return { kind: 'onion', normal: `${onion}.onion` };
  const invitation = invitationOf(rest);
  if (invitation !== null) return { kind: 'invitation', normal: invitation };
  const phone =
    /^(?:wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=|whatsapp\.com\/send\?phone=)\+?(\d{7,15})(?:\D|$)/i.exec(
      rest,
    )?.[1];
  if (phone !== undefined) return { kind: 'phone', normal: `+${phone}` };
  if (MAPS.test(rest)) {
    const pair = PAIR.exec(rest);
    const place = pair === null ? null : placeOf(pair[1]!, pair[2]!);
    if (place !== null) return { kind: 'gps', normal: place };
  }
  const path = end < 0 ? '/' : rest.slice(end);
  return {
    kind: 'url',
    normal: `${scheme === '' ? 'http' : scheme.toLowerCase()}://${authority.slice(0, authority.lastIndexOf('@') + 1)}${host}${path}`,
  };
};
