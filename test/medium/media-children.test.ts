// The children that touch hostile bytes: what they are given, what they may do, and how they end.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import {
  createDecoder,
  createMetadataReader,
  type Decoder,
  type DecoderOptions,
} from '../../packages/server/src/media/index.js';
import { drawn } from './media-pictures.js';

const folder = mkdtempSync(join(tmpdir(), 'redthread-children-'));
afterAll(() => rmSync(folder, { recursive: true }));

const open: Decoder[] = [];
const started = (options: Partial<DecoderOptions> = {}): Decoder => {
  const decoder = createDecoder(options);
  open.push(decoder);
  return decoder;
};
afterEach(async () => {
  for (const decoder of open.splice(0)) await decoder.close();
});

const jpeg = await drawn(640, 480).jpeg().toBuffer();
const large = await drawn(4000, 3000).png({ compressionLevel: 1 }).toBuffer();
const decode = (decoder: Decoder, bytes = jpeg) => decoder.decode(bytes, { mime: 'image/jpeg' });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error: { code: string }) => error.code,
  );
const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
const gone = async (pid: number, withinMs = 5000): Promise<boolean> => {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(25)) if (!isAlive(pid)) return true;
  return false;
};

/** A child that speaks the protocol's first word and then misbehaves as `body` says. */
const misbehaving = (name: string, body: string): string => {
  const path = join(folder, `${name}.mjs`);
  const ready = `const json = Buffer.from('{"kind":"ready"}'); const head = Buffer.alloc(8); head.writeUInt32BE(json.length);
    const { writeSync } = await import('node:fs'); writeSync(3, Buffer.concat([head, json]));`;
  writeFileSync(path, `${ready}\n${body}\n`);
  return path;
};

describe.runIf(process.platform === 'linux')('what a child holds', () => {
  it('knows nothing of our environment', async () => {
    vi.stubEnv('REDTHREAD_MASTER_KEY', 'a-secret-of-the-test');
    vi.stubEnv('DATABASE_URL', 'postgres://someone:secret@example.org/db');
    try {
      const decoder = started();
      await decode(decoder);
      const reader = createMetadataReader();
      await reader.read(jpeg, 'image/jpeg');
      const pids = [...decoder.pids(), ...reader.pids()];
      expect(pids).toHaveLength(2);
      for (const pid of pids) {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        expect(environment).toContain('PATH=/usr/bin:/bin');
        expect(environment).not.toMatch(/secret|REDTHREAD|DATABASE|HOME=/);
      }
      await reader.close();
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it.runIf(process.getuid?.() === 0)('runs as nobody when we are root', async () => {
    const decoder = started();
    await decode(decoder);
    const reader = createMetadataReader();
    await reader.read(jpeg, 'image/jpeg');
    for (const pid of [...decoder.pids(), ...reader.pids()]) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
      expect(status).toMatch(/^Gid:\t65534\t65534\t65534\t65534$/m);
      expect(status).toMatch(/^Groups:\t\s*$/m);
    }
    await reader.close();
  });

  it('has limits of the kernel: memory, no core dump, not a byte to a disk', async () => {
    const decoder = started({ memoryMb: 1000 });
    await decode(decoder);
    const limits = readFileSync(`/proc/${decoder.pids()[0]}/limits`, 'utf8');
    expect(limits).toMatch(new RegExp(`Max data size\\s+${1500 * 2 ** 20}\\s`));
    expect(limits).toMatch(/Max core file size\s+0\s/);
    expect(limits).toMatch(/Max file size\s+0\s/);
  });
});

describe('a child that misbehaves', () => {
  it('is killed when it hangs, and the next file gets another', async () => {
    const decoder = started({ entry: misbehaving('hang', 'setInterval(() => {}, 1000);'), timeoutMs: 300 });
    const first = decode(decoder);
    expect(await codeOf(first)).toBe('DECODER_TIMEOUT');
    expect(await codeOf(decode(decoder))).toBe('DECODER_TIMEOUT');
    expect(decoder.pids()).toEqual([]);
  });

  it('is told from the file when it dies: transient, and the real child goes on afterwards', async () => {
    const decoder = started();
    await decode(decoder);
    const [pid] = decoder.pids();
    const work = decode(decoder, large);
    process.kill(pid!, 'SIGKILL');
    expect(await codeOf(work)).toBe('DECODER_DIED');
    expect(await decode(decoder)).toMatchObject({ widthPx: 640 });
    expect(decoder.pids()).not.toEqual([pid]);
  });

  it('is killed when stopped in the middle of a picture', async () => {
    const decoder = started({ timeoutMs: 700, timeoutPerMegabyteMs: 0 });
    await decode(decoder);
    const [pid] = decoder.pids();
    process.kill(pid!, 'SIGSTOP');
    expect(await codeOf(decode(decoder))).toBe('DECODER_TIMEOUT');
    expect(await gone(pid!)).toBe(true);
    expect(await decode(decoder)).toMatchObject({ widthPx: 640 });
  });

  it.runIf(process.platform === 'linux')('is killed when it eats memory', async () => {
    const eat = `const eaten = []; setInterval(() => eaten.push(Buffer.alloc(20e6, 1)), 20);`;
    const decoder = started({ entry: misbehaving('eat', eat), memoryMb: 200 });
    expect(await codeOf(decode(decoder))).toBe('DECODER_MEMORY');
  });

  it('is not believed when it breaks the protocol', async () => {
    const say = (json: string) => `process.stdin.once('data', () => {
      const json = Buffer.from(${JSON.stringify(json)}); const head = Buffer.alloc(8); head.writeUInt32BE(json.length);
      writeSync(3, Buffer.concat([head, json])); });`;
    for (const [name, body] of [
      ['nonsense', `process.stdin.once('data', () => writeSync(3, 'nonsense, longer than a prefix'));`],
      ['lie', say('{"kind":"decoded","id":1,"format":"exe"}')],
      ['other', say('{"kind":"failed","id":99,"code":"IMAGE_CORRUPT"}')],
    ] as const) {
      expect(await codeOf(decode(started({ entry: misbehaving(name, body) })))).toBe('DECODER_DIED');
    }
  });

  it('says why it does not start', async () => {
    const decoder = started({ entry: join(folder, 'no-such-file.js') });
    await expect(decode(decoder)).rejects.toThrow(/does not start[\s\S]*no-such-file/);
  });
});

describe('the life of a child', () => {
  it('is replaced after so many files', async () => {
    const decoder = started({ filesPerChild: 2 });
    await decode(decoder);
    const [first] = decoder.pids();
    await decode(decoder);
    expect(decoder.pids()).toEqual([]);
    await decode(decoder);
    expect(decoder.pids()).not.toEqual([first]);
  });

  it('serves calls in their order, one at a time', async () => {
    const decoder = started();
    const order: number[] = [];
    await Promise.all([large, jpeg, jpeg].map((bytes, i) => decode(decoder, bytes).then(() => order.push(i))));
    expect(order).toEqual([0, 1, 2]);
    expect(decoder.pids()).toHaveLength(1);
  });

  it('ends with its decoder', async () => {
    const decoder = createDecoder();
    await decode(decoder);
    const [pid] = decoder.pids();
    await decoder.close();
    expect(await gone(pid!)).toBe(true);
    expect(await codeOf(decode(decoder))).toBe('DECODER_DIED');
  });

  it.runIf(process.platform === 'linux')(
    'ends when its parent is killed, idle or in the middle of a file',
    async () => {
      const dist = fileURLToPath(new URL('../../packages/server/dist/media/index.js', import.meta.url));
      const pictures = { jpeg: join(folder, 'small.jpg'), large: join(folder, 'large.png') };
      writeFileSync(pictures.jpeg, jpeg);
      writeFileSync(pictures.large, large);
      for (const then of [
        'setInterval(() => {}, 1000);',
        `for (;;) await decoder.decode(large, { mime: 'image/png' });`,
      ]) {
        const parentFile = join(folder, 'parent.mjs');
        writeFileSync(
          parentFile,
          `import { readFileSync } from 'node:fs';
         import { createDecoder, createMetadataReader } from ${JSON.stringify(dist)};
         const decoder = createDecoder(); const reader = createMetadataReader();
         const [jpeg, large] = [readFileSync(${JSON.stringify(pictures.jpeg)}), readFileSync(${JSON.stringify(pictures.large)})];
         await decoder.decode(jpeg, { mime: 'image/jpeg' }); await reader.read(jpeg, 'image/jpeg');
         process.stdout.write(JSON.stringify([...decoder.pids(), ...reader.pids()]));
         ${then}`,
        );
        const parent = spawn(process.execPath, [parentFile], { stdio: ['ignore', 'pipe', 'inherit'] });
        const pids = JSON.parse(await firstOutput(parent)) as number[];
        expect(pids).toHaveLength(2);
        await sleep(150);
        parent.kill('SIGKILL');
        for (const pid of pids) expect(await gone(pid)).toBe(true);
      }
    },
  );
});

const firstOutput = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('close', (code) => reject(new Error(`the parent ended with ${code}`)));
  });
