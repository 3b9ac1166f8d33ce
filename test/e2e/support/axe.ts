// What axe finds that keeps a page from people who cannot see or point, as far as a program can tell: WCAG 2.2 A and AA.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly html: string }[];
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PLACES_NAMED = 3;
const SHOWN_OF_HTML = 160;

const placeOf = ({ target, html }: Finding['nodes'][number]): string =>
  `${target.join(' ')} ${html.slice(0, SHOWN_OF_HTML)}`;

/** What is serious or critical, each with its first places; `only`: these rules and no others. */
export const barriersOf = async (page: Page, only?: readonly string[]): Promise<string[]> => {
  // The policy of the page lets nothing but its own scripts run: axe comes in beside it, once for each document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const runOnly = only === undefined ? { type: 'tag', values: TAGS } : { type: 'rule', values: only };
  const found = await page.evaluate(
    async (options) => {
      const { axe } = globalThis as unknown as {
        axe: { run: (options: object) => Promise<{ violations: readonly Finding[] }> };
      };
      return (await axe.run({ ...options, resultTypes: ['violations'] })).violations;
    },
    { runOnly },
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.length} (${nodes.slice(0, PLACES_NAMED).map(placeOf).join('; ')})`);
};
