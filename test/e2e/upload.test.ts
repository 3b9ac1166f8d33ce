// An officer brings exhibits in from the browser: files, an archive, over a network that goes away, after a reload, with a session
// that ends in the middle.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { drawnRoom } from '../support/drawn.js';
import { zipOf } from '../medium/media-archives.js';
import { barriersOf } from './support/axe.js';
import { launch, openPage, overflowOf, shot, signIn, type Witness } from './support/browser.js';
import { openDoor, type Door } from './support/door.js';
import { openInstance, type Instance } from './support/instance.js';

const MEBIBYTE = 1024 * 1024;

let instance: Instance;
let browser: Browser;
let door: Door;
let page: Page;
let seen: Witness;
let folder: string;
let caseId: string;

beforeAll(async () => {
  instance = await openInstance();
  door = await openDoor(instance.url);
  folder = join(instance.folder, 'chosen');
  mkdirSync(folder);
  browser = await launch();
  ({ page, seen } = await openPage(browser, door.url));
  page.on('dialog', (dialog) => void dialog.accept());
  await signIn(page, `${door.url}/operations`);
  caseId = (await get<{ items: { id: string }[] }>('/cases')).items[0]?.id ?? 'nowhere';
});

afterAll(async () => {
  await browser?.close();
  await door?.close();
  await instance?.close();
});

beforeEach(() => {
  door.open();
  door.allow(Infinity);
});

const get = <T>(path: string): Promise<T> =>
  page.evaluate(async (to) => (await fetch(`/api/v1${to}`)).json(), path) as Promise<T>;

const file = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** The page that adds to the case, with these files chosen for that exhibit. */
const choose = async (exhibit: string, paths: readonly string[]): Promise<void> => {
  await page.goto(`${door.url}/cases/${caseId}`);
  await page.getByRole('link', { name: 'Add an exhibit' }).click();
  const again = page.getByRole('button', { name: 'Add other files' });
  if (await again.isVisible().catch(() => false)) await again.click();
  await page.getByLabel('Exhibit, such as 7').fill(exhibit);
  // What a field is for is still to be read once something stands in it.
  const said = page.locator('.labelled', { hasText: 'Exhibit, such as 7' }).locator('span');
  expect(await said.evaluate((one) => getComputedStyle(one).opacity)).toBe('1');
  await page.locator('[data-chooser="files"]').setInputFiles([...paths]);
};

const send = (): Promise<void> => page.getByRole('button', { name: 'Send' }).click();
const ended = (kind: string, timeout = 60_000): Promise<void> =>
  page.locator(`[data-ended="${kind}"]`).waitFor({ timeout });

interface Occurrences {
  readonly items: readonly { readonly path: string; readonly mediaId: string | null }[];
  readonly total: number;
}
const exhibitIdOf = async (reference: string): Promise<string> => {
  const { items } = await get<{ items: { id: string; reference: string }[] }>(`/exhibits?case=${caseId}`);
  return items.find((one) => one.reference === reference)?.id ?? 'nowhere';
};
const pathsOf = async (reference: string): Promise<string[]> => {
  const { items } = await get<Occurrences>(`/occurrences?exhibit=${await exhibitIdOf(reference)}&limit=500`);
  return items.map(({ path }) => path).sort();
};
const stateOf = async (reference: string): Promise<string> =>
  (await get<{ state: string }>(`/exhibits/${await exhibitIdOf(reference)}`)).state;

it('sends files, says what is to be said about each, and shows them in the exhibit once they are decoded', async () => {
  const rooms = await Promise.all([0, 1, 2].map((seed) => drawnRoom({ seed: `e2e-${seed}`, width: 640, height: 480 })));
  const paths = rooms.map((jpeg, i) => file(`room ${i}.jpg`, jpeg));
  const changing = file('changing.txt', 'as it was chosen');
  await choose('1', [...paths, file('empty.jpg', ''), file('hidden \u202egpj.exe', 'x'), changing]);
  await page.getByText('6 files').waitFor();
  await shot(page, 'add-exhibit-chosen');
  expect(await barriersOf(page)).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  writeFileSync(changing, 'as it was later');
  await send();
  await ended('sent');
  await shot(page, 'add-exhibit-sent');
  expect(await barriersOf(page)).toEqual([]);
  expect(
    await page.locator('tr[data-failure]').evaluateAll((rows) => rows.map((row) => row.dataset['failure'])),
  ).toEqual(['FILE_UNREADABLE']);
  await page.getByRole('link', { name: 'Open exhibit 1' }).click();
  await page.locator('[data-exhibit-state="complete"]').waitFor({ timeout: 60_000 });
  expect(await pathsOf('1')).toEqual(
    ['changing.txt', 'empty.jpg', 'hidden \ufffdgpj.exe', 'room 0.jpg', 'room 1.jpg', 'room 2.jpg'].sort(),
  );
  await page.locator('#failures').getByText('FILE_UNREADABLE').first().waitFor();
  expect((await seen.pictures()).filter(({ url }) => url.includes('/add')).length).toBe(0);
});

it('takes folders, dropped or chosen by keys, with the paths in them', async () => {
  const tree = join(folder, 'card');
  mkdirSync(join(tree, 'DCIM', '100'), { recursive: true });
  writeFileSync(join(tree, 'DCIM', '100', 'a.txt'), 'a');
  writeFileSync(join(tree, 'b.txt'), 'b');
  await page.goto(`${door.url}/cases/${caseId}/add`);
  await page.getByLabel('Exhibit, such as 7').fill('dropped');
  const zone = await page.getByRole('button', { name: 'Choose files' }).boundingBox();
  if (zone === null) throw new Error('nowhere to drop it');
  const devices = await page.context().newCDPSession(page);
  const data = { items: [], files: [tree, join(folder, 'later.txt')], dragOperationsMask: 1 };
  writeFileSync(join(folder, 'later.txt'), 'found later');
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devices.send('Input.dispatchDragEvent', { type, x: zone.x, y: zone.y - 20, data });
  await page.getByText('3 files').waitFor();
  await send();
  await ended('sent');
  expect(await pathsOf('dropped')).toEqual(['card/DCIM/100/a.txt', 'card/b.txt', 'later.txt']);

  await page.getByRole('button', { name: 'Add other files' }).click();
  await page.getByLabel('Exhibit, such as 7').fill('chosen');
  // Before the focus, whose answer comes after it: until the browser knows that somebody waits, it opens a window of its own.
  const opened = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a folder' }).focus();
  await page.keyboard.press('Enter');
  await (await opened).setFiles(tree);
  await page.getByText('2 files').waitFor();
  await send();
  await ended('sent');
  expect(await pathsOf('chosen')).toEqual(['card/DCIM/100/a.txt', 'card/b.txt']);
});

it('adds to an exhibit what it lacks, and reads nothing of the rest again', async () => {
  await choose('1', [join(folder, 'room 0.jpg'), file('later.txt', 'found later'), join(folder, 'changing.txt')]);
  await send();
  await ended('sent');
  await page.getByText('1 file is in the exhibit already').waitFor();
  expect((await pathsOf('1')).filter((path) => /later|changing|room 0/.test(path))).toEqual([
    'changing.txt',
    'later.txt',
    'room 0.jpg',
  ]);
});

it('goes on by itself when the network comes back, and sends no chunk twice', async () => {
  const film = randomBytes(40 * MEBIBYTE);
  await choose('2', [file('film.bin', film)]);
  const before = door.sentBytes();
  door.allow(20 * MEBIBYTE);
  await send();
  await expect.poll(() => door.sentBytes() - before, { timeout: 60_000 }).toBeGreaterThan(20 * MEBIBYTE);
  door.shut();
  await page.locator('[data-trouble="SERVER_UNREACHABLE"]').waitFor({ timeout: 60_000 });
  await shot(page, 'add-exhibit-waiting');
  door.open();
  door.allow(Infinity);
  await ended('sent');
  expect(await pathsOf('2')).toEqual(['film.bin']);
  // What lay on the way of six requests when the network went is sent again, and no more.
  expect(door.sentBytes() - before).toBeLessThan(90 * MEBIBYTE);
  const sha256 = createHash('sha256').update(film).digest('hex');
  const found = await get<{ occurrences: { path: string }[] }>(`/search?q=${sha256}`);
  expect(found.occurrences.map(({ path }) => path)).toEqual(['film.bin']);
});

it('goes on after the page was loaded again, from the page of the exhibit, with the same files', async () => {
  const paths = Array.from({ length: 40 }, (_, i) =>
    file(`part ${String(i).padStart(2, '0')}.bin`, randomBytes(2 * MEBIBYTE)),
  );
  await choose('3', paths);
  const before = door.sentBytes();
  door.allow(50 * MEBIBYTE);
  await send();
  await expect.poll(() => door.sentBytes() - before, { timeout: 60_000 }).toBeGreaterThan(50 * MEBIBYTE);
  // Enough was stored, the rest is on its way: the page is left, and with it all that it knew.
  await page.goto('about:blank');
  door.allow(Infinity);
  await page.goto(`${door.url}/cases/${caseId}`);
  await page.goto(`${door.url}/exhibits/${await exhibitIdOf('3')}`);
  await page.getByRole('link', { name: 'Go on' }).click();
  expect(await page.getByLabel('Exhibit, such as 7').inputValue()).toBe('3');
  await page.locator('[data-chooser="files"]').setInputFiles(paths);
  await send();
  await ended('sent');
  expect(await pathsOf('3')).toHaveLength(40);
  expect(door.sentBytes() - before).toBeLessThan(150 * MEBIBYTE);
});

it('takes an archive, which the server opens', async () => {
  const room = await drawnRoom({ seed: 'e2e-3', width: 640, height: 480 });
  const zip = zipOf([
    { name: 'DCIM/1.jpg', data: room },
    { name: 'notes.txt', data: Buffer.from('found with it') },
  ]);
  await choose('4', [file('evidence.zip', zip)]);
  await page.getByText('opened by the server').waitFor();
  await send();
  await ended('sent');
  await expect.poll(() => stateOf('4'), { timeout: 60_000 }).toBe('complete');
  expect(await pathsOf('4')).toEqual(['evidence.zip', 'evidence.zip/DCIM/1.jpg', 'evidence.zip/notes.txt']);
  const { containerSha256 } = await get<{ containerSha256: string }>(`/exhibits/${await exhibitIdOf('4')}`);
  expect(containerSha256).toBe(createHash('sha256').update(zip).digest('hex'));

  await choose('4', [file('evidence.zip', zipOf([{ name: 'other.txt', data: Buffer.from('x') }]))]);
  await send();
  await ended('failed');
  await page.getByText('EXHIBIT_SOURCE_DIFFERS').waitFor();
});

it('is told nothing of what another agency holds', async () => {
  const theirs = randomBytes(3 * MEBIBYTE);
  const seized = join(instance.folder, 'abroad');
  mkdirSync(seized);
  writeFileSync(join(seized, 'theirs.bin'), theirs);
  await instance.redthread(['case', 'add', 'NL-1', '--title', 'Theirs', '--as', 'joost']);
  await instance.redthread(['ingest', seized, '--case', 'NL-1', '--exhibit', '1', '--as', 'joost']);
  const sentWith = async (exhibit: string, bytes: Buffer): Promise<number> => {
    const before = door.sentBytes();
    await choose(exhibit, [file(`${exhibit}.bin`, bytes)]);
    await send();
    await ended('sent');
    return door.sentBytes() - before;
  };
  const [known, unknown] = [
    await sentWith('known-abroad', theirs),
    await sentWith('unknown', randomBytes(3 * MEBIBYTE)),
  ];
  expect(known).toBeGreaterThan(theirs.length);
  expect(Math.abs(known - unknown)).toBeLessThan(MEBIBYTE);
  // Held by one's own agency, it is not sent: the difference that is seen here is none of the other's.
  expect(await sentWith('own', theirs)).toBeLessThan(MEBIBYTE);
});

it('keeps what is reported and not viewed closed', async () => {
  const reported = await drawnRoom({ seed: 'e2e-4', width: 640, height: 480 });
  await choose('5', [file('reported.jpg', reported)]);
  await page.getByLabel('Yes, and it has viewed none of them').check();
  await send();
  await ended('sent');
  await page.getByRole('link', { name: 'Open exhibit 5' }).click();
  await page.getByText('1 file of this exhibit was not viewed').waitFor();
});

it('ends with a code when nobody is signed in any more, and goes on after the next sign-in', async () => {
  await choose('6', [file('long.bin', randomBytes(24 * MEBIBYTE))]);
  const before = door.sentBytes();
  door.allow(9 * MEBIBYTE);
  await send();
  await expect.poll(() => door.sentBytes() - before, { timeout: 60_000 }).toBeGreaterThan(9 * MEBIBYTE);
  await page.context().clearCookies();
  door.allow(Infinity);
  await page.waitForURL('**/sign-in?next=**', { timeout: 60_000 });
  await page.getByLabel('Name').fill('vera');
  await page.getByLabel('Password').fill('postcards and stamps 1');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/add');
  await ended('failed');
  await page.getByText('NOT_SIGNED_IN').waitFor();
  await shot(page, 'add-exhibit-signed-out');
  await page.getByRole('button', { name: 'Go on' }).click();
  await ended('sent');
  expect(await pathsOf('6')).toEqual(['long.bin']);
});

it('is cancelled by a key, and takes no more than it may', async () => {
  await choose('7', [file('cancelled.bin', randomBytes(24 * MEBIBYTE))]);
  door.allow(9 * MEBIBYTE);
  await send();
  await page.getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press('Enter');
  door.allow(Infinity);
  await ended('stopped');
  expect(await pathsOf('7')).toEqual([]);

  const many = Array.from({ length: 2001 }, (_, i) => file(`many ${i}.txt`, String(i)));
  await choose('8', many);
  await page.getByRole('alert').getByText('TOO_MANY_FILES').waitFor();
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  await choose('8', many.slice(1));
  await send();
  await ended('sent');
  expect((await get<Occurrences>(`/occurrences?exhibit=${await exhibitIdOf('8')}`)).total).toBe(2000);
});

it('fits the window, calls nobody and complains of nothing', async () => {
  for (const width of [1440, 1024]) {
    await page.setViewportSize({ width, height: 768 });
    for (const scheme of ['light', 'dark']) {
      await page.evaluate((now) => document.documentElement.setAttribute('data-mantine-color-scheme', now), scheme);
      await shot(page, `add-exhibit-${scheme}-${width}`);
    }
    expect(await overflowOf(page)).toBe(0);
  }
  expect(seen.foreign).toEqual([]);
  expect(seen.complaints).toEqual([]);
});

it('brings a list in, shows what was read of it, and lets it count when that is said', async () => {
  const digest = createHash('sha256').update('a postcard').digest('hex');
  const list = file('postcards.txt', `${digest}\nno hash in here\n`);
  await page.goto(`${door.url}/lists`);
  await page.getByRole('button', { name: 'Bring a list in' }).click();
  await page.getByLabel('Files of the list').setInputFiles(list);
  await page.getByLabel('Name of the list').fill('postcards');
  await page.getByLabel('What it says').selectOption('other');
  await shot(page, 'list-bring-in');
  await page.getByRole('button', { name: 'Send and read' }).click();
  const upload = page.locator('[data-upload="postcards"]');
  await upload.getByText('no hash in line 2').waitFor();
  await shot(page, 'list-refused');
  await upload.getByRole('button', { name: 'Read without those lines' }).click();
  await upload.getByText('read; it does not count yet').waitFor();
  await shot(page, 'list-preview');
  await upload.getByRole('button', { name: 'Let it count' }).click();
  await page.getByRole('link', { name: 'postcards' }).waitFor();
  await upload.getByRole('button', { name: 'Done' }).click();
  await upload.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Add a digest' }).click();
  await page.getByLabel('MD5, SHA-1 or SHA-256').fill(digest);
  await page.getByLabel('Why, for the record').fill('a postcard is nothing');
  await page.getByRole('button', { name: 'Add a digest' }).click();
  await page.getByText('a postcard is nothing').waitFor();
  await shot(page, 'negative-list');
  expect(seen.foreign).toEqual([]);
});
