// The pages in Spanish: by the language of the browser, by choice, and for the person on whatever machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnRoom } from '../support/drawn.js';
import { barriersOf } from './support/axe.js';
import { launch, overflowOf, shot, signIn, witness, type Witness } from './support/browser.js';
import { OFFICER, openInstance, type Instance } from './support/instance.js';

let instance: Instance;
let browser: Browser;
let page: Page;
let seen: Witness;

const pageIn = async (locale: string): Promise<Page> => {
  const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(30_000);
  return context.newPage();
};
const languageOf = (of: Page): Promise<string> => of.evaluate(() => document.documentElement.lang);

beforeAll(async () => {
  instance = await openInstance();
  const folder = join(instance.folder, 'seized');
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < 4; i += 1)
    writeFileSync(
      join(folder, `room-${i}.jpg`),
      await drawnRoom({ seed: `e2e-${i % 2}`, width: 640, height: 480 - 2 * i }),
    );
  await instance.redthread(['ingest', folder, '--case', 'ES-2026-014', '--exhibit', '1']);
  browser = await launch();
  page = await pageIn('es-ES');
  seen = witness(page, instance.url);
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

it('speaks the language of the browser, from the first page on', async () => {
  await page.goto(instance.url);
  await page.getByLabel('Usuario').fill(OFFICER.login);
  await page.getByLabel('Contraseña').fill('wrong');
  await page.getByRole('button', { name: 'Iniciar sesión' }).click();
  await page.getByRole('alert').getByText('El nombre o la contraseña no es correcto').waitFor();
  await shot(page, 'es-sign-in');
  await page.getByLabel('Contraseña').fill(OFFICER.password);
  await page.getByRole('button', { name: 'Iniciar sesión' }).click();
  await page.waitForURL('**/operations');
  expect(await languageOf(page)).toBe('es');
});

it('has every screen in it, no wider than the window', async () => {
  const screens = [
    'operations',
    'review',
    'connections',
    'series',
    'entities',
    'chats',
    'verdicts',
    'lists',
    'requests',
  ];
  for (const name of [...screens, 'audit', 'care', 'keys', 'self-test', 'notices', 'administration', 'account']) {
    await page.goto(`${instance.url}/${name}`);
    await page.locator('main :is(h1, h2, strong, table, p)').first().waitFor();
    await shot(page, `es-${name}`);
    expect(await overflowOf(page), name).toBeLessThanOrEqual(0);
  }
  await page.goto(`${instance.url}/operations`);
  await page.getByRole('link', { name: 'Tantalus' }).click();
  await page.getByText('Conexiones más fuertes').waitFor();
  await shot(page, 'es-operation');
  expect(await barriersOf(page)).toEqual([]);
  expect(seen.complaints).toEqual([]);
});

it('says what was refused in it, with the next step, and is open to those who cannot see or point', async () => {
  await page.goto(`${instance.url}/cases/00000000-0000-4000-8000-000000000000`);
  const refused = page.getByRole('alert');
  await refused.getByText('no existe ese caso').waitFor();
  expect(await refused.locator('[lang]').count()).toBe(0);
  for (const name of ['packages', 'standing', 'account', 'entities']) {
    await page.goto(`${instance.url}/${name}`);
    await page.locator('main :is(h1, h2, strong, table, p)').first().waitFor();
    expect(await barriersOf(page), name).toEqual([]);
  }
});

it('keeps a choice for the person, on another machine too', async () => {
  await page.goto(`${instance.url}/account`);
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
  await page.getByRole('button', { name: 'Español' }).click();
  await kept;
  const elsewhere = await pageIn('en-GB');
  await signIn(elsewhere, instance.url);
  await elsewhere.locator('nav').getByText('Veredictos').waitFor();
  expect(await languageOf(elsewhere)).toBe('es');
  await elsewhere.goto(`${instance.url}/account`);
  await elsewhere.getByRole('button', { name: 'English' }).click();
  await elsewhere.locator('nav').getByText('Verdicts').waitFor();
  expect(await languageOf(elsewhere)).toBe('en');
});
