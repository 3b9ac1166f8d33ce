// What somebody does who gathers a series: begins it, adds a picture from its page, takes what is suggested, says who works on it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawJpeg } from '@redthread/synth';
import { launch, openPage, shot, signIn, type Witness } from './support/browser.js';
import { openInstance, type Instance } from './support/instance.js';

let instance: Instance;
let browser: Browser;
let page: Page;
let seen: Witness;

beforeAll(async () => {
  instance = await openInstance();
  const folder = join(instance.folder, 'seized');
  mkdirSync(folder, { recursive: true });
  const room = await drawJpeg({ seed: 'gathered', width: 960, height: 720 });
  writeFileSync(join(folder, 'room.jpg'), room);
  writeFileSync(join(folder, 'room small.jpg'), await sharp(room).resize(480).jpeg().toBuffer());
  writeFileSync(join(folder, 'other.jpg'), await drawJpeg({ seed: 'gathered too', width: 640, height: 480 }));
  await instance.redthread(['ingest', folder, '--case', 'ES-2026-014', '--exhibit', '1']);
  browser = await launch();
  ({ page, seen } = await openPage(browser, instance.url));
  await signIn(page, `${instance.url}/operations`);
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

let address = '';

it('begins a series, and says where nothing is in it yet', async () => {
  await page.getByRole('link', { name: 'Series' }).click();
  await page.getByText('No series that you see.').waitFor();
  await shot(page, 'series-empty');
  await page.getByLabel('Name').fill('Yellow room');
  await page.getByRole('button', { name: 'Begin a series' }).click();
  await page.getByText('Nobody has said yet that a media belongs to it.').waitFor();
  await page.getByText('Nothing that you see matches a member.').waitFor();
  address = page.url();
});

it('adds a picture from its page, with why', async () => {
  await page.goto(`${instance.url}/review?collapse=media&sort=size`);
  await page.getByRole('option').first().dblclick();
  await page.waitForURL('**/media/*');
  const said = page.locator('#assertions');
  await said.getByText('Nothing is said of it.').waitFor();
  await said.getByLabel('Why it belongs').fill('the same yellow wall');
  await said.getByRole('button', { name: 'Add to a series' }).click();
  await said.locator('tr[data-assertion="member-of"]').filter({ hasText: 'the same yellow wall' }).waitFor();
  await shot(page, 'media-assertions');
});

it('shows members veiled, suggests the copy with its reason, and takes it', async () => {
  await page.goto(address);
  const members = page.locator('#members [data-member]');
  await members.filter({ hasText: 'the same yellow wall' }).waitFor();
  await expect.poll(() => members.locator('img[data-veiled="true"]').count()).toBe(1);
  const suggested = page.locator('#suggested [data-suggested]');
  await expect.poll(() => suggested.count()).toBe(1);
  await suggested.getByText('The same picture').waitFor();
  await shot(page, 'series');
  await suggested.getByRole('button', { name: 'Add' }).click();
  await expect.poll(() => members.count()).toBe(2);
  await page.getByText('Nothing that you see matches a member.').waitFor();
});

it('says who works on it, and lists it by its state', async () => {
  await page.getByLabel('New state').selectOption('being-worked');
  await page.getByLabel('Who works on it').fill('the unit in Porto');
  await page.getByRole('button', { name: 'Change the state' }).click();
  await page.getByText('worked by the unit in Porto').waitFor();
  await page.goto(`${instance.url}/series?state=being-worked`);
  await page.locator('tr[data-series="Yellow room"]').waitFor();
  await shot(page, 'series-list');
  await page.goto(`${instance.url}/series?state=closed`);
  await page.getByText('No series that you see.').waitFor();
  expect([seen.foreign, seen.complaints]).toEqual([[], []]);
});
