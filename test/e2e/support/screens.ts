// Every screen in both sizes, dark and light: pictures of the proof, and rules that each of them keeps: nothing is wider than the window, and
// axe finds nothing serious.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';
import { barriersOf } from './axe.js';
import { overflowOf } from './browser.js';
import { settling } from './settled.js';

const RESULTS = fileURLToPath(new URL('../../../test-results/screens', import.meta.url));

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;
/** Light first, so that each screen is left as it is by default. */
const SCHEMES = ['light', 'dark'] as const;

export interface Shown {
  readonly name: string;
  readonly width: number;
  /** How much wider than the window the page is, px. */
  readonly overflow: number;
  /** What axe finds that is serious: everything in dark where the window is large, contrast in light where it is small. */
  readonly barriers: readonly string[];
}

type Step = (page: Page) => Promise<unknown>;

const first =
  (selector: string): Step =>
  (page) =>
    page.locator(selector).first().click();
const there =
  (selector: string): Step =>
  (page) =>
    page.locator(selector).first().waitFor();
const press =
  (key: string): Step =>
  (page) =>
    page.keyboard.press(key);
const button =
  (name: string): Step =>
  (page) =>
    page.getByRole('button', { name, exact: true }).first().click();
const scrollTo =
  (selector: string): Step =>
  (page) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.scrollIntoView({ block: 'center' }));
const open =
  (url: string, path: string): Step =>
  (page) =>
    page.goto(`${url}${path}`);

/** Name of each screen, and how to get to it from the one before. */
const walk = (url: string): readonly (readonly [name: string, steps: readonly Step[]])[] => [
  ['operations', [open(url, '/operations'), there('tbody tr')]],
  ['operation', [first('tbody a'), there('figure'), there('[id^="connection-"]')]],
  ['together', [there('[data-ask]'), there('tr[data-task]'), scrollTo('#asks')]],
  ['case', [first('a[href^="/cases/"]'), there('figure'), there('tbody tr')]],
  [
    'exhibit',
    [
      first('a[href^="/exhibits/"]'),
      there('figure'),
      there('#failures'),
      button('Make a report'),
      there('article h2'),
      button('Export…'),
    ],
  ],
  ['files', [first('[data-step="seized"]'), there('tbody tr')]],
  [
    'graph',
    [
      open(url, '/operations'),
      there('tbody tr'),
      first('tbody a'),
      there('figure'),
      first('a[href^="/cases/"]'),
      there('figure'),
      first('a[href^="/graph"]'),
      there('[data-waiting="0"], main p'),
    ],
  ],
  ['map', [open(url, '/map'), there('main p')]],
  ['times', [open(url, '/times'), there('tr[data-lane]')]],
  ['review', [open(url, '/review'), there('[role="option"]'), press('ArrowRight'), press('ArrowRight')]],
  ['keys', [press('?'), there('[role="dialog"] dl')]],
  ['loupe', [press('?'), (page) => page.locator('[role="dialog"]').waitFor({ state: 'detached' }), press('Space')]],
  ['media', [press('Escape'), press('Enter'), there('h2')]],
  ['connections', [open(url, '/connections'), there('[id^="connection-"]'), press('j')]],
  ['compare-one', [press('Enter'), there('[data-grade="identical"]')]],
  ['review-pair', [open(url, '/review'), there('[role="option"]'), press('ArrowRight'), press('ArrowRight')]],
  ['compare', [first('a[href^="/compare?"]'), there('[data-grade="same content"]')]],
  ['compare-slider', [press('m'), there('input[type="range"]')]],
  ['compare-difference', [press('m')]],
  ['compare-empty', [open(url, '/compare'), there('h1')]],
  ['verdicts', [open(url, '/verdicts?kind=second-look'), there('#test')]],
  ['series', [open(url, '/series'), there('form')]],
  ['entities', [open(url, '/entities'), there('form')]],
  ['requests', [open(url, '/requests?all=true'), there('.page p')]],
  ['kept-searches', [open(url, '/standing'), first('tr[data-standing] a'), there('[data-hit], h2')]],
  ['packages', [open(url, '/packages'), there('h2')]],
  ['lists', [open(url, '/lists'), there('tbody tr'), button('Bring a list in')]],
  ['audit', [open(url, '/audit'), there('tbody tr')]],
  ['search', [open(url, '/search?q=IMG'), there('tbody tr')]],
  ['search-nothing', [open(url, '/search?q=there-is-no-such-path'), there('h1')]],
  ['account', [open(url, '/account'), there('form')]],
  ['keys-chosen', [open(url, '/keys'), there('tr[data-action]')]],
  ['care', [open(url, '/care'), there('form')]],
  ['end', [open(url, '/end'), there('h1')]],
  ['notices', [open(url, '/notices?all=true'), there('h1')]],
  ['administration', [open(url, '/administration'), there('tr[data-user]')]],
  ['break-glass', [open(url, '/break-glass'), there('form')]],
  ['self-test', [open(url, '/self-test'), there('tbody tr')]],
  ['not-found', [open(url, '/nowhere'), there('h1')]],
  ['refused', [open(url, '/cases/00000000-0000-4000-8000-000000000000'), there('[role="alert"]')]],
];

const wear = (page: Page, scheme: string): Promise<void> =>
  page.evaluate((now) => document.documentElement.setAttribute('data-mantine-color-scheme', now), scheme);

/** The page is still by now: as it stands, packed in a hurry, where Playwright would wait once more for each and pack it small. */
const takePicture = async (devtools: CDPSession, path: string): Promise<void> => {
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  await writeFile(path, data, 'base64');
};

/** One walk over the screens of a signed-in page; saves `NAME-SCHEME-WIDTHxHEIGHT.png` of each under test-results/screens. */
export const takeScreens = async (page: Page, url: string): Promise<Shown[]> => {
  await mkdir(RESULTS, { recursive: true });
  const shown: Shown[] = [];
  const settled = settling(page);
  const devtools = await page.context().newCDPSession(page);
  for (const [name, steps] of walk(url)) {
    await page.setViewportSize(SIZES[0]);
    for (const step of steps) await step(page);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await settled();
      for (const scheme of SCHEMES) {
        await wear(page, scheme);
        await takePicture(devtools, join(RESULTS, `${name}-${scheme}-${size.width}x${size.height}.png`));
      }
      const overflow = await overflowOf(page);
      const isLarge = size === SIZES[0];
      if (!isLarge) await wear(page, 'light');
      const barriers = await barriersOf(page, isLarge ? undefined : ['color-contrast', 'scrollable-region-focusable']);
      shown.push({ name, width: size.width, overflow, barriers });
      await wear(page, 'dark');
    }
  }
  return shown;
};
