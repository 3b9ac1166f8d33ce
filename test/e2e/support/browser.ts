// A browser that calls nobody, and a witness of everything that reaches it.
import { join } from 'node:path';
import { chromium, type Browser, type Page, type Response } from 'playwright-core';
import sharp from 'sharp';
import { OFFICER } from './instance.js';

const CHROMIUM = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

export interface Picture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export interface Witness {
  /** Every body that decodes to a picture, so far. */
  readonly pictures: () => Promise<readonly Picture[]>;
  /** Requests to anywhere but the instance. */
  readonly foreign: readonly string[];
  /** What the page complained about: refused by the content policy, thrown, not loaded. */
  readonly complaints: readonly string[];
}

/** Beginnings of JPEG, PNG, WebP and GIF as base64: pictures hidden in text. */
const HIDDEN = /\/9j\/4|iVBORw0KGgo|UklGR|R0lGOD|data:image/;

const decode = async (response: Response | null): Promise<Picture[]> => {
  if (response === null) return [];
  const body = await response.body().catch(() => Buffer.alloc(0));
  if (body.length === 0) return [];
  const url = response.url();
  if (!/\.js$|\.css$/.test(url) && HIDDEN.test(body.toString('latin1')))
    return [{ url, width: Infinity, height: Infinity }];
  const size = await sharp(body)
    .metadata()
    .catch(() => null);
  return size?.width === undefined || size.height === undefined
    ? []
    : [{ url, width: size.width, height: size.height }];
};

/** What a page was about to read when it was closed, nobody has seen. */
const noneOfAClosedPage = (error: Error): Picture[] => {
  if (error.message.includes('has been closed')) return [];
  throw error;
};

export const witness = (page: Page, origin: string): Witness => {
  const pictures: Promise<Picture[]>[] = [];
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`)) foreign.push(url);
  });
  // Once it has arrived whole: the body of one that the page gave up on is never there to be read.
  page.on('requestfinished', (request) => {
    if (!request.url().startsWith('blob:')) pictures.push(request.response().then(decode).catch(noneOfAClosedPage));
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refused sign-in is written by the browser itself, for every answer above 399.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return { pictures: async () => (await Promise.all(pictures)).flat(), foreign, complaints };
};

/** A page of an office screen, and what it was sent. */
export const openPage = async (browser: Browser, origin: string): Promise<{ page: Page; seen: Witness }> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(30_000);
  return { page, seen: witness(page, origin) };
};

/** How much wider than the window the page is, px. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A picture of the page, where somebody wants to look at it. */
export const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['REDTHREAD_SCREENS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
};

export const signIn = async (page: Page, url: string, { login, password } = OFFICER): Promise<void> => {
  await page.goto(url);
  await page.getByLabel('Name').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/operations');
};
