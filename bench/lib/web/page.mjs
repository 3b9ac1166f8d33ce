// A real browser on the large store, and what it is asked to time: everything is measured in the page, by its own clock, from the event to
// the frame after the pixels are there.
import { chromium } from 'playwright-core';
import { LOGIN } from './world.mjs';

const CHROMIUM = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'];
const VIEW = { width: 1440, height: 900 };

/** Runs in the page: what a picture shows is there when it has its pixels, and the frame that draws it has begun and ended. */
const HELPERS = () => {
  const isDrawn = (image) => image?.complete === true && image.naturalWidth > 0;
  const inSight = () => {
    const box = document.querySelector('[role="listbox"]')?.getBoundingClientRect();
    if (box === undefined) return [];
    return [...document.querySelectorAll('[role="listbox"] [role="presentation"] > *')].filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect();
      return cell.parentElement?.className.includes('row') && bottom > box.top && top < box.bottom;
    });
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /** After the next frame was handed over. */
  const presented = async () => {
    await frame();
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  };
  const until = async (condition) => {
    while (!condition()) await frame();
    await presented();
    return performance.now();
  };
  /** Shown beside the grid: the chosen tile, veiled or clear. */
  const chosenPicture = (clear) => document.querySelector(`aside img[data-fit="contain"][data-veiled="${!clear}"]`);
  const place = () => Number(document.querySelector('[role="option"][data-selected="true"]')?.dataset.place ?? -1);
  let armed = null;
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      if (armed === null) return;
      const { before, shown, clear, done } = armed;
      armed = null;
      const ready = () => place() > before && isDrawn(chosenPicture(clear)) && chosenPicture(clear).src !== shown;
      void until(ready).then((at) => done(at - timeStamp));
    },
    true,
  );
  window.bench = {
    tilesDrawn: () =>
      until(() => inSight().length > 0 && inSight().every((cell) => isDrawn(cell.querySelector('img')))),
    jump: async (share) => {
      const list = document.querySelector('[role="listbox"]');
      list.scrollTop = share * list.scrollHeight;
      const from = performance.now();
      return (await window.bench.tilesDrawn()) - from;
    },
    place,
    /** The next key is timed, until the picture after the one that is shown is there. */
    arm: (clear) => {
      const result = new Promise((done) => {
        armed = { before: place(), shown: chosenPicture(clear)?.src ?? '', clear, done };
      });
      window.bench.result = () => result;
    },
  };
};

export const openPage = async (store) => {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const page = await browser.newPage({ viewport: VIEW });
  page.setDefaultTimeout(120_000);
  await page.addInitScript(HELPERS);
  await page.goto(`${store.url}/sign-in`);
  await page.getByLabel('Name').fill(LOGIN.login);
  await page.getByLabel('Password').fill(LOGIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/operations');
  await page.evaluate(() =>
    fetch('/api/v1/me/purpose', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ purpose: 'benchmark of drawn rooms' }),
    }),
  );
  await page.goto(`${store.url}/review?exhibit=${store.exhibit}`);
  await page.evaluate(() => window.bench.tilesDrawn());
  await page.waitForURL(/review=/);
  return { browser, page, address: page.url() };
};

/** The review with that share of it behind: chosen, drawn, and nothing on its way. */
export const openAt = async ({ page, address }, total, share) => {
  const url = new URL(address);
  url.searchParams.set('n', String(1 + Math.round(share * (total - 1))));
  url.searchParams.delete('at');
  await page.goto(url.href);
  await page.evaluate(() => window.bench.tilesDrawn());
  await page.waitForTimeout(500);
};

/** Milliseconds from each press of a key to the frame that shows the next picture. */
export const nextItems = async (page, presses, clear = false) => {
  const times = [];
  for (let i = 0; i < presses; i += 1) {
    await page.evaluate((shown) => window.bench.arm(shown), clear);
    await page.keyboard.press('ArrowRight');
    times.push(await page.evaluate(() => window.bench.result()));
  }
  return times;
};
