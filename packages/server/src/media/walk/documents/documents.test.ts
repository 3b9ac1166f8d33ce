// Documents that hold pictures: built here byte by byte, honest ones and hostile ones.
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { identify } from '../../identify/index.js';
import { bufferAccess, isWalkable, walkArchive, type Entry, type WalkOptions } from '../index.js';

const read = async (name: string, file: Buffer, options: WalkOptions = {}) => {
  const seen = new Map<string, { readonly data: Buffer | null; readonly code: string | null; readonly entry: Entry }>();
  for await (const entry of walkArchive(bufferAccess(file), { path: name, container: null }, options)) {
    const data = entry.failure === undefined ? await entry.bytes(2 ** 30) : null;
    if (data !== null && isWalkable(identify(data.subarray(0, 4100), data.length).mime))
      entry.descend(bufferAccess(data));
    seen.set(entry.path.slice(entry.about === 'entry' ? name.length + 1 : 0), {
      data,
      code: entry.failure?.code ?? null,
      entry,
    });
  }
  return seen;
};
const codes = (seen: Awaited<ReturnType<typeof read>>) => [...seen].map(([path, { code }]) => [path, code]);

const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#2080c0' } })
  .jpeg()
  .toBuffer();

const pdfOf = (...objects: readonly (readonly [dictionary: string, data: Buffer])[]): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.5\n%\xff\xff\n1 0 obj\n<< /Type /Catalog >>\nendobj\n', 'latin1'),
    ...objects.flatMap(([dictionary, data], index) => [
      Buffer.from(`${index + 10} 0 obj\n<< ${dictionary} /Length ${data.length} >>\nstream\n`),
      data,
      Buffer.from('\nendstream\nendobj\n'),
    ]),
    Buffer.from('trailer << /Root 1 0 R >>\n%%EOF'),
  ]);
const picture = '/Type /XObject /Subtype /Image /Width 3 /Height 2 /BitsPerComponent 8';

describe('a PDF', () => {
  it('gives its pictures as they came, samples as a PNG, and attached files', async () => {
    const samples = Buffer.from(Array.from({ length: 18 }, (_, i) => i * 14));
    const seen = await read(
      'a.pdf',
      pdfOf(
        [`${picture} /Filter /DCTDecode`, jpeg],
        [`${picture} /Filter [/FlateDecode /DCTDecode]`, deflateSync(jpeg)],
        [`${picture} /ColorSpace /DeviceRGB /Filter /FlateDecode`, deflateSync(samples)],
        [`${picture} /ColorSpace /DeviceGray /Filter /ASCIIHexDecode`, Buffer.from('000102030405>')],
        ['/Type /EmbeddedFile /Filter /FlateDecode', deflateSync(Buffer.from('attached'))],
        [`${picture} /Filter /JBIG2Decode`, Buffer.from('x')],
        ['/Filter /FlateDecode', deflateSync(Buffer.from('BT (words) Tj ET'))],
      ),
    );
    expect(codes(seen)).toEqual([
      ['object 10.jpg', null],
      ['object 11.jpg', null],
      ['object 12.png', null],
      ['object 13.png', null],
      ['attachment 14', null],
      ['object 15', 'ARCHIVE_METHOD_UNSUPPORTED'],
    ]);
    expect(seen.get('object 10.jpg')?.data).toEqual(jpeg);
    expect(seen.get('object 11.jpg')?.data).toEqual(jpeg);
    expect(seen.get('attachment 14')?.data?.toString()).toBe('attached');
    const raw = await sharp(seen.get('object 12.png')!.data!).raw().toBuffer({ resolveWithObject: true });
    expect(raw.info).toMatchObject({ width: 3, height: 2, channels: 3 });
    expect(raw.data).toEqual(samples);
    const grey = await sharp(seen.get('object 13.png')!.data!).extractChannel(0).raw().toBuffer();
    expect([...grey]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('decodes five characters for four bytes', async () => {
    const texts = ['87cURD]i,"Ebo80~>', '87cURD]i,"Ebo7~>', 'z87cURz!~>', 's8W-!~>'];
    const seen = await read(
      'a.pdf',
      pdfOf(...texts.map((text) => ['/Type /EmbeddedFile /Filter /A85', Buffer.from(text)] as const)),
    );
    expect([...seen.values()].map(({ data }) => data?.toString('latin1'))).toEqual([
      'Hello World!',
      'Hello World',
      '\0\0\0\0Hell\0\0\0\0',
      '\xff\xff\xff\xff',
    ]);
  });

  it('is searched in one pass, whatever its marks say', async () => {
    const marks = Buffer.from(`%PDF-1.5\n1 0 obj\n${'>>stream '.repeat(1_000_000)}`);
    expect((await read('a.pdf', marks)).size).toBe(0);
  }, 10_000);

  it('under a password says so; a mask is no picture; lengths that lie are not believed', async () => {
    const locked = Buffer.from(
      pdfOf([`${picture} /Filter /DCTDecode`, jpeg])
        .toString('latin1')
        .replace('/Root', '/Encrypt 9 0 R /Root'),
      'latin1',
    );
    expect(codes(await read('a.pdf', locked))).toEqual([['a.pdf', 'ARCHIVE_ENCRYPTED']]);
    const masked = pdfOf(
      [`${picture} /SMask 11 0 R /Filter /DCTDecode`, jpeg],
      [`${picture} /Filter /DCTDecode`, jpeg],
    );
    expect(codes(await read('a.pdf', masked))).toEqual([['object 10.jpg', null]]);
    const lying = Buffer.from(
      pdfOf([`${picture} /Filter /DCTDecode`, jpeg])
        .toString('latin1')
        .replace(/\/Length \d+/, '/Length 999999999'),
      'latin1',
    );
    expect((await read('a.pdf', lying)).get('object 10.jpg')?.data).toEqual(jpeg);
    const cut = pdfOf([`${picture} /Filter /DCTDecode`, jpeg]).subarray(0, 300);
    expect((await read('a.pdf', cut)).get('object 10.jpg')?.data?.length).toBeGreaterThan(0);
  });

  it('is no bomb, by one stream or by many', async () => {
    const limits = { ratioFreeBytes: 100_000, maxRatio: 10 };
    const zeros = deflateSync(Buffer.alloc(5_000_000));
    expect(codes(await read('a.pdf', pdfOf([`${picture} /Filter /FlateDecode`, zeros]), { limits }))).toEqual([
      ['a.pdf', 'ARCHIVE_BOMB'],
    ]);
    const twice = pdfOf([`${picture} /Filter [/FlateDecode /FlateDecode]`, deflateSync(zeros)]);
    expect(codes(await read('a.pdf', twice, { limits }))).toEqual([['a.pdf', 'ARCHIVE_BOMB']]);
    const many = pdfOf(
      ...Array.from(
        { length: 50 },
        () => ['/Type /EmbeddedFile /Filter /FlateDecode', deflateSync(Buffer.alloc(90_000))] as const,
      ),
    );
    expect(codes(await read('a.pdf', many, { limits })).at(-1)).toEqual(['a.pdf', 'ARCHIVE_BOMB']);
    expect(codes(await read('a.pdf', many, { limits: { maxEntries: 5 } })).at(-1)).toEqual(['a.pdf', 'ARCHIVE_BOMB']);
    const zs = deflateSync(Buffer.alloc(90_000, 'z'));
    const coded = pdfOf([`${picture} /Filter [/FlateDecode /ASCII85Decode]`, zs]);
    expect(codes(await read('a.pdf', coded, { limits }))).toEqual([['a.pdf', 'ARCHIVE_BOMB']]);
    const small = pdfOf(...Array.from({ length: 100_001 }, () => [picture, Buffer.alloc(0)] as const));
    expect(codes(await read('a.pdf', small))).toEqual([['a.pdf', 'ARCHIVE_BOMB']]);
    const huge = `${picture.replace('/Width 3', '/Width 900000').replace('/Height 2', '/Height 900000')} /Filter /FlateDecode`;
    expect(codes(await read('a.pdf', pdfOf([huge, deflateSync(Buffer.alloc(9))])))).toEqual([
      ['a.pdf', 'ARCHIVE_BOMB'],
    ]);
  });
});

const mailOf = (body: string, head = ''): Buffer =>
  Buffer.from(
    `From: ana@sender.example\r\nTo: ben@reader.example\r\nSubject: two rooms\r\nMIME-Version: 1.0\r\n${head}\r\n${body}`,
  );
const part = (head: string, body: string): string => `--edge\r\n${head}\r\n\r\n${body}\r\n`;
const base64 = (data: Buffer): string => data.toString('base64').replace(/(.{76})/g, '$1\r\n');
const MIXED = 'Content-Type: multipart/mixed; boundary="edge"\r\n';

describe('a mail', () => {
  const attached = mailOf(
    [
      part('Content-Type: text/plain', 'look'),
      part('Content-Type: image/jpeg; name="room.jpg"\r\nContent-Transfer-Encoding: base64', base64(jpeg)),
      part(`Content-Type: image/png\r\nContent-Transfer-Encoding: quoted-printable`, 'a=3Db=\r\nc'),
      part(`Content-Disposition: attachment;\r\n filename*0*=utf-8''ni%C3%B1;\r\n filename*1=o.jpg`, 'x'),
      part('Content-Disposition: attachment; filename="=?utf-8?B?w6Eg?= =?iso-8859-1?Q?=E9.jpg?="', 'y'),
      part('Content-Disposition: attachment; filename="../../etc/passwd"', 'z'),
    ].join('') + '--edge--\r\nbehind',
    MIXED,
  );

  it('gives what hangs on it, by its names', async () => {
    expect(identify(attached.subarray(0, 4100)).mime).toBe('message/rfc822');
    const seen = await read('a.eml', attached);
    expect(codes(seen).map(([path]) => path)).toEqual([
      'room.jpg',
      'part 3.png',
      'niño.jpg',
      'á é.jpg',
      '_/_/etc/passwd',
    ]);
    expect(seen.get('room.jpg')?.data).toEqual(jpeg);
    expect(seen.get('part 3.png')?.data?.toString()).toBe('a=bc');
    expect(seen.get('_/_/etc/passwd')?.entry.notes[0]?.code).toBe('PATH_HOSTILE');
  });

  it('is decoded in one pass: blanks at the end of a line are none of it', async () => {
    const coded = (text: string): Buffer =>
      mailOf(part('Content-Type: image/png\r\nContent-Transfer-Encoding: quoted-printable', text) + '--edge--', MIXED);
    const decoded = async (text: string) =>
      (await read('a.eml', coded(text))).get('part 1.png')?.data?.toString('latin1');
    expect(await decoded('a =  \r\nb \t\r\n=E9=e9=zz=\n=\t\nc==4')).toBe('a b\r\n\xe9\xe9=zzc==4');
    expect(await decoded(`${' '.repeat(2_000_000)}x`)).toHaveLength(2_000_001);
    expect(await decoded(`${'= '.repeat(1_000_000)}x`)).toHaveLength(2_000_001);
  }, 10_000);

  it('holds mails, each of which is opened, and ends where they lie too deep', async () => {
    const outer = mailOf(
      `${part('Content-Type: message/rfc822', attached.toString('latin1').replaceAll('edge', 'inner'))}--edge--\r\n`,
      MIXED,
    );
    const seen = await read('a.eml', outer);
    expect(seen.get('part 1.eml/room.jpg')?.data).toEqual(jpeg);

    let nested = mailOf('end');
    for (let depth = 0; depth < 1000; depth++)
      nested = Buffer.concat([
        mailOf('', `Content-Type: multipart/mixed; boundary="b${depth}"\r\n`),
        Buffer.from(`--b${depth}\r\nContent-Type: message/rfc822\r\n\r\n`),
        nested,
      ]);
    expect([...(await read('deep.eml', nested)).values()].at(-1)?.code).toBe('ARCHIVE_TOO_DEEP');
    let parts = 'x';
    for (let depth = 0; depth < 1000; depth++)
      parts = `--b${depth}\r\nContent-Type: multipart/mixed; boundary="b${depth - 1}"\r\n\r\n${parts}`;
    expect(codes(await read('deep.eml', mailOf(parts, 'Content-Type: multipart/mixed; boundary="b999"\r\n')))).toEqual([
      ['deep.eml', 'ARCHIVE_TOO_DEEP'],
    ]);
  });

  it('has an end, however many parts and fields it has', async () => {
    const many = mailOf(part('Content-Type: image/png', 'x').repeat(30_000), MIXED);
    expect(codes(await read('many.eml', many))).toEqual([['many.eml', 'ARCHIVE_BOMB']]);
    const wide = mailOf('x', `Content-Type: image/png${'; a="'.repeat(20_000)}\r\n${'X-Y: z\r\n'.repeat(30_000)}`);
    expect((await read('wide.eml', wide)).size).toBeLessThan(2);
  });

  it('stands in a mailbox behind a line of its own', async () => {
    const line = 'From ana@sender.example Sun Jun  1 12:00:00 2025\n';
    const said = 'From here on\n\nFrom the garden, at noon\n';
    const box = Buffer.concat([
      Buffer.from(line),
      attached,
      Buffer.from(`\n\n${line}`),
      mailOf(said),
      Buffer.from(`\n\n${line}`),
      mailOf(`${'y'.repeat(2 ** 20)}\n`),
      Buffer.from(`\n\n${line}`),
      attached,
    ]);
    expect(identify(box.subarray(0, 4100)).mime).toBe('application/mbox');
    const seen = await read('box.mbox', box);
    expect([...seen.keys()].filter((path) => !path.includes('/'))).toEqual([
      'mail 1.eml',
      'mail 2.eml',
      'mail 3.eml',
      'mail 4.eml',
    ]);
    expect(seen.get('mail 2.eml')?.data?.toString()).toContain('From the garden');
    expect(seen.get('mail 4.eml/room.jpg')?.data).toEqual(jpeg);
  });

  it('is told from other texts', () => {
    for (const text of [
      'Subject: a note\n\nwords',
      'To do: x\nFrom: y\nz',
      'name: x\nsize: y\n\n',
      'From the garden\nTo: x\nDate: y\n\n',
      'just words\n',
    ])
      expect(identify(Buffer.from(text)).mime, text).toBe('text/plain');
  });
});

/** A compound file of 512-byte sectors: one for its table, the rest as given. */
const large = Buffer.concat([jpeg, Buffer.alloc(5000)]);
const compoundOf = (streams: readonly (readonly [name: string, data: Buffer])[]): Buffer => {
  const sectors: Buffer[] = [];
  const fat: number[] = [];
  const place = (data: Buffer): number => {
    const first = sectors.length + 1;
    const count = Math.ceil(data.length / 512);
    for (let i = 0; i < count; i++) {
      const sector = Buffer.alloc(512);
      data.copy(sector, 0, i * 512, (i + 1) * 512);
      sectors.push(sector);
      fat[first + i] = i + 1 < count ? first + i + 1 : 0xffff_fffe;
    }
    return first;
  };
  const entry = (name: string, type: number, start: number, bytes: number): Buffer => {
    const row = Buffer.alloc(128);
    row.write(name, 0, 'utf16le');
    row.writeUInt16LE(name.length * 2 + 2, 64);
    row[66] = type;
    row.writeUInt32LE(start, 116);
    row.writeUInt32LE(bytes, 120);
    return row;
  };
  const rows = streams.map(([name, data]) => entry(name, 2, place(data), data.length));
  const directory = place(Buffer.concat([entry('Root Entry', 5, 0xffff_fffe, 0), ...rows]));
  const header = Buffer.alloc(512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(directory, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(0xffff_fffe, 60);
  header.writeUInt32LE(0xffff_fffe, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  const table = Buffer.alloc(512, 0xff);
  fat[0] = 0xffff_fffd;
  for (const [at, next] of fat.entries()) if (next !== undefined && at < 128) table.writeUInt32LE(next, 4 * at);
  return Buffer.concat([header, table, ...sectors]);
};

describe('what programs keep of pictures', () => {
  const head = Buffer.alloc(12);

  it('in Thumbs.db is a small picture of a larger one', async () => {
    const file = compoundOf([
      ['Catalog', Buffer.from('names')],
      ['1', Buffer.concat([head, large])],
    ]);
    const seen = await read('Thumbs.db', file);
    expect(codes(seen)).toEqual([['1.jpg', null]]);
    expect(seen.get('1.jpg')).toMatchObject({ data: large, entry: { isThumbnail: true } });
    const document = await read(
      'old.doc',
      compoundOf([
        ['Pictures', large],
        ['WordDocument', Buffer.from('words')],
      ]),
    );
    expect(document.get('Pictures.jpg')).toMatchObject({ data: large, entry: { isThumbnail: false } });
  });

  it('ends where chains lead back, and is not multiplied by streams that share sectors', async () => {
    const file = compoundOf([['1', Buffer.alloc(5000)]]);
    for (let at = 0; at < 128; at++) {
      const loop = Buffer.from(file);
      loop.writeUInt32LE(1, 512 + 4 * at);
      await expect(read('loop.db', loop)).resolves.toBeDefined();
    }
    const shared = compoundOf(Array.from({ length: 60 }, (_, i) => [`${i}`, Buffer.alloc(512)] as const));
    for (let at = 512; at + 128 <= shared.length; at += 128)
      if (shared[at + 66] === 2) {
        shared.writeUInt32LE(1, at + 116);
        shared.writeUInt32LE(0xffff_ff00, at + 120);
      }
    for (let at = 1; at < 100; at++) shared.writeUInt32LE(at + 1, 512 + 4 * at);
    expect(codes(await read('shared.db', shared))).toEqual([['shared.db', 'ARCHIVE_BOMB']]);
    const odd = Buffer.from(file);
    odd.writeUInt32LE(0xffff_ffff, 56);
    expect(codes(await read('odd.db', odd))).toEqual([['odd.db', 'ARCHIVE_CORRUPT']]);
    const beyond = compoundOf([['1', large]]);
    beyond.writeUInt32LE(0xffff_0000, 512 + 4); // the first sector of the stream leads out of the file
    expect((await read('beyond.db', beyond)).get('1.jpg')?.data?.length).toBe(512);
    expect(codes(await read('short.db', file.subarray(0, 100)))).toEqual([['short.db', 'ARCHIVE_CORRUPT']]);
  });

  it('in the caches of Windows stands one behind the other', async () => {
    const cached = (hash: bigint, data: Buffer): Buffer => {
      const row = Buffer.alloc(88);
      row.write('CMMM', 0, 'latin1');
      row.writeUInt32LE(88 + data.length, 4);
      row.writeBigUInt64LE(hash, 8);
      return Buffer.concat([row, data]);
    };
    const start = Buffer.alloc(24);
    start.write('CMMM', 0, 'latin1');
    const file = Buffer.concat([
      start,
      cached(7n, jpeg),
      cached(8n, Buffer.alloc(0)),
      cached(255n, jpeg),
      Buffer.from('CMMM\xff\xff\xff\xff', 'latin1'),
    ]);
    const seen = await read('thumbcache_96.db', file);
    expect(codes(seen)).toEqual([
      ['0000000000000007.jpg', null],
      ['00000000000000ff.jpg', null],
    ]);
    expect(seen.get('00000000000000ff.jpg')).toMatchObject({ data: jpeg, entry: { isThumbnail: true } });
  });
});
