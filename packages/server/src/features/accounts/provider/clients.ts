// The providers as this process has met them: asked what they are once in ten minutes, and again after their settings changed. One that did not
// answer is left alone for some seconds, so that whoever begins many sign-ins does not make us knock at its door.
import type { Configuration } from 'openid-client';
import { openSmall, type Store } from '../../../store/index.js';
import { discover } from './client.js';
import type { ProviderRow } from './queries.js';

const KEPT_MS = 10 * 60_000;
const LEFT_ALONE_MS = 5_000;

interface Met {
  readonly client: Promise<Configuration>;
  readonly of: string;
  untilMs: number;
}

export interface Clients {
  /** Errors: PROVIDER_UNREACHABLE, PROVIDER_REFUSED, KEY_MISSING and its like where the secret cannot be opened. */
  of(provider: ProviderRow): Promise<Configuration>;
}

export const createClients = (store: Store): Clients => {
  const met = new Map<string, Met>();
  return {
    of: (provider) => {
      const of = provider.set_at.toISOString();
      const known = met.get(provider.id);
      if (known !== undefined && known.of === of && known.untilMs > Date.now()) return known.client;
      const fresh: Met = { client: discover(provider, secretOf(store, provider)), of, untilMs: Date.now() + KEPT_MS };
      met.set(provider.id, fresh);
      fresh.client.catch(() => (fresh.untilMs = Date.now() + LEFT_ALONE_MS));
      return fresh.client;
    },
  };
};

/** Errors: KEY_MISSING and its like, VAULT_CORRUPT. */
export const secretOf = (
  store: Store,
  {
    id,
    master_key_id,
    wrapped,
    sealed_secret,
  }: Pick<ProviderRow, 'id' | 'master_key_id' | 'wrapped' | 'sealed_secret'>,
): string | null => {
  if (master_key_id === null || wrapped === null || sealed_secret === null) return null;
  const key = store.keys.unwrap({ master_key_id, wrapped }, { purpose: 'provider', key: id });
  return openSmall(key, sealed_secret).toString('utf8');
};
