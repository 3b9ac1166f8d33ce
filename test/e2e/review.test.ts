// What an officer does: sign in, watch an exhibit being taken in, look over it veiled, reveal one picture, find that on record.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersOf } from './support/axe.js';
import { launch, openPage, signIn, witness, type Witness } from './support/browser.js';
import { drawExhibits, type Exhibits } from './support/exhibits.js';
import { openInstance, OPERATION, type Instance } from './support/instance.js';
import { takeScreens } from './support/screens.js';

/** The longer side of what is sent before a reveal, px. */
const VEILED_PX = 64;
/** Each has more copies among the watched files than the text that lies in every archive, and comes before it in a review. */
const ROOMS = 12;
const WATCHED_FILES = 200;
/** Pictures alone, whatever is in a stack by now: as long as the matcher is at work, what stands where depends on how far it is. */
const PICTURES = '/review?kind=image&state=ready';
const PURPOSE = 'identify the postcards';

let instance: Instance;
let exhibits: Exhibits;
let browser: Browser;
let page: Page;
let seen: Witness;

beforeAll(async () => {
  instance = await openInstance();
  exhibits = await drawExhibits(instance.folder, ROOMS, WATCHED_FILES);
  const list = ['--name', 'Stamp catalogue', '--polarity', 'known-good', '--share', OPERATION];
  await instance.redthread(['list', 'import', exhibits.list, ...list]);
  await instance.redthread(['ingest', exhibits.first, '--case', 'ES-2026-014', '--exhibit', '1', '--parts']);
  await instance.redthread(['ingest', exhibits.second, '--case', 'ES-2026-014', '--exhibit', '2']);
  browser = await launch();
  ({ page, seen } = await openPage(browser, instance.url));
});

afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

/** The media of a file, as the officer sees it. */
const idOf = (name: string): Promise<string> =>
  page.evaluate(async (q) => {
    const found = await fetch(`/api/v1/search?q=${q}`);
    const { occurrences } = (await found.json()) as { occurrences: { mediaId: string }[] };
    return occurrences[0]?.mediaId ?? '';
  }, name);

/** Mean brightness of what a canvas shows, 0..255; 255 while it is empty. */
const meanOf = (element: Element): number => {
  const canvas = element as HTMLCanvasElement;
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += Math.max(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0);
  return sum === 0 ? 255 : sum / (data.length / 4);
};

/** In the page: a task, a note, a question to other countries, a kept search and a place, as the screens of all of them are to be seen. */
const recordTogether = async (media: string): Promise<void> => {
  const call = async (path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(
      `/api/v1${path}`,
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  const firstOf = async (path: string): Promise<string | undefined> => {
    const list = (await call(path)) as { id: string }[] | { items: { id: string }[] };
    return (Array.isArray(list) ? list : list.items)[0]?.id;
  };
  const [operation, one] = [await firstOf('/operations'), await firstOf('/cases')];
  const about = { kind: 'operation', id: operation };
  const due = '2030-01-01';
  await call('/tasks', { about, title: 'Look over what is new', due });
  await call('/notes', { about, text: 'The window turns up in two exhibits.', handling: 'TLP:GREEN' });
  const question = 'Where are such windows made?';
  await call('/asks', { media, region: '10%,10%,60%,60%', question, due, countries: [], case: one, operation });
  const kept = {
    name: 'Sent by telephone',
    purpose: 'the screens',
    expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  };
  await call('/standing-searches', { ...kept, q: 'IMG' });
  const area = { latitudeDeg: 41.4, longitudeDeg: 2.2, radiusM: 20_000 };
  await call('/entities', { kind: 'place', name: 'harbour', area, case: one });
};

const revealed = () => page.locator('img[data-veiled="false"]');

describe('review', () => {
  it('asks who it is, refuses a wrong password with the next step, and lets the officer in', async () => {
    await page.goto(`${instance.url}/connections`);
    await page.getByLabel('Name').fill('vera');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('SIGN_IN_FAILED').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await signIn(page, `${instance.url}/operations`);
    await page.getByRole('link', { name: 'Tantalus' }).waitFor();
  });

  it('shows an exhibit that is taken in beside the server, with exact progress, until it is complete', async () => {
    await page.getByRole('link', { name: 'Tantalus' }).click();
    await page.getByRole('heading', { name: 'Tantalus' }).waitFor();
    const ingest = instance.redthread(['ingest', exhibits.watched, '--case', 'ES-2026-014', '--exhibit', '7']);
    const link = page.getByRole('link', { name: '7', exact: true });
    await link.click({ timeout: 30_000 });
    const done = new Set<number>();
    const state = page.locator('[data-exhibit-state]');
    const decode = page.locator('li[data-stage="decode"]');
    while ((await state.getAttribute('data-exhibit-state')) !== 'complete') {
      done.add(Number(await decode.getAttribute('data-done')));
      await page.waitForTimeout(200);
    }
    await ingest;
    expect(Number(await decode.getAttribute('data-done'))).toBe(WATCHED_FILES);
    const counts = [...done];
    expect(counts, 'counts only rise').toEqual([...counts].sort((a, b) => a - b));
    expect(counts.length, 'more than the first and the last count were shown').toBeGreaterThan(1);
    const seized = page.locator('[data-step="seized"]');
    await expect.poll(() => seized.textContent()).toContain(`${WATCHED_FILES}seized`);
  });

  it('looks over the stacks by keyboard and has been sent nothing but veiled pictures', async () => {
    await page.goto(`${instance.url}${PICTURES}`);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await page.getByRole('dialog', { name: /loupe/i }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option', { selected: true }).hover();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/media/**');
    await page.getByRole('heading', { name: 'Occurrences' }).waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    expect(await revealed().count()).toBe(0);
    const pictures = await seen.pictures();
    expect(pictures.length).toBeGreaterThan(5);
    expect(pictures.filter(({ width, height }) => Math.max(width, height) > VEILED_PX)).toEqual([]);
  });

  it('reveals while R is held, after asking why, and veils again', async () => {
    await page.keyboard.press('r');
    const why = page.getByRole('dialog', { name: 'Why do you reveal?' });
    await why.getByLabel('Purpose').fill(PURPOSE);
    await page.keyboard.press('Enter');
    await why.waitFor({ state: 'detached' });
    expect((await seen.pictures()).filter(({ width }) => width > VEILED_PX)).toEqual([]);

    await page.keyboard.down('r');
    await revealed().waitFor();
    const url = (await revealed().getAttribute('src')) ?? '';
    const width = await revealed().evaluate(async (img: HTMLImageElement) => (await img.decode(), img.naturalWidth));
    expect(width).toBeGreaterThan(VEILED_PX);
    await page.keyboard.up('r');
    await revealed().waitFor({ state: 'detached' });
    const again = await page.evaluate(
      (blob) =>
        fetch(blob)
          .then(() => 'still there')
          .catch(() => 'gone'),
      url,
    );
    expect(again).toBe('gone');
  });

  it('veils what was kept open when the view is left', async () => {
    await page.keyboard.press('Shift+R');
    await revealed().waitFor();
    await page.getByRole('link', { name: 'Ops' }).click();
    await page.goBack();
    await page.getByRole('heading', { name: 'Occurrences' }).waitFor();
    expect(await revealed().count()).toBe(0);
  });

  it('keeps open what was to be kept when it asked why, without a second press', async () => {
    const own = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    own.setDefaultTimeout(30_000);
    await signIn(own, instance.url);
    await own.goto(`${instance.url}${PICTURES}`);
    await own.getByRole('option').first().click();
    await own.keyboard.press('Shift+R');
    await own.getByRole('dialog', { name: 'Why do you reveal?' }).getByLabel('Purpose').fill(PURPOSE);
    await own.keyboard.press('Enter');
    await own.locator('img[data-veiled="false"]').first().waitFor();
    await own.close();
  });

  it('finds each reveal in the audit, with who, what and why', async () => {
    const mediaId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.goto(`${instance.url}/audit?type=reveal`);
    const rows = page.locator(`tr[data-event="reveal"][data-object="${mediaId}"]`);
    await rows.first().waitFor();
    expect(await rows.count()).toBe(2);
    expect(await rows.first().textContent()).toContain(`vera`);
    expect(await rows.first().textContent()).toContain(PURPOSE);
  });

  it('opens the page of a query that a colleague sent, and goes back to the same place', async () => {
    await page.goto(`${instance.url}/operations`);
    await page.getByRole('link', { name: 'Tantalus' }).click();
    await page.locator('[data-step="unique"]').click();
    await page.waitForURL('**/review?**step=unique**');
    await page.getByRole('option').nth(3).click();
    await page.waitForURL(/at=[0-9a-f-]{36}/);
    const address = page.url();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/media/**');
    await page.goBack();
    await page.getByRole('option', { selected: true }).waitFor();
    expect(page.url()).toBe(address);
  });

  it('turns B onto A in both orders, so that nothing but the loss of the copy differs', async () => {
    const [picture, copy] = [await idOf('IMG_1002.jpg'), await idOf('photo-2.jpg')];
    for (const [a, b, turned] of [
      [picture, copy, 'turned 90° to the right'],
      [copy, picture, 'turned 90° to the left'],
    ]) {
      await page.goto(`${instance.url}/compare?a=${a}&b=${b}&mode=difference&turn=true`);
      await page.getByText(`The same picture, ${turned}`).first().waitFor();
      await page.keyboard.press('Shift+R');
      const canvas = page.locator('canvas');
      await expect.poll(() => canvas.evaluate(meanOf)).toBeLessThan(24);
    }
  });

  it('searches for a part that is dragged over a picture, and outlines it in what is found', async () => {
    const id = await idOf('IMG_1004.jpg');
    await page.goto(`${instance.url}/media/${id}`);
    await page.getByRole('heading', { name: 'Occurrences' }).waitFor();
    await page.keyboard.press('g');
    const over = page.getByRole('application', { name: 'Drag a rectangle over what you look for' });
    const box = await over.boundingBox();
    if (box === null) throw new Error('nothing to drag over');
    const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(middleX - box.height / 3, middleY - box.height / 3);
    await page.mouse.down();
    await page.mouse.move(middleX + box.height / 3, middleY + box.height / 3, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL('**/search?**region=**');
    await page.locator(`a[href="/media/${id}"] [data-region]`).waitFor();
    expect(await revealed().count()).toBe(0);
  });

  it('says of a digest that somebody sent whether it is here and on which list, or that nothing has it', async () => {
    const [digest = ''] = readFileSync(exhibits.list, 'utf8').split('\n');
    const field = page.getByRole('search').getByRole('textbox');
    await field.fill(digest);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/search?q=${digest}`);
    await page.getByText('Stamp catalogue').first().waitFor();
    await field.fill('0'.repeat(digest.length));
    await page.keyboard.press('Enter');
    await page.getByText('Nothing that you may see fits.').waitFor();
  });

  it('does by keys alone what the pointer does: holds the button to reveal, chooses a part, finds it', async () => {
    const id = await idOf('IMG_1004.jpg');
    await page.goto(`${instance.url}/media/${id}`);
    await page.getByRole('button', { name: 'Hold to reveal' }).focus();
    await page.keyboard.down('Space');
    await revealed().waitFor();
    await page.keyboard.up('Space');
    await revealed().waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    const over = page.getByRole('application', { name: 'Drag a rectangle over what you look for' });
    await over.and(page.locator(':focus')).waitFor();
    for (const key of ['ArrowLeft', 'ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowDown'])
      for (let i = 0; i < 8; i += 1) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?**region=**');
    await page.locator(`a[href="/media/${id}"] [data-region]`).waitFor();
  });

  it('shows the self-test that was kept, from the account page on', async () => {
    await page.goto(`${instance.url}/self-test`);
    await page.getByText('redthread selftest --store').waitFor();
    await instance.redthread(['selftest', '--pictures', '2', '--seed', '3', '--store']);
    await page.goto(`${instance.url}/account`);
    await page.getByRole('link', { name: 'Last self-test' }).click();
    await page.locator('[data-holds="true"]').waitFor();
    await page.getByText('seed 3: 2 drawn pictures').waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'messenger, twice' }).textContent()).toContain('holds');
  });

  it('judges connections by keys: rejects, opens again, snoozes, each with a reason, and opens the evidence', async () => {
    await page.goto(`${instance.url}/connections`);
    const lines = page.locator('[id^="connection-"]');
    await lines.nth(1).waitFor();
    await page.keyboard.press('j');
    const judgement = page.getByRole('region', { name: 'Decision' });
    await judgement.getByText('Your agency has decided nothing here.').waitFor();
    await page.locator('[data-reason="identical"]').getByRole('link', { name: 'Open the two' }).waitFor();
    const further = page.getByRole('region', { name: 'Further connections' });
    await further
      .getByRole('button', { name: /^From / })
      .first()
      .click();
    await further.locator('[data-reached][data-hops="1"]').first().waitFor();
    await page.locator('[id^="connection-"][data-selected="true"]').waitFor();
    const id = (await lines.first().getAttribute('id')) ?? '';
    const line = page.locator(`[id="${id}"]`);
    await page.keyboard.press('n');
    await page.keyboard.type('a wallpaper of the system');
    await page.keyboard.press('Enter');
    await expect.poll(() => line.getAttribute('data-state')).toBe('rejected');
    expect(await lines.nth(1).getAttribute('aria-current'), 'goes on to the next').toBe('true');
    await page.getByRole('link', { name: 'rejected', exact: true }).click();
    await expect.poll(() => lines.count()).toBe(1);
    await page.keyboard.press('j');
    await judgement.getByText('a wallpaper of the system').waitFor();
    await page.keyboard.press('o');
    await page.keyboard.type('another view of the room');
    await page.keyboard.press('Enter');
    await page.getByText('None of them is in this state.').waitFor();
    await page.getByRole('link', { name: 'Any state' }).click();
    await page.keyboard.press('j');
    await judgement.getByRole('status').getByText('another view of the room').waitFor();
    await judgement.getByRole('button', { name: /^Snooze/ }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('s');
    await judgement.getByLabel('Why').fill('waits for the laboratory');
    await page.keyboard.press('Enter');
    await expect.poll(() => line.getAttribute('data-state')).toBe('snoozed');
    await line.click({ position: { x: 8, y: 8 } });
    await judgement.getByRole('button', { name: 'All that was decided' }).click();
    await expect.poll(() => judgement.locator('[data-decision="reopened"]').count()).toBe(1);
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Snooze until a day, with a reason').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByText('Nothing connects two cases that you may see.').waitFor();
    await page.keyboard.press('l');
    await page.getByText('No lead: nothing was found that chance would bring as well.').waitFor();
    await page.goBack();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/compare?**');
  });

  it('has asked nobody else for anything, and broke none of its own rules', () => {
    expect(seen.foreign).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });
});

describe('every screen', () => {
  it('fits 1440 x 900 and 1024 x 768, is open to those who cannot see or point, and complains of nothing', async () => {
    const view = await browser.newPage();
    view.setDefaultTimeout(30_000);
    const watched = witness(view, instance.url);
    await signIn(view, instance.url);
    await view.evaluate(recordTogether, await idOf('IMG_1004.jpg'));
    const shown = await takeScreens(view, instance.url);
    expect(shown.filter(({ overflow }) => overflow > 0)).toEqual([]);
    expect(shown.flatMap(({ name, width, barriers }) => barriers.map((one) => `${name} ${width}: ${one}`))).toEqual([]);
    expect(watched.foreign).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
