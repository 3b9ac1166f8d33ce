// What somebody does who gathers a series: begins it, adds a picture or a stack by a key, takes what is suggested, says who works on it,
// whom it shows and what it is one with; then what the pages of persons and of the case tell.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnRoom } from '../support/drawn.js';
import { barriersOf } from './support/axe.js';
import { launch, openPage, overflowOf, shot, signIn, type Witness } from './support/browser.js';
import { openInstance, type Instance } from './support/instance.js';

let instance: Instance;
let browser: Browser;
let page: Page;
let seen: Witness;

beforeAll(async () => {
  instance = await openInstance();
  const folder = join(instance.folder, 'seized');
  mkdirSync(folder, { recursive: true });
  const room = await drawnRoom({ seed: 'e2e-large', width: 960, height: 720 });
  writeFileSync(join(folder, 'room.jpg'), room);
  writeFileSync(join(folder, 'room small.jpg'), await sharp(room).resize(480).jpeg().toBuffer());
  const plain = await drawnRoom({ seed: 'e2e-1', width: 640, height: 480 });
  const exif = {
    IFD2: { DateTimeOriginal: '2021:05:03 10:00:00' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '41/1 23/1 6/1', GPSLongitudeRef: 'E', GPSLongitude: '2/1 10/1 22/1' },
  };
  writeFileSync(join(folder, 'other.jpg'), await sharp(plain).withExif(exif).jpeg().toBuffer());
  await instance.redthread(['ingest', folder, '--case', 'ES-2026-014', '--exhibit', '1']);
  await instance.redthread(['case', 'add', 'ES-2026-015', '--title', 'Stamps']);
  const other = join(instance.folder, 'seized elsewhere');
  mkdirSync(other, { recursive: true });
  writeFileSync(join(other, 'room.jpg'), room);
  await instance.redthread(['ingest', other, '--case', 'ES-2026-015', '--exhibit', '1']);
  browser = await launch();
  ({ page, seen } = await openPage(browser, instance.url));
  await signIn(page, `${instance.url}/operations`);
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

let address = '';
const said = () => page.locator('#said tr[data-assertion]');

it('begins a series in a case, and says where nothing is in it yet', async () => {
  await page.getByRole('link', { name: 'Series' }).click();
  await page.getByText('No series that you see.').waitFor();
  await shot(page, 'series-empty');
  await page.getByLabel('Name').fill('Yellow room');
  await page.getByLabel('Case that it belongs to').selectOption({ label: 'ES-2026-014 · Postcards' });
  await page.getByRole('button', { name: 'Begin a series' }).click();
  await page.getByText('Nobody has said yet that a media belongs to it.').waitFor();
  await page.getByText('Nothing that you see matches a member.').waitFor();
  await page.getByRole('link', { name: 'ES-2026-014' }).waitFor();
  address = page.url();
});

it('adds a picture from its page by S, with why', async () => {
  await page.goto(`${instance.url}/review?collapse=media&sort=size`);
  await page.getByRole('option').first().dblclick();
  await page.waitForURL('**/media/*');
  await page.locator('#assertions').getByText('Nothing is said of it.').waitFor();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Add to a series' });
  const yellow = dialog.getByLabel('Yellow room · open · ES-2026-014');
  await yellow.check();
  // What is found by the words comes only once it is added: what was chosen stays chosen until then.
  let answer = (): void => undefined;
  const late = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/entities\?.*q=yellow/, (route) => late.then(() => route.continue()).catch(() => undefined));
  const asked = page.waitForRequest(/\/entities\?.*q=yellow/);
  await dialog.getByLabel('Name or number of a series').fill('yellow');
  await asked;
  expect(await yellow.isChecked()).toBe(true);
  await dialog.getByLabel('the whole stack, 2 media').uncheck();
  await dialog.getByLabel('Why it belongs').fill('the same yellow wall');
  await shot(page, 'series-add');
  await page.keyboard.press('Enter');
  await page.locator('tr[data-assertion="member-of"]').filter({ hasText: 'the same yellow wall' }).waitFor();
  answer();
  await page.unrouteAll({ behavior: 'wait' });
  await shot(page, 'media-assertions');
  // What connects the two cases by it stands there too, and opens as a feed of these alone.
  await page.getByRole('heading', { name: 'Connections that it has part in' }).waitFor();
  await page.getByRole('link', { name: 'Show all' }).first().click();
  await page.waitForURL('**/connections?media=*');
  await page.locator('[id^="connection-exhibits"]').getByText('ES-2026-015').waitFor();
});

it('adds a whole stack in the review to a series that it begins there, by keys alone, and takes it back by Z', async () => {
  await page.goto(`${instance.url}/review`);
  await page.getByRole('option').first().click();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Add to a series' });
  await dialog.getByLabel('Yellow room').waitFor();
  await expect
    .poll(() => dialog.locator('input[name="name"]').evaluate((field) => field === document.activeElement))
    .toBe(true);
  await page.keyboard.type('Blue room');
  await dialog.getByLabel('Yellow room').waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await dialog.getByLabel('Case that it belongs to').waitFor();
  await dialog.getByLabel('Why it belongs').fill('the same blue door');
  await page.keyboard.press('Enter');
  const status = page.getByRole('status').filter({ hasText: 'Blue room' });
  await status.getByText('2 media added to').waitFor();
  await shot(page, 'review-added');
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Take back what was added to a series last').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await status.getByText('2 media taken back from').waitFor();
});

it('tells what it connects with: the cases that hold the picture, each by its strongest pair', async () => {
  await page.goto(address);
  const cases = page.locator('#connected-cases [data-connected]');
  await cases.filter({ hasText: 'ES-2026-015' }).getByText('The same file, byte for byte.').waitFor();
  await cases.getByRole('link', { name: 'ES-2026-014' }).waitFor();
  await shot(page, 'series-connected');
  // Opened, it has its reasons, and is decided on.
  await cases.filter({ hasText: 'ES-2026-015' }).getByRole('button', { name: 'Reasons and decision' }).click();
  const opened = page.locator('#connected-cases');
  await opened.getByText('Your agency has decided nothing here.').waitFor();
  await opened.getByRole('button', { name: 'Reject' }).click();
  await opened.getByLabel('Why').fill('a poster that is sold everywhere');
  await shot(page, 'series-decide');
  expect(await barriersOf(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await cases.filter({ hasText: 'ES-2026-015' }).getByText('rejected').waitFor();
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
  await page.keyboard.press('ArrowRight');
  await suggested.and(page.locator('[data-chosen="true"]')).waitFor();
  await page.keyboard.press('a');
  await expect.poll(() => members.count()).toBe(2);
  await page.getByText('Nothing that you see matches a member.').waitFor();
});

it('takes a member out, with why, and does not suggest it again', async () => {
  const members = page.locator('#members [data-member]');
  await members.first().getByRole('button', { name: 'Take out' }).click();
  await page.getByLabel('Why it is taken back').fill('another room');
  await page.keyboard.press('Enter');
  await expect.poll(() => members.count()).toBe(1);
  await page.getByText('Nothing that you see matches a member.').waitFor();
});

it('keeps a clue sheet with votes for a country, each with its reason, and tells by what members belong', async () => {
  await page.locator('#members [data-evidence]').first().waitFor();
  const state = page.getByRole('form', { name: 'State it' });
  const sheet = page.getByRole('complementary', { name: 'Clue sheet' });
  await sheet.getByText('Nothing is stated of it yet').waitFor();
  await state.getByLabel('What it is').selectOption('socket');
  await state.getByLabel('What you see or hear').fill('two round holes');
  await state.getByLabel('Where in it').fill('beside the bed');
  await page.keyboard.press('Enter');
  await sheet.locator('[data-statement="socket"]').getByText('two round holes').waitFor();
  await state.getByLabel('What it is').selectOption('country');
  await state.getByLabel('Country, two letters').fill('es');
  await state.getByLabel('What speaks for this country').fill('the socket');
  await page.keyboard.press('Enter');
  await sheet.locator('[data-country="ES"]').getByText('1 vote of 1 agency').waitFor();
  await shot(page, 'series-workshop');
  expect(await barriersOf(page)).toEqual([]);
});

it('says who works on it, and lists it by its state', async () => {
  await page.getByRole('button', { name: 'Change the state' }).click();
  await page.getByLabel('New state').selectOption('being-worked');
  await page.getByLabel('Who works on it').fill('the unit in Porto');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByText('worked by the unit in Porto').waitFor();
  await page.goto(`${instance.url}/series?state=being-worked`);
  await page.locator('tr[data-entity="Yellow room"]').waitFor();
  await shot(page, 'series-list');
  await page.goto(`${instance.url}/series?state=closed`);
  await page.getByText('No series that you see.').waitFor();
});

it('merges it with another, which is one with it until that is taken back', async () => {
  await page.goto(address);
  await page.getByRole('button', { name: 'Say that it is one with another' }).click();
  const merge = page.getByRole('form', { name: 'Say that it is one with another' });
  await merge.getByLabel('Blue room').check();
  await merge.getByLabel('Why', { exact: true }).fill('one flat');
  await page.keyboard.press('Enter');
  await page.getByText('Is one with', { exact: true }).waitFor();
  await said().filter({ hasText: 'one flat' }).getByRole('button', { name: 'Take back' }).click();
  await page.getByLabel('Why it is taken back').fill('two flats');
  await page.keyboard.press('Enter');
  await page.getByText('Is one with', { exact: true }).waitFor({ state: 'detached' });
  await said().filter({ hasText: 'taken back by vera: two flats' }).waitFor();
});

it('identifies it as a person, with a number of others; a second person is flagged until that is taken back', async () => {
  const identify = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Identify' }).first().click();
    const form = page.getByRole('form', { name: 'Identify' });
    await form.getByLabel('Name or number of the person').fill(name);
    await form.getByLabel(`a new person: ${name}`).check();
    await form.getByLabel('Role').selectOption('victim');
    await form.getByLabel('Why', { exact: true }).fill(`${name}, named by the school`);
    await form.getByRole('button', { name: 'Identify' }).click();
    await said()
      .filter({ hasText: `${name}, named by the school` })
      .waitFor();
    // The next is begun by the button of the page, which has the name of the one in here.
    await form.waitFor({ state: 'detached' });
  };
  await identify('Ana');
  await identify('Berta');
  await page.getByText('Certain. Identified as two different persons.').waitFor();
  await expect.poll(() => page.locator('tr[data-against="true"]').count()).toBe(2);
  await page.getByRole('button', { name: 'Add a number' }).click();
  await page.getByLabel('The number').fill('12345');
  await page.keyboard.press('Enter');
  await page.locator('tr[data-number="12345"]').getByText('INTERPOL').waitFor();
  await shot(page, 'series-said');
  await said().filter({ hasText: 'Berta, named' }).getByRole('button', { name: 'Take back' }).click();
  await page.getByLabel('Why it is taken back').fill('another pupil');
  await page.keyboard.press('Enter');
  await page.getByText('Identified as two different persons.').waitFor({ state: 'detached' });
});

it('records a person with an age band, works out how old then, and relates them to a place at a time', async () => {
  await page.getByRole('link', { name: 'Entities' }).click();
  await page.locator('tr[data-entity="Ana"]').getByText('victim').waitFor();
  await shot(page, 'entities');
  await page.getByRole('button', { name: 'Record one' }).click();
  const form = page.getByRole('form', { name: 'Record one' });
  await form.getByLabel('Name').fill('Carla');
  await form.getByLabel('Age from').fill('8');
  await form.getByLabel('to', { exact: true }).fill('10');
  await form.getByLabel('on which day').fill('2020-06-15');
  await form.getByRole('button', { name: 'Record one' }).click();
  await page.waitForURL('**/entities/*');
  await page.getByText('8 to 10 on 2020-06-15').waitFor();
  await page.getByRole('textbox', { name: 'How old on' }).fill('2023-06-20');
  await page.keyboard.press('Enter');
  await page.getByText('11 to 14 years then').waitFor();
  await page.getByRole('button', { name: 'Relate' }).click();
  const relate = page.getByRole('form', { name: 'Relate' });
  await relate.getByLabel('What relates them').selectOption({ label: 'it was at …' });
  await relate.getByLabel('Name or number of the place').fill('The blue house');
  await relate.getByLabel('a new place: The blue house').check();
  await relate.getByLabel('Why', { exact: true }).fill('a ticket');
  await relate.getByText('Evidence and time').click();
  await relate.getByLabel('From when').fill('2025-07-01T10:00+02:00');
  await relate.getByLabel('Message, page or report').fill('report 4, page 2');
  await relate.getByRole('button', { name: 'Relate' }).click();
  const row = said().filter({ hasText: 'The blue house' });
  await row.getByText('from 2025-07-01T10:00+02:00').waitFor();
  await row.getByText('report 4, page 2').waitFor();
  await shot(page, 'entity');
  await page.goto(`${instance.url}/entities?kind=place`);
  await page.locator('tr[data-entity="The blue house"]').waitFor();
});

it('shows on the page of the case what it is connected with and what belongs to it', async () => {
  await page.goto(`${instance.url}/series`);
  await page.locator('tr[data-entity="Yellow room"]').getByRole('link', { name: 'ES-2026-014' }).click();
  await page.getByRole('heading', { name: 'Connections with other cases' }).waitFor();
  await page.locator('#records tr[data-entity="Yellow room"]').waitFor();
  await page.locator('[id^="connection-cases"]').getByText('ES-2026-015').waitFor();
  await page.locator('#records').scrollIntoViewIfNeeded();
  await shot(page, 'case-records');
});

it('draws from a case what connects, expands it, shows the red thread between two, keeps what is pinned, and gives a picture', async () => {
  await page.goto(address);
  await page.locator('a[href^="/cases/"]').filter({ hasText: 'ES-2026-014' }).first().click();
  await page.getByRole('link', { name: 'Graph', exact: true }).click();
  await page.locator('[data-waiting="0"]').waitFor();
  const list = page.getByRole('complementary', { name: 'All that is shown' });
  await list.locator('[data-edge="connection"]').filter({ hasText: 'ES-2026-015' }).getByText('bits').waitFor();
  await list.getByRole('button', { name: 'Yellow room' }).first().click();
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'is expanded' }).waitFor();
  await list.getByRole('button', { name: 'Ana' }).first().click();
  await page.locator('[data-chosen]').getByText('victim').waitFor();
  await page.keyboard.press('t');
  await page.getByText('Path from Ana').waitFor();
  await list.getByRole('button', { name: 'Show everything' }).click();
  await list.getByRole('button', { name: 'ES-2026-015' }).first().click();
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'is expanded' }).waitFor();
  await page.keyboard.press('t');
  await page.getByText('The red thread from Ana to ES-2026-015').waitFor();
  await expect.poll(() => page.locator('[data-path="2"]').count()).toBe(1);
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Let go' }).waitFor();
  await shot(page, 'graph');
  expect(await barriersOf(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Picture (PNG)' }).click();
  expect((await sharp(await (await download).path()).metadata()).format).toBe('png');
  await page.reload();
  await page.getByRole('button', { name: 'Let go' }).waitFor();
  await page.getByLabel('Connections of at least').selectOption('identical');
  await page.waitForURL(/grade=identical/);
  const { stdout } = await instance.redthread(['audit', 'show', '--type', 'export']);
  expect(stdout).toContain('graph as PNG');
});

it('shows where and when the files of the case say that they were made, as areas and as written, and reviews a part', async () => {
  const readUntil = async (url: string, there: () => Promise<number>): Promise<void> => {
    await expect
      .poll(
        async () => {
          await page.goto(url);
          await page.waitForTimeout(300);
          return there();
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(0);
  };
  await page.goto(address);
  await page.locator('a[href^="/cases/"]').filter({ hasText: 'ES-2026-014' }).first().click();
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
  const casePage = page.url();
  await page.getByRole('link', { name: 'Map', exact: true }).click();
  await readUntil(page.url(), () => page.locator('[data-area]').count());
  await page.getByRole('button', { name: '1 media within 100 m' }).click();
  await page.waitForURL(/near=41\.385/);
  await page.locator('[data-near]').locator('img[data-veiled="true"]').waitFor();
  await shot(page, 'map');
  expect(await barriersOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Review these' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  await page.getByRole('link', { name: /m around 41\.385/ }).waitFor();
  await page.goto(casePage);
  await page.getByRole('link', { name: 'Time line' }).click();
  await page.waitForURL(/\/times\?/);
  const capture = page.locator('tr[data-lane="capture"]');
  const in2021 = capture.getByRole('button', { name: 'Capture, 2021: 1 media, 1 without a zone' });
  await readUntil(page.url(), () => in2021.count());
  await page.locator('tr[data-lane="file-system"]').getByRole('button').first().waitFor();
  await page.getByRole('button', { name: 'Look closer at 2021' }).click();
  await capture.getByRole('button', { name: 'Capture, 2021-05: 1 media, 1 without a zone' }).click();
  await shot(page, 'times');
  expect(await barriersOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Review these' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
});

it('fits a small screen in light', async () => {
  await page.setViewportSize({ width: 1024, height: 768 });
  for (const at of ['/entities', new URL(address).pathname]) {
    await page.goto(`${instance.url}${at}`);
    await page.getByRole('button', { name: at === '/entities' ? 'Record one' : 'Relate' }).click();
    await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
    await shot(page, `small${at.slice(0, 7).replace('/', '-')}`);
    expect(await overflowOf(page)).toBe(0);
    expect(await barriersOf(page)).toEqual([]);
  }
  expect([seen.foreign, seen.complaints]).toEqual([[], []]);
});
