// Whom to ask elsewhere, on the page of a case: told on a later day, answered, and what the case tells changed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnRoom } from '../support/drawn.js';
import { loadConfig } from '../../packages/server/src/app/config.js';
import { tellContacts } from '../../packages/server/src/matcher/contacts.js';
import { openStore } from '../../packages/server/src/store/index.js';
import { launch, openPage, overflowOf, shot, signIn, type Witness } from './support/browser.js';
import { OFFICER, openInstance, type Instance } from './support/instance.js';

let instance: Instance;
let browser: Browser;
let page: Page;
let seen: Witness;
const DAY_MS = 86_400_000;
/** Told on the third day at the latest. */
const LATEST_DAY = 3;

beforeAll(async () => {
  instance = await openInstance();
  const folder = join(instance.folder, 'seized');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'room.jpg'), await drawnRoom({ seed: 'e2e-0', width: 640, height: 480 }));
  await instance.redthread(['ingest', folder, '--case', 'ES-2026-014', '--exhibit', '1']);
  const mila = ['mila', '--display-name', 'Mila', '--role', 'officer', '--password-stdin'];
  await instance.redthread(['user', 'add', ...mila], OFFICER.password);
  await instance.redthread(['case', 'add', 'NL-2026-001', '--title', 'Stamps', '--as', 'joost']);
  await instance.redthread(['ingest', folder, '--case', 'NL-2026-001', '--exhibit', '1', '--as', 'joost']);
  const store = await openStore(loadConfig({ data: join(instance.folder, 'data'), env: {} }), {
    roles: ['matcher'],
    prepare: 'no',
  });
  for (let days = 1; days <= LATEST_DAY; days += 1)
    await tellContacts(store.matcher, new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10));
  await store.close();
  browser = await launch();
  ({ page, seen } = await openPage(browser, instance.url));
  await signIn(page, `${instance.url}/operations`);
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

it('leads from the notice to whom to ask, and takes an answer', async () => {
  await page.goto(`${instance.url}/notices`);
  await page.locator('tr[data-notice="contact"]').getByRole('link', { name: 'Open' }).click();
  await page.waitForURL('**/cases/*');
  const told = page.locator('tr[data-contact]');
  await told.getByText('Bureau Zandmeer').waitFor();
  const text = (await told.textContent()) ?? '';
  expect(text).toContain('identical');
  for (const secret of ['NL-2026-001', 'Stamps', 'room.jpg']) expect(text).not.toContain(secret);
  await told.getByRole('button', { name: 'Answer' }).click();
  const form = page.getByRole('form', { name: /^Answer / });
  await form.getByLabel('Status').selectOption('contacted');
  await form.getByLabel('What was done').fill('spoke to their desk');
  await form.getByRole('button', { name: 'Keep' }).click();
  await page.locator('tr[data-contact][data-status="contacted"]').getByText('spoke to their desk').waitFor();
});

it('changes what the case tells, with a reason, and says what that means', async () => {
  const form = page.getByRole('form', { name: 'What the case tells, from the next day on' });
  await form.getByLabel('What the case tells, from the next day on').selectOption('silent');
  await form.getByLabel('Your reason').fill('an undercover officer is at work');
  await form.getByRole('button', { name: 'Change' }).click();
  await page.getByText('Nobody is told anything').waitFor();
  await page.locator('#contacts').scrollIntoViewIfNeeded();
  await shot(page, 'case-contacts');
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 768 });
    expect(await overflowOf(page)).toBe(0);
  }
  expect([seen.foreign, seen.complaints]).toEqual([[], []]);
});

it('asks another country about a part of a picture, once a second person has looked, and reads its answer', async () => {
  await page.goto(`${instance.url}/review`);
  await page.getByRole('option').first().click();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/media/**');
  await page.getByRole('button', { name: 'Ask other countries' }).click();
  const why = page.getByRole('dialog', { name: 'Why do you reveal?' });
  await why.getByLabel('Purpose').fill('find the room');
  await page.keyboard.press('Enter');
  const over = page.getByRole('application', { name: 'Drag a rectangle over what you look for' });
  for (const key of ['ArrowLeft', 'Enter']) await over.press(key);
  const form = page.getByRole('form', { name: 'Ask' });
  await form.getByLabel('Question').fill('Where is this window?');
  await form.getByLabel('Until').fill('2030-01-01');
  await form.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByRole('link', { name: 'Questions to other countries' }).click();
  await page.locator('[data-ask][data-state="waiting"]').waitFor();

  const asked = async (login: string, seenAs: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(30_000);
    const own = await context.newPage();
    await signIn(own, `${instance.url}/operations`, { login, password: OFFICER.password });
    await own.goto(page.url());
    await own.locator(`[data-ask][data-state="${seenAs}"]`).getByText('Where is this window?').waitFor();
    return own;
  };
  const second = await asked('mila', 'waiting');
  await second.getByRole('button', { name: /^Keep open/ }).click();
  const purpose = second.getByRole('dialog', { name: 'Why do you reveal?' });
  await purpose.getByLabel('Purpose').fill('a second look before it leaves');
  await second.keyboard.press('Enter');
  await second.getByRole('button', { name: 'It shows no victim: send it' }).click();
  await second.locator('[data-ask][data-state="sent"]').waitFor();
  await second.context().close();

  const abroad = await asked('joost', 'sent');
  await abroad.getByLabel('What you know').fill('a boarding house in the harbour');
  await abroad.getByRole('button', { name: 'Answer', exact: true }).click();
  await abroad.locator('[data-answer]').waitFor();
  await abroad.context().close();

  await page.reload();
  await page.locator('[data-answer]').getByText('a boarding house in the harbour').waitFor();
  await shot(page, 'asked-abroad');
});

it('takes in what the other agency sealed for ours, once people have compared the keys', async () => {
  const at = (name: string): string => join(instance.folder, name);
  const saved = async (name: string, button: string): Promise<void> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button, exact: true }).click();
    await (await download).saveAs(at(name));
  };
  const made = await instance.redthread([
    'package',
    'keys',
    '--make',
    '--out',
    at('theirs.key'),
    '--json',
    '--as',
    'joost',
  ]);
  const theirs = (JSON.parse(made.stdout) as { own: { fingerprint: string } }).own.fingerprint;
  await page.goto(`${instance.url}/lists`);
  await page.getByRole('link', { name: 'Packages, keys' }).click();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await saved('ours.key', 'Save the file of the key');
  const ours = (await page.locator('p .mono').textContent()) ?? '';
  await page.getByLabel('File of their key').setInputFiles(at('theirs.key'));
  await page.getByLabel('Fingerprint, as they read it to you').fill(theirs);
  await page.getByRole('button', { name: 'Trust a key' }).click();
  await page.getByRole('cell', { name: theirs }).waitFor();

  await instance.redthread(['package', 'trust', at('ours.key'), '--fingerprint', ours, '--as', 'joost']);
  const sealed = ['--case', 'NL-2026-001', '--to', at('ours.key'), '--out', at('for-ours.package')];
  await instance.redthread(['export', 'package', ...sealed, '--as', 'joost']);
  await page.getByLabel('The file of the package').setInputFiles(at('for-ours.package'));
  await page.getByRole('button', { name: 'Send and open' }).click();
  const upload = page.locator('[data-upload="Package of Bureau Zandmeer"]');
  await upload.getByText('case NL-2026-001').waitFor();
  await upload.getByText('1 media at 1 path').waitFor();
  await shot(page, 'package-opened');
  await upload.getByRole('button', { name: 'Take it in' }).click();
  await page.getByRole('link', { name: 'Package of Bureau Zandmeer' }).waitFor();
  await saved('came-in.json', 'Acknowledgement');
  await instance.redthread(['package', 'acknowledge', at('came-in.json'), '--as', 'joost']);
  await page.setViewportSize({ width: 1024, height: 1400 });
  await shot(page, 'packages-1024');
  expect(await overflowOf(page)).toBe(0);
  expect([seen.foreign, seen.complaints]).toEqual([[], []]);
});
