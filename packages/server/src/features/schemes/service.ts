// The schemes of this instance: those that are shipped, and files that its operator has loaded.
import { createHash } from 'node:crypto';
import type { ListedScheme, Mapped, SchemeFile } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { mapCode, nameOf, readSchemeFile, schemesOf, type Schemes } from '@redthread/core/schemes';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireOperator } from '../accounts/index.js';
import { insertSchemeFile, lockSchemes, readSchemeFiles } from './queries.js';

export const schemesHere = async (trx: Trx): Promise<Schemes> => schemesOf(await readSchemeFiles(trx));

export const listSchemes = (store: Store, ctx: Context): Promise<ListedScheme[]> =>
  withContext(store.app, ctx, async (trx) => [...(await schemesHere(trx)).all], { access: 'read only' });

/** Errors: CODE_BARE, SCHEME_UNKNOWN, CODE_UNKNOWN, MAP_UNKNOWN. */
export const mapHere = (store: Store, ctx: Context, from: string, to: string): Promise<Mapped> =>
  withContext(store.app, ctx, async (trx) => mapCode(await schemesHere(trx), from, to), { access: 'read only' });

/** Loads a file for everybody of the instance. Nothing that is there changes. Errors: FORBIDDEN, SCHEME_INVALID, ALREADY_EXISTS. */
export const loadSchemes = (store: Store, ctx: Context, text: string): Promise<SchemeFile> => {
  requireOperator(ctx, 'load schemes');
  return withContext(store.app, ctx, async (trx) => {
    await lockSchemes(trx);
    const file = readSchemeFile(text, await schemesHere(trx));
    const { agencyId, userId, login } = ctx.actor;
    const id = await insertSchemeFile(trx, { agency_id: agencyId, loaded_by: userId, loaded_login: login }, file);
    await audit(trx, ctx, {
      type: 'scheme-load',
      object: { kind: 'scheme-file', id },
      detail: {
        schemes: file.schemes.map(nameOf),
        maps: file.maps.map(({ from, to }) => `${from} to ${to}`),
        retired: file.retire.map(({ scheme }) => scheme),
        sha256: createHash('sha256').update(text).digest('hex'),
      },
    });
    return file;
  });
};
