// What a person keeps for their own screens, under a name; nobody else is shown it.
import { KeySettings, keyConflict, LanguageSetting, type KeyConflict } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { withContext, type Store, type Trx } from '../../store/index.js';

type SettingName = 'keys' | 'language' | `graph:${string}`;

/** As it was kept, to be read by its schema; null where nothing was. */
export const readOwn = async (trx: Trx, { actor }: Context, name: SettingName): Promise<unknown> =>
  (
    await trx
      .selectFrom('own_settings')
      .select('settings')
      .where('user_id', '=', actor.userId)
      .where('name', '=', name)
      .executeTakeFirst()
  )?.settings ?? null;

export const keepOwn = async (trx: Trx, { actor }: Context, name: SettingName, value: unknown): Promise<void> => {
  const settings = JSON.stringify(value);
  await trx
    .insertInto('own_settings')
    .values({ agency_id: actor.agencyId, user_id: actor.userId, name, settings })
    .onConflict((conflict) =>
      conflict.columns(['agency_id', 'user_id', 'name']).doUpdateSet({ settings, set_at: new Date() }),
    )
    .execute();
};

export const readKeys = (store: Store, ctx: Context): Promise<KeySettings> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const kept = KeySettings.safeParse(await readOwn(trx, ctx, 'keys'));
      // Keys of what a later version has no more, or that it gave to something else, hold no longer.
      return kept.success && keyConflict(kept.data.keys) === null ? kept.data : { keys: {} };
    },
    { access: 'read only' },
  );

const inWords = ({ action, chord, other }: KeyConflict): string => {
  if (other === 'fixed') return `the keys of ${action} stay as they are`;
  return other === 'vote'
    ? `${chord} for ${action}: it votes, on the same page`
    : `${chord} for ${action}: it is the key of ${other}, on the same page`;
};

/** Errors: KEY_TAKEN, with the name of what has the key. */
export const setKeys = (store: Store, ctx: Context, input: KeySettings): Promise<KeySettings> => {
  const conflict = keyConflict(input.keys);
  if (conflict !== null) throw fail('KEY_TAKEN', inWords(conflict), { pointer: `/keys/${conflict.action}` });
  return withContext(store.app, ctx, async (trx) => {
    await keepOwn(trx, ctx, 'keys', input);
    return input;
  });
};

export const readLanguage = (store: Store, ctx: Context): Promise<LanguageSetting> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const kept = LanguageSetting.safeParse(await readOwn(trx, ctx, 'language'));
      return kept.success ? kept.data : { language: null };
    },
    { access: 'read only' },
  );

export const setLanguage = (store: Store, ctx: Context, input: LanguageSetting): Promise<LanguageSetting> =>
  withContext(store.app, ctx, async (trx) => {
    await keepOwn(trx, ctx, 'language', input);
    return input;
  });
