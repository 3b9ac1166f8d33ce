// What an officer meets who searches by a picture of their own, and who comes to a file that its provider has not viewed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnRoom } from '../support/drawn.js';
import { barriersOf } from './support/axe.js';
import { launch, openPage, shot, signIn, type Witness } from './support/browser.js';
import { openInstance, type Instance } from './support/instance.js';

let instance: Instance;
let browser: Browser;
let page: Page;
let seen: Witness;
let room: Buffer;

beforeAll(async () => {
  instance = await openInstance();
  room = await drawnRoom({ seed: 'e2e-large', width: 960, height: 720 });
  const reported = await drawnRoom({ seed: 'e2e-1', width: 640, height: 480 });
  for (const [folder, bytes] of [
    ['seized', room],
    ['reported', reported],
  ] as const) {
    mkdirSync(join(instance.folder, folder), { recursive: true });
    writeFileSync(join(instance.folder, folder, `${folder}.jpg`), bytes);
  }
  await instance.redthread(['ingest', join(instance.folder, 'seized'), '--case', 'ES-2026-014', '--exhibit', '1']);
  const report = ['ingest', join(instance.folder, 'reported'), '--case', 'ES-2026-014', '--exhibit', '2'];
  await instance.redthread([...report, '--not-viewed-by-provider']);
  browser = await launch();
  ({ page, seen } = await openPage(browser, instance.url));
  await signIn(page, `${instance.url}/operations`);
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

it('searches by a picture that is chosen in the search field, and says so when the page was loaded again', async () => {
  const mirrored = await sharp(room).resize(480).flop().jpeg().toBuffer();
  const chooser = page.locator('form[role="search"] input[type="file"]');
  await chooser.setInputFiles({ name: 'of mine.jpg', mimeType: 'image/jpeg', buffer: mirrored });
  const hit = page.getByRole('listitem').filter({ hasText: 'seized.jpg' });
  await hit.getByRole('img', { name: 'same content' }).waitFor();
  expect(page.url()).toMatch(/\/search\?picture=[0-9a-f]{64}$/);
  await shot(page, 'search-picture');
  await page.reload();
  await page.getByText('The file is no longer here').waitFor();
});

it('drops a file on the field, and opens none that misses it', async () => {
  const drop = (selector: string): Promise<void> =>
    page.evaluate(
      ([target = '', base64 = '']) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], 'dropped.jpg', { type: 'image/jpeg' }));
        const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer });
        document.querySelector(target)?.dispatchEvent(event);
        if (!event.defaultPrevented) throw new Error('the browser would open the file');
      },
      [selector, room.toString('base64')],
    );
  await drop('main');
  await drop('form[role="search"]');
  await page.getByRole('listitem').filter({ hasText: 'seized.jpg' }).getByRole('img', { name: 'identical' }).waitFor();
});

it('keeps what was searched for, and shows what it found and what it was looked for in', async () => {
  await page.getByRole('button', { name: 'Keep this search' }).click();
  await page.getByLabel('Name').fill('the large room');
  await page.getByLabel('Why you look, for the record').fill('ES-2026-014');
  // The process beside the server refuses it, and goes on.
  await page.getByLabel('Last day').fill('2020-01-01');
  await page.getByRole('button', { name: 'Keep this search' }).click();
  await page.getByText('2020-01-01 has passed').waitFor();
  await page.getByLabel('Last day').fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Keep this search' }).click();
  await page.getByRole('link', { name: 'the large room' }).click();
  await page.locator('tr[data-standing="the large room"]').getByText('looks').waitFor();
  await page.locator('tr[data-hit="first"]').getByRole('img', { name: 'identical' }).waitFor();
  await page.getByText(/in 2 unique files/).waitFor();
  expect(await barriersOf(page)).toEqual([]);
  await shot(page, 'standing');
});

it('keeps a file closed that was not viewed, until a legal basis is recorded on its page', async () => {
  await page.goto(`${instance.url}/review`);
  const closed = page.getByText('closed: not viewed').first();
  await closed.waitFor();
  await shot(page, 'review-closed');
  const search = page.locator('form[role="search"] input').first();
  await search.fill('reported.jpg');
  await search.press('Enter');
  await page.getByRole('link', { name: 'reported.jpg', exact: true }).click();
  await page.getByText('The provider who reported this file has not viewed it.').waitFor();
  expect(await page.getByRole('button', { name: 'Hold to reveal' }).count()).toBe(0);
  await shot(page, 'media-closed');
  expect(await barriersOf(page)).toEqual([]);
  await page.getByLabel('Reference').fill('JI 3, 114/2026');
  await page.getByRole('button', { name: 'Record the basis and open' }).click();
  await page.getByText('The provider who reported this file has not viewed it.').waitFor({ state: 'detached' });
  await page.locator('a[href^="/exhibits/"]').first().click();
  await page.getByText('1 file of this exhibit was not viewed').waitFor();
  await shot(page, 'exhibit-gate');
});

it('was sent nothing from elsewhere and complained of nothing', () => {
  expect([seen.foreign, seen.complaints]).toEqual([[], []]);
});
