// What an examiner does who judges pictures: takes the test before a vote, votes by keys on one picture and on a stack, takes a vote
// back, and finds what waits for somebody else.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnRoom } from '../support/drawn.js';
import { barriersOf } from './support/axe.js';
import { launch, openPage, shot, signIn, type Witness } from './support/browser.js';
import { signShown } from './support/drawn-signs.js';
import { openInstance, type Instance } from './support/instance.js';

let instance: Instance;
let browser: Browser;
let page: Page;
let seen: Witness;
const claimed = () => page.getByRole('status').filter({ hasText: /yours until/ });

beforeAll(async () => {
  instance = await openInstance();
  const folder = join(instance.folder, 'seized');
  mkdirSync(folder, { recursive: true });
  const room = await drawnRoom({ seed: 'e2e-large', width: 960, height: 720 });
  writeFileSync(join(folder, 'room.jpg'), room);
  writeFileSync(join(folder, 'room small.jpg'), await sharp(room).resize(480).jpeg().toBuffer());
  writeFileSync(join(folder, 'other.jpg'), await drawnRoom({ seed: 'e2e-1', width: 640, height: 480 }));
  await instance.redthread(['ingest', folder, '--case', 'ES-2026-014', '--exhibit', '1']);
  browser = await launch();
  ({ page, seen } = await openPage(browser, instance.url));
  await signIn(page, `${instance.url}/operations`);
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

it('asks for the test before the first vote, and takes it on drawn rooms', async () => {
  await page.goto(`${instance.url}/review`);
  await page.getByRole('option').first().click();
  await page.keyboard.press('0');
  await page.getByText('COMPETENCE_REQUIRED').waitFor();
  await page.getByRole('link', { name: 'Verdicts' }).click();
  await page.getByRole('button', { name: 'Take the test of vic-default@2.0' }).click();
  const picture = page.getByRole('img', { name: 'A drawn room' });
  await picture.waitFor();
  await shot(page, 'verdict-test');
  const signs = await page.locator('#test tbody tr td:first-child').allInnerTexts();
  const codes = page.locator('#test tbody tr').getByRole('button');
  for (let at = 1; at <= 12; at++) {
    await page.getByText(`Picture ${at} of 12`).waitFor();
    const answer = await page.request.get(`${instance.url}${await picture.getAttribute('src')}`);
    const place = await signShown(
      await answer.body(),
      signs.filter((words) => words !== ''),
    );
    if (place === null) await page.getByRole('button', { name: 'cannot say' }).click();
    else await codes.nth(place).click();
  }
  await page.getByText('passed, holds until').waitFor();
  await shot(page, 'verdicts-empty');
});

it('votes by a key on the page of a media, and says that nobody looked until it was revealed', async () => {
  await page.goto(`${instance.url}/review?collapse=media&sort=size`);
  await page.getByRole('option').first().dblclick();
  // The inspector of the review says the same of it, and its keys end with it: only what the page of the media says counts.
  await page.waitForURL('**/media/*');
  const verdicts = page.locator('#verdicts');
  await verdicts.getByText('Nobody has voted on it.').waitFor();
  await verdicts.getByRole('button', { name: 'not relevant' }).waitFor();
  await page.keyboard.press('0');
  const votes = verdicts.locator('tr[data-vote]');
  await votes.filter({ hasText: 'not looked' }).waitFor();
  await page.keyboard.press('Shift+R');
  await page.getByLabel('Purpose').fill('to judge drawn rooms');
  await page.getByRole('button', { name: 'Keep for this session' }).click();
  await page.locator('img[data-veiled="false"]').waitFor();
  await page.getByLabel('Note to the vote').fill('an empty room');
  await page.getByRole('button', { name: 'not relevant' }).click();
  await votes
    .filter({ hasText: 'an empty room' })
    .filter({ hasText: /(?<!not )looked/ })
    .waitFor();
  await votes.filter({ hasText: 'replaced by a later vote' }).waitFor();
  await page.getByText('vic-default@2.0:0 waits for more').waitFor();
  await shot(page, 'media-verdicts');
  await votes.first().getByRole('button', { name: 'Take back' }).click();
  await page.getByLabel('Why it is taken back').fill('the wrong key');
  await page.locator('#verdicts form').getByRole('button', { name: 'Take back' }).click();
  await votes.filter({ hasText: 'the wrong key' }).waitFor();
});

it('votes on a stack in the review and goes on to the next; ? shows the keys', async () => {
  await page.goto(`${instance.url}/review`);
  const tiles = page.getByRole('option');
  await tiles.first().click();
  await page.getByText('The keys vote on the whole stack').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Vote in vic-default@2.0').waitFor();
  await shot(page, 'verdict-keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Add to a series' });
  await dialog.getByLabel('Name or number of a series').fill('Stamps');
  await dialog.getByLabel('a new series: Stamps').check();
  await dialog.getByLabel('Why it belongs').fill('the same wall');
  await page.keyboard.press('Enter');
  const added = page.getByRole('status').filter({ hasText: '2 media added to' });
  await added.getByRole('button', { name: 'Take back' }).waitFor();
  // Until it has gone, keys are written into its fields.
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('4');
  // The picture that stands for the stack was revealed above; the next one was not.
  await page.getByText('The one before: Voted vic-default@2.0:4. You looked').waitFor();
  await expect.poll(() => tiles.nth(1).getAttribute('aria-selected')).toBe('true');
  await tiles.first().getByText('4?').waitFor();
  // What was added is not the last that was done: no key takes it back any more.
  await added.waitFor({ state: 'detached' });
  await shot(page, 'review-voted');
  await page.keyboard.press('0');
  await page.getByText('You have not looked, so it counts for nothing').waitFor();
});

it('takes votes back one by one, is where it was after a reload, and votes on a stretch', async () => {
  const tiles = page.getByRole('option');
  await page.keyboard.press('z');
  await page.getByText('Took back 1 vote.').waitFor();
  await page.keyboard.press('z');
  await page.getByText('Took back 2 votes.').waitFor();
  await expect.poll(() => tiles.first().getAttribute('aria-selected')).toBe('true');
  await page.waitForURL(/n=1(&|$)/);
  const address = page.url();
  await page.reload();
  await expect.poll(() => tiles.first().getAttribute('aria-selected')).toBe('true');
  expect(page.url(), 'the same review, and not another of the same query').toBe(address);
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('2 chosen').waitFor();
  await page.keyboard.press('0');
  await page.getByText('Voted on 3 media. You have not looked at 1 of them').waitFor();
  await shot(page, 'review-stretch');
  expect(await barriersOf(page)).toEqual([]);
  await page.keyboard.press('z');
  await page.getByText('Took back 3 votes.').waitFor();
});

it('goes by other keys once they are chosen, and refuses one that is taken with the name of what has it', async () => {
  const address = page.url();
  await page.keyboard.press('?');
  await page.getByRole('link', { name: 'Choose other keys' }).click();
  const change = page.getByRole('button', { name: 'Change the key of: Claim the next 50' });
  await change.click();
  await page.keyboard.press('c');
  await page.getByRole('alert').getByText('C has a use on the same page already: Take as the first').waitFor();
  await change.click();
  await page.keyboard.press('w');
  await page.locator('tr[data-action="claim"]').getByText('W', { exact: true }).waitFor();
  await page.getByRole('status').getByText('Kept.').waitFor();
  await shot(page, 'keys-chosen');
  await page.goto(address);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('W', { exact: true }).waitFor();
  await page.keyboard.press('?');
  await page.keyboard.press('w');
  await claimed().waitFor();
  await page.keyboard.press('w');
  await claimed().waitFor({ state: 'detached' });
  await page.goto(`${instance.url}/keys`);
  await page.getByRole('button', { name: 'All as they were' }).click();
  await page.locator('tr[data-action="claim"]').getByText('Q', { exact: true }).waitFor();
  await page.goto(address);
  await page.getByRole('option').first().waitFor();
});

it('claims the next ones and lets go of them, and keeps the review under a name', async () => {
  await page.keyboard.press('q');
  await claimed().waitFor();
  await shot(page, 'review-claimed');
  await page.keyboard.press('q');
  await claimed().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByLabel('Name of the review').fill('Rooms');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /^Rooms/ }).waitFor();
});

it('keeps a decision that meets no server, sends it once when there is one, and says so meanwhile', async () => {
  await page.getByRole('option').first().click();
  await page.context().setOffline(true);
  await page.keyboard.press('2');
  await page.getByText('1 decision waits to be sent').waitFor();
  await shot(page, 'review-unsent');
  await page.context().setOffline(false);
  await page.getByText('1 decision waits to be sent').waitFor({ state: 'detached' });
  await page.getByRole('option').first().getByText('2?').waitFor();
  await page.keyboard.press('z');
  await page.getByText('Took back 2 votes.').waitFor();
});

it('says in its place that a picture did not arrive, and asks for it again by itself', async () => {
  await page.route('**/veiled', (route) => route.abort());
  await page.reload();
  await page.getByText('The picture did not arrive; it is asked for again by itself.').first().waitFor();
  await shot(page, 'review-not-arrived');
  await page.unroute('**/veiled');
  await page.locator('[data-not-arrived]').first().waitFor({ state: 'detached' });
});

it('shows what one looked at, ends a clear picture with its key where one wishes so, and withholds what is known to be bad', async () => {
  await page.goto(`${instance.url}/care`);
  await page.locator('[data-day]').waitFor();
  await page.getByLabel('A clear picture').first().selectOption('hold');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByText('Kept.').waitFor();
  await shot(page, 'care');
  const digests = join(instance.folder, 'bad.txt');
  const other = readFileSync(join(instance.folder, 'seized', 'other.jpg'));
  writeFileSync(digests, `${createHash('sha256').update(other).digest('hex')}\n`);
  await instance.redthread(['list', 'import', digests, '--name', 'Bad', '--polarity', 'known-bad']);
  await page.goto(`${instance.url}/review?kind=image`);
  const bad = page.getByRole('option').filter({ hasText: 'known bad' });
  await bad.click();
  await page.getByText('Press R to ask for it.').waitFor();
  expect(await page.getByRole('button', { name: 'Keep open' }).count()).toBe(0);
  await shot(page, 'review-known-bad');
  await page.keyboard.press('r');
  await page.getByText('Press R to ask for it.').waitFor({ state: 'detached' });
  expect(await page.locator('aside img[data-fit="contain"][data-veiled="true"]').count()).toBe(1);
});

it('lists what waits, and was sent nothing from elsewhere', async () => {
  await page.goto(`${instance.url}/verdicts?kind=second-look`);
  await page.getByText('Nothing waits for a vote of yours.').waitFor();
  await shot(page, 'verdicts');
  expect([seen.foreign, seen.complaints]).toEqual([[], []]);
});
