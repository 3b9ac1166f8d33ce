// What an officer does with chats: finds a message, reveals the picture beside it and finds that on record, says how dates stand, sees who was in the group, and
// follows a picture from group to group.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriersOf } from './support/axe.js';
import { launch, openPage, overflowOf, shot, signIn, type Witness } from './support/browser.js';
import { drawChatExhibits, GROUP, OTHER_GROUP, PICTURE, RARE } from './support/chat-exports.js';
import { openInstance, type Instance } from './support/instance.js';

/** The longer side of what is sent before a reveal, px. */
const VEILED_PX = 64;

let instance: Instance;
let browser: Browser;
let page: Page;
let seen: Witness;

beforeAll(async () => {
  instance = await openInstance();
  const { first, second } = await drawChatExhibits(instance.folder);
  await Promise.all(
    [first, second].map((folder, i) =>
      instance.redthread(['ingest', folder, '--case', 'ES-2026-014', '--exhibit', `${8 + i}`]),
    ),
  );
  browser = await launch();
  ({ page, seen } = await openPage(browser, instance.url));
  await signIn(page, `${instance.url}/operations`);
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

/** In both themes nobody is kept out, and nothing is wider than the window. */
const isOpenToAll = async (name: string): Promise<void> => {
  await shot(page, `${name}-dark-1440x900`);
  expect(await barriersOf(page), name).toEqual([]);
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
  await shot(page, `${name}-light-1440x900`);
  expect(await barriersOf(page, ['color-contrast']), `${name}, light`).toEqual([]);
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'));
  expect(await overflowOf(page), name).toBeLessThanOrEqual(0);
};

const chosen = () => page.locator('article[aria-current="true"]');

it('finds a message by a word in it, and opens the chat at its place', async () => {
  await page.getByRole('link', { name: 'Chats' }).click();
  const group = page.locator(`tr[data-chat="${GROUP}"]`);
  await group.first().waitFor();
  expect(await group.count()).toBe(2);
  await page.getByRole('textbox', { name: 'Words in messages' }).fill(RARE);
  await page.keyboard.press('Enter');
  const hit = page.locator('#hits li').filter({ hasText: 'ES-2026-014 / 8' });
  expect(await hit.locator('mark').textContent()).toBe(RARE);
  await isOpenToAll('chats');
  await hit.getByRole('link').click();
  await chosen().getByText(RARE).waitFor();
  // A lead is text: there is nothing to open it by.
  const lead = chosen().locator('[data-lead="email"]');
  expect(await lead.textContent()).toBe('ida@stamps.example');
  expect(await chosen().locator('a[href*="stamps.example"], a[href^="mailto:"], a[href^="tel:"]').count()).toBe(0);
});

it('has been sent nothing but a veiled picture, reveals it while a key is held, and finds that on record', async () => {
  const picture = page.locator('article').filter({ hasText: PICTURE });
  await picture.locator('[data-attachment="with-message"]').click({ position: { x: 4, y: 4 } });
  await chosen().locator('img[data-veiled="true"]').waitFor();
  await isOpenToAll('chat');
  expect((await seen.pictures()).filter(({ width }) => width > VEILED_PX)).toEqual([]);
  await page.keyboard.press('r');
  const why = page.getByRole('dialog', { name: 'Why do you reveal?' });
  await why.getByLabel('Purpose').fill('identify the stamps');
  await page.keyboard.press('Enter');
  await why.waitFor({ state: 'detached' });
  await page.keyboard.down('r');
  await chosen().locator('img[data-veiled="false"]').waitFor();
  await page.keyboard.up('r');
  await chosen().locator('img[data-veiled="true"]').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/media/*');
  const mediaId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.locator('#sent').waitFor();
  await page.goto(`${instance.url}/audit?type=reveal`);
  await page.locator(`tr[data-event="reveal"][data-object="${mediaId}"]`).getByText('identify the stamps').waitFor();
  await page.goto(`${instance.url}/media/${mediaId}`);
});

it('follows the picture to where it was sent on', async () => {
  const sent = page.locator('#sent');
  await sent.locator('[data-posting="file"]').filter({ hasText: OTHER_GROUP }).waitFor();
  await sent.locator('[data-posting="file"]').filter({ hasText: GROUP }).first().waitFor();
  await sent.evaluate((element) => element.scrollIntoView());
  await isOpenToAll('sent');
});

it('shows who was in the group when, and the clock of its other export', async () => {
  await page.locator('#sent').getByRole('link', { name: GROUP }).first().click();
  await page.getByRole('link', { name: 'Group', exact: true }).click();
  const joost = page.locator('[data-member="Joost"]');
  await joost.getByText('left').waitFor();
  await page
    .locator('#pairs')
    .getByText(/^Its clock .* (ahead of|behind) this one$/)
    .waitFor();
  await isOpenToAll('group');
  await joost.getByRole('link').last().click();
  await chosen().getByText('left').first().waitFor();
});

it('asks how dates stand that tell nobody days from months, and takes the answer', async () => {
  await page.goto(`${instance.url}/chats`);
  await page.getByRole('link', { name: 'In which order do its dates stand?' }).click();
  const order = page.locator('li[data-order="dmy"]');
  await order.getByText('3 April 2021').waitFor();
  await page.locator('li[data-order="mdy"]').getByText('4 March 2021').waitFor();
  await isOpenToAll('chat-exports');
  await order.getByRole('button').click();
  await page.getByText('day, month, year, said by vera').waitFor();
  for (const tab of ['Leads', 'People', 'Countries']) {
    await page.getByRole('navigation', { name: 'Chats' }).getByRole('link', { name: tab }).click();
    await page.locator('main table, main p').first().waitFor();
    await isOpenToAll(`chats-${tab.toLowerCase()}`);
  }
  expect(seen.foreign).toEqual([]);
  expect(seen.complaints).toEqual([]);
});
