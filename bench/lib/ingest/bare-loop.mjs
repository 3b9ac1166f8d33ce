// The physical limit that the ingest is held against: read, three digests, shrink-on-load decode, and nothing else. Run
// with a list of files on standard input it is one of as many processes as there are cores.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SIDE_PX = 1024;

const loop = async (files) => {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const name of ['sha256', 'sha1', 'md5']) createHash(name).update(bytes).digest();
    // libjpeg decodes at 1/2, 1/4 or 1/8 where the result is still large enough.
    await sharp(bytes).resize(SIDE_PX, SIDE_PX, { fit: 'inside', withoutEnlargement: true }).raw().toBuffer();
  }
};

/** Seconds that `processes` processes need for all files together. */
export const runBareLoop = async (files, processes) => {
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: processes }, (_, part) => runPart(files.filter((_, i) => i % processes === part))),
  );
  return (performance.now() - startedAt) / 1000;
};

const runPart = (files) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--part'], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`the bare loop ended with ${code}`))));
    child.stdin.end(files.join('\n'));
  });

if (process.argv[2] === '--part') await loop(readFileSync(0, 'utf8').split('\n').filter(Boolean));
