// What the documentation points at is there, and the examples that it shows run.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const below = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
const PAGES = [...readdirSync(ROOT), ...['docs', 'bench', 'test/fixtures'].flatMap(below)]
  .filter((path) => path.endsWith('.md'))
  .sort();
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** The anchor that a heading gets where Markdown is shown. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const leadsSomewhere = (page: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  if (anchor === undefined || !target.endsWith('.md')) return true;
  return matches(textOf(target), /^#+ (.*)$/gm)
    .map(anchorOf)
    .includes(anchor);
};

describe.each(PAGES)('%s', (page) => {
  it('links to what is there', () => {
    const links = matches(textOf(page), /\]\(([^)\s]+)\)/g).filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it('names files that are there', () => {
    const paths = matches(textOf(page), /`([^`\n]+)`/g)
      .flatMap((code) => code.split(/\s+/))
      .filter((word) => /^(packages|docs|scripts|bench|test|\.ci)\/[\w./-]+$/.test(word))
      .filter((path) => !path.includes('/dist'));
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('examples', () => {
  it.each(['near-index', 'exact-lists'])('stand in docs/%s.md as they are run', (name) => {
    expect(textOf(`docs/${name}.md`)).toContain(`\`\`\`ts\n${textOf(`docs/examples/${name}.ts`)}\`\`\``);
  });

  it('of the near index', async () => {
    const { all, seen } = await import('../../../../docs/examples/near-index.js');
    expect(all).toEqual([
      { id: 7, distanceBits: 0 },
      { id: 8, distanceBits: 3 },
    ]);
    expect(seen).toEqual([{ id: 8, distanceBits: 3 }]);
  });

  it('of the exact lists', async () => {
    const { example } = await import('../../../../docs/examples/exact-lists.js');
    const folder = mkdtempSync(join(tmpdir(), 'redthread-example-'));
    const { found, ...rest } = await example(folder);
    rmSync(folder, { recursive: true });
    expect(found).toMatchObject([{ payload: 4711, list: { polarity: 'known-good' } }]);
    expect(rest).toEqual({ has: false, hits: [0], count: 1 });
  });
});
