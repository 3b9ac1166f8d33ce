// Hash lists that lie beside the exhibits: what a stamp catalogue knows to be harmless, and what a register of stolen cards looks for.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../random/random.js';
import type { Truth } from '../truth/truth.js';
import type { Plan, Variant } from './plan.js';
import { variantPath } from './tasks.js';

export interface ListEntry {
  readonly name: string;
  /** Relative to operation.json; one hash a line, "#" starts a remark. */
  readonly file: string;
  readonly algorithm: 'sha256' | 'md5';
  readonly polarity: 'known-good' | 'known-bad' | 'other';
  readonly agency: string;
  readonly hashes: number;
}

/** Hashes of files that nobody in this operation holds, as in any real list. */
const strangers = (seed: string, algorithm: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => createHash(algorithm).update(`${seed}/${i}`).digest('hex'));

export const drawLists = async (out: string, plan: Plan, truth: Truth, staging: string): Promise<ListEntry[]> => {
  const random = createRandom(`lists/${plan.scale}/${plan.seed}`);
  const used = new Set(truth.files.filter(({ kind }) => kind === 'picture').map(({ sha256 }) => sha256));
  const digest = async (variant: Variant, algorithm: 'sha256' | 'md5'): Promise<string | null> => {
    const data = await readFile(variantPath(staging, variant.id));
    return used.has(createHash('sha256').update(data).digest('hex'))
      ? createHash(algorithm).update(data).digest('hex')
      : null;
  };
  const write = async (
    entry: Omit<ListEntry, 'hashes'>,
    variants: readonly Variant[],
    remark: string,
  ): Promise<ListEntry> => {
    const own = (await Promise.all(variants.map((variant) => digest(variant, entry.algorithm)))).filter(
      (hash) => hash !== null,
    );
    const hashes = [
      ...new Set([...own, ...strangers(`${entry.name}/${plan.seed}`, entry.algorithm, own.length * 4 + 20)]),
    ].sort();
    await mkdir(join(out, 'lists'), { recursive: true });
    await writeFile(
      join(out, entry.file),
      `# ${entry.name}: ${remark}\n# ${entry.algorithm}, one a line\n${hashes.join('\n')}\n`,
    );
    return { ...entry, hashes: hashes.length };
  };
  const cards = plan.variants.filter(({ frame }) => frame.kind === 'card' && random.chance(0.5));
  const rooms = plan.variants.filter(
    ({ frame, edits }) => frame.kind === 'room' && edits.length < 3 && random.chance(0.12),
  );
  const [first, second] = plan.cast.agencies;
  return [
    await write(
      {
        name: 'Stamp catalogue, known good',
        file: 'lists/stamp-catalogue.sha256.txt',
        algorithm: 'sha256',
        polarity: 'known-good',
        agency: first?.slug ?? '',
      },
      cards,
      'catalogue pictures that anybody may own',
    ),
    await write(
      {
        name: 'Register of missing postcards',
        file: 'lists/missing-postcards.md5.txt',
        algorithm: 'md5',
        polarity: 'known-bad',
        agency: second?.slug ?? '',
      },
      rooms,
      'pictures of collections reported missing',
    ),
  ];
};
