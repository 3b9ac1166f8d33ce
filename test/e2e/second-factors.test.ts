// A passkey from the account page to the next sign-in, through the virtual authenticator of Chromium; the app with its first code; and signing in
// at a provider, which an administrator has set up on the page, with a proof in a window of its own.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLIENT_SECRET, known, startProvider } from '../medium/provider-world.js';
import { launch, shot, witness, type Witness } from './support/browser.js';
import { OFFICER, openInstance, type Instance } from './support/instance.js';

let instance: Instance;
let browser: Browser;
let page: Page;
let seen: Witness;
/** Passkeys are bound to a name: the same server, by its name. */
let named: string;

beforeAll(async () => {
  instance = await openInstance();
  named = instance.url.replace('127.0.0.1', 'localhost');
  browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(30_000);
  page = await context.newPage();
  seen = witness(page, named);
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
});
afterAll(async () => {
  await browser?.close();
  await instance?.close();
});

const password = async (words = OFFICER.password): Promise<void> => {
  await page.goto(named);
  await page.getByLabel('Name').fill(OFFICER.login);
  await page.getByLabel('Password').fill(words);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

it('adds a passkey, keeps its recovery codes, and signs in by it', async () => {
  await password();
  await page.waitForURL('**/operations');
  await page.goto(`${named}/account`);
  await page.getByLabel('Name, such as my telephone').fill('desk key');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('button', { name: 'I keep them' }).waitFor();
  expect(await page.getByRole('status').getByRole('listitem').count()).toBe(10);
  await shot(page, 'recovery-codes');
  await page.getByRole('button', { name: 'I keep them' }).click();
  await page.getByRole('cell', { name: 'desk key' }).waitFor();
  await shot(page, 'account');

  await page.context().clearCookies();
  await password();
  await page.getByRole('heading', { name: 'One more proof' }).waitFor();
  await shot(page, 'second-step');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL('**/operations');
});

it('shows the picture and the secret of an app, and says when its code is wrong', async () => {
  await page.goto(`${named}/account`);
  await page.getByLabel('Name, such as my telephone').fill('telephone');
  await page.getByRole('button', { name: 'Add an authenticator app' }).click();
  await page.getByRole('img', { name: 'Picture for the camera of the app' }).waitFor();
  await page.getByLabel('First code').fill('000000');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('alert').getByText('The code is wrong, or was used already').waitFor();
  await shot(page, 'add-app');
  expect(seen.foreign, 'requests that left the origin').toEqual([]);
});

it('changes the own password, refuses one that is guessed first, and tells of it at the next sign-in', async () => {
  const words = 'kettle anchovy trombone';
  await page.goto(`${named}/account`);
  await page.getByLabel('New password').fill('Summer2026!!!!');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('alert').getByText('This password is among the first that are guessed').waitFor();
  await shot(page, 'own-password');
  await page.getByLabel('New password').fill(words);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await password(words);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL('**/operations');
  await page.goto(`${named}/notices`);
  await page.getByText('You have a new password').waitFor();
  await shot(page, 'account-notices');
});

it('sets a provider up, signs somebody in there, and asks them there again', async () => {
  const provider = await startProvider(`${named}/sign-in/provider`);
  try {
    await page.goto(`${named}/administration`);
    const form = page.locator('form', { has: page.getByLabel('Issuer') });
    await form.getByLabel('Words of the button').fill('the Ministry');
    await form.getByLabel('Issuer').fill(provider.issuer);
    await form.getByLabel('Client id').fill('redthread');
    await form.getByLabel('Client secret').fill(CLIENT_SECRET);
    await form.getByLabel('Groups and their roles').fill('vid-admins=administrator\nvid-officers=officer,reviewer');
    await form.getByRole('button', { name: 'Set the provider' }).click();
    await page.getByText('0 people are known by it.').waitFor();
    await shot(page, 'sign-in-provider');
    expect((await instance.redthread(['agency', 'provider', 'show'])).stdout).toContain(
      `the Ministry: ${provider.issuer}`,
    );

    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(15_000);
    const theirs = await context.newPage();
    provider.sitting = known(provider, 'olga', { groups: [] });
    await theirs.goto(`${named}/account`);
    const button = theirs.getByRole('button', { name: 'Sign in at the Ministry' });
    await button.waitFor();
    await shot(theirs, 'sign-in-at-provider');
    await button.click();
    await theirs.getByRole('alert').getByText('names no group of yours').waitFor();
    await shot(theirs, 'sign-in-at-provider-refused');
    expect(theirs.url()).toBe(`${named}/sign-in/provider`);
    known(provider, 'olga', { groups: ['vid-admins'] });
    await theirs.getByRole('link', { name: 'Back to signing in' }).click();
    await button.click();
    await theirs.waitForURL('**/operations');
    await theirs.goto(`${named}/account`);
    await theirs.getByRole('cell', { name: '127.0.0.1 · the Ministry' }).waitFor();

    // As ten minutes later: the first answer asks for a proof.
    let isAsked = false;
    await theirs.route('**/api/v1/sign-in-rule', async (route) => {
      if (isAsked || route.request().method() !== 'PUT') return route.continue();
      isAsked = true;
      const refusal = {
        type: 'x',
        title: 'x',
        status: 403,
        code: 'PROOF_NEEDED',
        detail: 'x',
        next: 'x',
        requestId: 'x',
      };
      await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) });
    });
    await theirs.goto(`${named}/administration`);
    await theirs.getByRole('button', { name: 'Demand a second factor' }).click();
    const prove = theirs.getByRole('button', { name: 'Prove it where you sign in' });
    await prove.waitFor();
    await shot(theirs, 'prove-at-provider');
    await prove.click();
    await theirs.getByRole('button', { name: 'Demand it no longer' }).waitFor();
    await expect.poll(() => context.pages().length).toBe(1);
    await context.close();
  } finally {
    await provider.stop();
  }
});
