// A demonstration is marked in the database before anything else is in it: it never becomes a real instance, nor the other way round.
import { fail } from '@redthread/core/errors';
import { readSetting, writeSetting, type Store } from '../../store/index.js';
import { isEmptyInstance } from '../accounts/index.js';

/** Errors: DEMO_ONLY for a data folder in which real work was begun. */
export const claimForDemo = async (store: Store<'owner'>): Promise<void> => {
  const instance = await readSetting(store.owner, 'instance');
  if (instance?.kind === 'demo') return;
  if (instance !== null || !(await isEmptyInstance(store)))
    throw fail('DEMO_ONLY', `${store.config.dataFolder} holds real work: give the demonstration a folder of its own`);
  await writeSetting(store.owner, 'instance', { kind: 'demo', createdAt: new Date().toISOString() });
};
