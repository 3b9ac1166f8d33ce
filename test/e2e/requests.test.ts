// Two persons in two browsers: one asks, the other refuses, confirms, and undoes, on the page of requests.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnRoom } from '../support/drawn.js';
import { barriersOf } from './support/axe.js';
import { launch, overflowOf, signIn, witness, type Witness } from './support/browser.js';
import { OFFICER, openInstance, type Instance } from './support/instance.js';

const SECOND = { login: 'ines', password: OFFICER.password };
const REASON = 'seized at the other address';

let instance: Instance;
let browser: Browser;
let vera: Page;
let ines: Page;
const seen: Witness[] = [];

const personAt = async (who: typeof OFFICER): Promise<Page> => {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(30_000);
  seen.push(witness(page, instance.url));
  await signIn(page, `${instance.url}/operations`, who);
  return page;
};

beforeAll(async () => {
  instance = await openInstance();
  const folder = join(instance.folder, 'seized');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'room.jpg'), await drawnRoom({ seed: 'e2e-0', width: 640, height: 480 }));
  await instance.redthread(['ingest', folder, '--case', 'ES-2026-014', '--exhibit', '1']);
  browser = await launch();
  vera = await personAt(OFFICER);
  await call(vera, '/cases', { reference: 'ES-2026-015', title: 'Stamps' });
  await call(vera, '/users', { ...SECOND, roles: ['coordinator'] });
  ines = await personAt(SECOND);
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

interface Answer {
  readonly id: string;
  readonly number: string;
  readonly items: readonly { readonly id: string; readonly reference: string }[];
}

/** A call from the page of a person, with their session. */
const call = async (page: Page, path: string, body?: object): Promise<Answer> => {
  const { ok, text } = await page.evaluate(
    async ([to, json]) => {
      const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: json ?? '' };
      const answer = await fetch(`/api/v1${to ?? ''}`, json === null ? {} : sent);
      return { ok: answer.ok, text: await answer.text() };
    },
    [path, body === undefined ? null : JSON.stringify(body)] as const,
  );
  if (!ok) throw new Error(`${path}: ${text}`);
  return JSON.parse(text) as Answer;
};

const exhibitId = async (): Promise<string> => (await call(vera, '/exhibits')).items[0]?.id ?? 'nowhere';

const requestOn = (page: Page, number: string) => page.locator(`[data-request="${number}"]`);

/** With its form open; in both sizes and both schemes, where somebody wants to look at it. */
const shoot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['REDTHREAD_SCREENS'];
  if (folder === undefined) return;
  for (const [width, height] of [
    [1024, 768],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const scheme of ['light', 'dark']) {
      await page.evaluate((now) => document.documentElement.setAttribute('data-mantine-color-scheme', now), scheme);
      await page.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`) });
    }
  }
};

it('leads from the notice to what waits, and refuses it with a reason that whoever asked reads', async () => {
  const { number } = await call(vera, `/exhibits/${await exhibitId()}/move`, { toCase: 'ES-2026-015', reason: REASON });
  await vera.goto(`${instance.url}/requests`);
  await requestOn(vera, number).getByRole('button', { name: 'Take back' }).waitFor();
  expect(await requestOn(vera, number).getByRole('button', { name: 'Confirm' }).count()).toBe(0);

  await ines.goto(`${instance.url}/notices`);
  await ines.locator('tr[data-notice="request"]').getByRole('link', { name: 'Open' }).click();
  const asked = requestOn(ines, number);
  await asked.getByText(REASON).waitFor();
  expect(await asked.textContent()).toContain('ES-2026-014 / 1 to ES-2026-015');
  await asked.getByRole('button', { name: 'Refuse' }).click();
  expect(await asked.getByLabel('Your reason').evaluate((field) => field === document.activeElement)).toBe(true);
  await shoot(ines, 'requests-refuse');
  expect(await barriersOf(ines)).toEqual([]);
  await ines.keyboard.type('it belongs to this address');
  await ines.keyboard.press('Enter');
  await ines
    .getByRole('status')
    .filter({ hasText: `${number} is refused.` })
    .waitFor();
  await asked.waitFor({ state: 'detached' });

  // The page of whoever asked follows by itself.
  await requestOn(vera, number).waitFor({ state: 'detached' });
  await vera.goto(`${instance.url}/notices`);
  await vera.locator('tr[data-notice="request-answered"]').getByRole('link', { name: 'Open' }).click();
  await vera.waitForURL('**/requests?all=true');
  const refused = requestOn(vera, number);
  await refused.getByText('it belongs to this address').waitFor();
  expect(await refused.getByText('Refused by').count()).toBe(1);
});

it('confirms a withdrawal, follows it to its end, and brings the exhibit back', async () => {
  const { number } = await call(vera, `/exhibits/${await exhibitId()}/withdraw`, { reason: REASON });
  await ines.goto(`${instance.url}/requests?all=true`);
  const asked = requestOn(ines, number);
  await asked.getByRole('button', { name: 'Confirm' }).click();
  await asked.getByText('Nobody sees the exhibit any more').waitFor();
  await asked.getByRole('button', { name: 'Confirm' }).click();
  await ines.locator(`[data-request="${number}"][data-state="done"]`).waitFor();
  expect(await call(vera, '/exhibits')).toMatchObject({ items: [] });
  expect(await asked.locator('a[href^="/exhibits/"]').count()).toBe(0);
  await asked.getByRole('button', { name: 'Ask to purge' }).waitFor();

  await asked.getByRole('button', { name: 'Ask to undo' }).click();
  await ines.keyboard.type('it was the right exhibit');
  await ines.keyboard.press('Enter');
  await ines.getByRole('status').filter({ hasText: 'now waits for a second person' }).waitFor();

  await vera.goto(`${instance.url}/requests`);
  await vera.getByText(`Undo ${number}: withdraw the exhibit`).waitFor();
  await vera.getByRole('button', { name: 'Confirm' }).click();
  await vera.getByText('comes back to its case').waitFor();
  await vera.getByRole('button', { name: 'Confirm' }).click();
  await vera.getByText('No request is open.').waitFor();
  await expect.poll(async () => (await call(vera, '/exhibits')).items.length).toBe(1);
});

it('says what destroying leaves before it is confirmed, and fits the window', async () => {
  const cases = (await call(vera, '/cases')).items;
  const id = cases.find(({ reference }) => reference === 'ES-2026-015')?.id ?? 'nowhere';
  const { number } = await call(vera, `/cases/${id}/destroy`, { reason: 'the court has ordered it' });
  await ines.goto(`${instance.url}/requests?all=true`);
  const asked = requestOn(ines, number);
  await asked.getByRole('button', { name: 'Confirm' }).click();
  const text = await asked.textContent();
  for (const words of ['This cannot be undone.', 'sources in place', 'Backups from before', 'write-ahead log'])
    expect(text).toContain(words);
  await shoot(ines, 'requests-destroy');
  for (const width of [1024, 1440]) {
    await ines.setViewportSize({ width, height: 768 });
    expect(await overflowOf(ines)).toBe(0);
  }
  await asked.getByRole('button', { name: 'Close' }).click();
  await vera.goto(`${instance.url}/requests`);
  await shoot(vera, 'requests-open');
  await vera.getByRole('button', { name: 'Take back' }).click();
  await vera.getByRole('button', { name: 'Take back' }).click();
  await ines.locator(`[data-request="${number}"][data-state="cancelled"]`).waitFor();
  await vera.getByText('No request is open.').waitFor();
  await shoot(vera, 'requests-none');
});

it('asks on the page of the exhibit and of the case, holds the case, and shows its custody', async () => {
  const exhibit = await exhibitId();
  await vera.goto(`${instance.url}/exhibits/${exhibit}`);
  await vera.locator('tr[data-custody="brought-back"]').getByText('it was the right exhibit').waitFor();
  await vera.getByRole('button', { name: 'Ask to move the exhibit' }).click();
  await vera.getByText('until somebody else confirms it, nothing happens').waitFor();
  await shoot(vera, 'exhibit-ask');
  await vera.getByLabel('Reference of the case that it goes to').fill('ES-2026-015');
  await vera.getByLabel('Your reason').fill(REASON);
  await vera.getByLabel('Second person').selectOption('ines');
  await vera.getByRole('button', { name: 'Ask to move the exhibit' }).click();
  const said = vera.getByRole('status').filter({ hasText: 'now waits for a second person' });
  await said.waitFor();
  await said.getByRole('link', { name: 'Requests' }).click();
  const asked = vera.locator('[data-request][data-state="requested"]');
  await asked.getByText(REASON).waitFor();
  await asked.getByRole('button', { name: 'Take back' }).click();
  await asked.getByRole('button', { name: 'Take back' }).click();
  await vera.getByText('No request is open.').waitFor();

  const cases = (await call(vera, '/cases')).items;
  await vera.goto(
    `${instance.url}/cases/${cases.find(({ reference }) => reference === 'ES-2026-014')?.id ?? 'nowhere'}`,
  );
  const hold = vera.locator('#hold');
  await hold.getByLabel('Your reason').fill('the court has asked for it');
  await hold.getByRole('button', { name: 'Place a hold' }).click();
  await hold.getByText('the court has asked for it').waitFor();
  await vera.locator('tr[data-custody="hold-placed"]').getByText('the court has asked for it').waitFor();
  await shoot(vera, 'case-hold');
  for (const width of [1024, 1440]) {
    await vera.setViewportSize({ width, height: 768 });
    expect(await overflowOf(vera)).toBe(0);
  }
  await hold.getByLabel('Your reason').fill('the court has closed it');
  await hold.getByRole('button', { name: 'Release the hold' }).click();
  await hold.getByRole('button', { name: 'Place a hold' }).waitFor();
});

it('makes a report for a court, after showing what it will say', async () => {
  const cases = (await call(vera, '/cases')).items;
  const id = cases.find(({ reference }) => reference === 'ES-2026-014')?.id ?? 'nowhere';
  await vera.goto(`${instance.url}/cases/${id}`);
  await vera.getByRole('button', { name: 'Make a report' }).click();
  const preview = vera.getByRole('article', { name: 'What it will say' });
  await preview.getByRole('heading', { name: 'Report on a case' }).waitFor();
  await preview.getByText('From what was seized to what is new').waitFor();
  await vera.getByLabel('What it is for').fill('the hearing of 4 May');
  await shoot(vera, 'case-report');
  expect(await overflowOf(vera)).toBe(0);
  const downloading = vera.waitForEvent('download');
  await vera.getByRole('button', { name: 'Download it as a ZIP' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^report-case-\d+\.zip$/);
  const bytes = readFileSync(await download.path());
  for (const name of ['report.pdf', 'report.html', 'table-funnel.csv', 'manifest.json'])
    expect(bytes.includes(name)).toBe(true);
  await vera.getByText(`${download.suggestedFilename()} was made, and is on record.`).waitFor();
});

it('asked nobody else, and complained of nothing', () => {
  expect(seen.map(({ foreign, complaints }) => [foreign, complaints])).toEqual(seen.map(() => [[], []]));
});
