import { createHash } from 'node:crypto';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { describe, expect, it } from 'vitest';
import { leadsIn } from './leads.js';

const found = (text: string) => leadsIn(text).map(({ kind, normal }) => `${kind} ${normal}`);
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const number = (bytes: Uint8Array): bigint => bytes.reduce((all, byte) => all * 256n + BigInt(byte), 0n);
const base58 = (value: bigint, length = 0): string => {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 58n) text = BASE58[Number(rest % 58n)]! + text;
  return text.padStart(length, '1');
};
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Addresses of nobody: a repeated byte with its check sum. */
const checked = (version: number): string => {
  const body = Buffer.from([version, ...Array<number>(20).fill(0x2a)]);
  const text = base58(number(Buffer.concat([body, sha256(sha256(body)).subarray(0, 4)])));
  return version === 0 ? `1${text}` : text;
};
const monero = (): string => {
  const body = Buffer.from([18, ...Array<number>(64).fill(0x2a)]);
  const all = Buffer.concat([body, keccak_256(body).subarray(0, 4)]);
  let text = '';
  for (let at = 0; at < all.length; at += 8) {
    const block = all.subarray(at, at + 8);
    text += base58(number(block), [0, 2, 3, 5, 6, 7, 9, 10, 11][block.length]);
  }
  return text;
};
const onion = (): string => {
  const key = Buffer.alloc(32, 0x2a);
  const sum = createHash('sha3-256')
    .update('.onion checksum')
    .update(key)
    .update(Buffer.from([3]))
    .digest();
  let bits = '';
  for (const byte of [...key, sum[0]!, sum[1]!, 3]) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(five, 2)]).join('');
};
const other = (text: string): string => text.slice(0, -1) + (text.endsWith('b') ? 'c' : 'b');

describe('identifiers in a text', () => {
  it('have their place in it', () => {
    const text = 'Mail a.b+c@Toys.example, or +999 000-201!';
    expect(leadsIn(text)).toEqual([
      { kind: 'email', value: 'a.b+c@Toys.example', normal: 'a.b+c@toys.example', start: 5, end: 23 },
      { kind: 'phone', value: '+999 000-201', normal: '+999000201', start: 28, end: 40 },
    ]);
    for (const { value, start, end } of leadsIn(text)) expect(text.slice(start, end)).toBe(value);
  });

  it('are links with their query, to the sign that ends a sentence', () => {
    expect(found('see https://Toys.Example/a(b)?q=1&r=2. And (http://x.example/y), www.Toys.example/z;')).toEqual([
      'url https://toys.example/a(b)?q=1&r=2',
      'url http://x.example/y',
      'url http://www.toys.example/z',
    ]);
  });

  it('are invitations, whatever stands before them', () => {
    expect(
      found(
        'https://chat.whatsapp.com/ABCdefGHIjkl0123456789 t.me/+AbC_d-efgh1234 https://telegram.me/joinchat/AbC_d-efgh1234 https://signal.group/#CjQKIAbc-_def https://discord.com/invite/toys discord.gg/toys',
      ),
    ).toEqual([
      'invitation chat.whatsapp.com/ABCdefGHIjkl0123456789',
      'invitation t.me/+AbC_d-efgh1234',
      'invitation t.me/+AbC_d-efgh1234',
      'invitation signal.group/#CjQKIAbc-_def',
      'invitation discord.gg/toys',
      'invitation discord.gg/toys',
    ]);
  });

  it('are numbers of the world, of a country, and mentions', () => {
    expect(
      found('0099 9000 201 | (0999) 123 4567 | @999000201 | wa.me: https://wa.me/999000202 | tel:+999000203'),
    ).toEqual(['phone +999000201', 'phone 09991234567', 'phone +999000201', 'phone +999000202', 'phone +999000203']);
    expect(found('12.05.2025 10:30, 1234567, 2025-03-14 16:05:30, 3+4000000, v1.2.3, 00 12')).toEqual([]);
  });

  it('are handles, and no part of an e-mail address', () => {
    expect(found('@Toy_Train and x@y.example, a@b')).toEqual(['handle @toy_train', 'email x@y.example']);
  });

  it('are onion addresses, with the check sum of version 3', () => {
    const name = onion();
    expect(
      found(`http://${name}.onion/a?b ${name.toUpperCase()}.onion, toytoytoytoytoy.onion toytoytoytoytoy2.onion`),
    ).toEqual([`onion ${name}.onion`, `onion ${name}.onion`, 'onion toytoytoytoytoy2.onion']);
    expect(found(`${other(name)}.onion`)).toEqual([]);
  });

  it('are coin addresses whose check sum fits', () => {
    const good = [
      ...[0x00, 0x05, 0x30, 0x32, 0x41].map(checked),
      monero(),
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    ];
    for (const address of good) {
      expect(found(`to ${address}.`), address).toEqual([`coin-address ${address}`]);
      expect(found(`to ${other(address)}.`), address).toEqual([]);
    }
    // Of EIP-55 itself.
    const mixed = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
    expect(found(`${mixed} ${mixed.toLowerCase()}`)).toEqual(Array(2).fill(`coin-address ${mixed.toLowerCase()}`));
    expect(found(mixed.replace('aA', 'Aa'))).toEqual([]);
  });

  it('are account numbers whose check digits fit', () => {
    expect(found('GB82 WEST 1234 5698 7654 32 IS MINE, DE89370400440532013000')).toEqual([
      'iban GB82WEST12345698765432',
      'iban DE89370400440532013000',
    ]);
    expect(found('GB82 WEST 1234 5698 7654 33, DE89 1234')).toEqual([]);
  });

  it('are places', () => {
    expect(
      found(
        '0.500, -160.1000; geo:0.5,-160.1?z=3 https://maps.google.com/?q=0.5,-160.1 https://www.google.com/maps/@1.5,2.25,15z 0°30\'0.0"N 160°06\'00"W',
      ),
    ).toEqual(['gps 0.5,-160.1', 'gps 0.5,-160.1', 'gps 0.5,-160.1', 'gps 1.5,2.25', 'gps 0.5,-160.1']);
    expect(found('91.5000, 10.0000 and 1.5, 2.5 and 1.500.000, 2.000.000')).toEqual([]);
  });
});

describe('a text made to take long', () => {
  const SIZE = 200_000;
  it.each([
    'a',
    '@',
    'a@',
    'a.',
    '1',
    '+1',
    '1 ',
    '0x',
    'A',
    'AA00',
    'AA00 ',
    '1.5,',
    '1.500,',
    'http://',
    'www.',
    'a-',
    "'",
    '4',
    'bc1',
    '°',
    '1°1',
    '(',
    '00 ',
    '0999 ',
    '.onion',
    't.me/',
    'x@y.',
    '@a.',
    '\u00a0',
  ])('%j again and again is gone through in time', (piece) => {
    const text = piece.repeat(Math.ceil(SIZE / piece.length));
    const started = performance.now();
    leadsIn(text);
    const once = performance.now() - started;
    expect(once).toBeLessThan(5_000);
  });
});
