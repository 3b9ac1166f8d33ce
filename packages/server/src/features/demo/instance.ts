// A demonstration is marked in the database before anything else is in it: it never becomes a real instance, nor the other way round,
// nor another demonstration, for the numbers of two worlds in one store agree with the truth of neither.
import { fail } from '@redthread/core/errors';
import { readSetting, writeSetting, type Store } from '../../store/index.js';
import { isEmptyInstance } from '../accounts/index.js';

/** Errors: DEMO_ONLY for a data folder in which real work was begun, or in which another world was drawn. */
export const claimForDemo = async (store: Store<'owner'>, world: string): Promise<void> => {
  const instance = await readSetting(store.owner, 'instance');
  const { dataFolder } = store.config;
  if (instance?.kind === 'demo') {
    if (instance.world === world) return;
    throw fail(
      'DEMO_ONLY',
      `${dataFolder} holds the demonstration of ${instance.world ?? 'another world'}, not ${world}: name another folder with --data`,
    );
  }
  if (instance !== null || !(await isEmptyInstance(store)))
    throw fail('DEMO_ONLY', `${dataFolder} holds real work: give the demonstration a folder of its own`);
  await writeSetting(store.owner, 'instance', { kind: 'demo', createdAt: new Date().toISOString(), world });
};
