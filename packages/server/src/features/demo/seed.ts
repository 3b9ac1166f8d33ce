// Sets up the people of the sample operation: two agencies with an officer each, their cases shared with the operation, the lists.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '@redthread/core/domain';
import { isRedthreadError } from '@redthread/core/errors';
import { withContext, type Store } from '../../store/index.js';
import { foundAsOwner, localActor } from '../accounts/index.js';
import { createCase } from '../cases/index.js';
import { importList, listByName } from '../lists/index.js';
import { addOperation, answerByName, inviteAgency, namedOperation } from '../operations/index.js';
import { keepSearch } from '../search/index.js';
import type { DrawnWorld } from './drawn-world.js';

export interface DemoPeople {
  /** Actor of each agency, by its slug in operation.json; the first one coordinates. */
  readonly actors: ReadonlyMap<string, Context>;
  /** Who signs in on the web, and acts on the command line. */
  readonly coordinator: Context;
  readonly login: string;
  readonly password: string;
}

const LOGINS = ['vera', 'joost', 'third', 'fourth'] as const;

type DemoStore = Store<'app' | 'owner' | 'worker'>;

/** Idempotent: a second run of the same demonstration finds everything as it is. */
export const seedPeople = async (store: DemoStore, world: DrawnWorld, osAccount: string): Promise<DemoPeople> => {
  const { agencies, cases, operation } = world.operation;
  const password = demoPassword(store.config.dataFolder);
  const actors = new Map<string, Context>();
  for (const [position, agency] of agencies.entries()) {
    const login = LOGINS[position] ?? `officer-${position}`;
    await unlessThere(() =>
      foundAsOwner(store, agency, {
        login,
        displayName: login.charAt(0).toUpperCase() + login.slice(1),
        roles: ['administrator', 'coordinator', 'officer', 'auditor'],
        password,
        osAccount: position === 0 ? osAccount : null,
      }),
    );
    actors.set(agency.slug, { ...(await localActor(store, osAccount, login)), purpose: 'demonstration' });
  }
  const coordinator = actors.get(agencies[0]?.slug ?? '');
  if (coordinator === undefined) throw new Error('the drawn operation names no agency');

  await unlessThere(() => addOperation(store, coordinator, operation));
  const { reference: tantalus } = operation;
  for (const { name, slug } of agencies.slice(1))
    await unlessThere(async () => {
      await inviteAgency(store, coordinator, { operation: (trx) => namedOperation(trx, tantalus), agency: name });
      await answerByName(store, actors.get(slug) ?? coordinator, tantalus, true);
    });
  for (const { agency, reference, title } of cases) {
    const actor = actors.get(agency) ?? coordinator;
    const sharing = { operationReference: operation.reference, shareWithOperation: true };
    await unlessThere(() => createCase(store, actor, { reference, title, ...sharing }));
  }
  return { actors, coordinator, login: LOGINS[0], password };
};

/** Imports the drawn lists, each as its agency's, shared with the operation. */
export const seedLists = async (store: DemoStore, world: DrawnWorld, people: DemoPeople): Promise<void> => {
  for (const { agency, file, name, polarity } of world.operation.lists)
    await unlessThere(() =>
      importList(store, people.actors.get(agency) ?? people.coordinator, {
        files: [join(world.folder, file)],
        name,
        polarity,
        version: '1',
        shareWith: world.operation.operation.reference,
      }),
    );
};

/** Whatever comes in that the first of the lists names is told to whoever coordinates. */
export const seedKeptSearch = async (
  store: Store<'app' | 'matcher'>,
  { operation: { lists } }: DrawnWorld,
  { actors, coordinator }: DemoPeople,
): Promise<void> => {
  const first = lists.find(
    ({ agency }) => (actors.get(agency) ?? coordinator).actor.agencyId === coordinator.actor.agencyId,
  );
  if (first === undefined) return;
  const list = await withContext(store.app, coordinator, (trx) => listByName(trx, first.name), { access: 'read only' });
  const expiresAt = new Date(Date.now() + KEPT_FOR_MS).toISOString();
  const kept = { name: `On ${first.name}`, purpose: 'the demonstration', expiresAt, filter: { list } };
  await unlessThere(() => keepSearch(store, coordinator, kept));
};

const KEPT_FOR_MS = 90 * 24 * 3_600_000;

const unlessThere = async (make: () => Promise<unknown>): Promise<void> => {
  try {
    await make();
  } catch (error) {
    if (!isRedthreadError(error) || error.code !== 'ALREADY_EXISTS') throw error;
  }
};

/** One random password a demonstration, kept beside its data so that the next start can print it again. */
const demoPassword = (dataFolder: string): string => {
  const file = join(dataFolder, 'demo', 'password');
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(9).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
};
