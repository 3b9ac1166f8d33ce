// Records what allows to open files that their provider has not viewed, and takes it back: nothing is ever changed or removed.
import { sql } from 'kysely';
import type { LegalBasis, LegalBasisAdd } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { exhibitsOfUnviewed, isOwnExhibit, readBases, type BasisFilter } from './queries.js';

export const listBases = (store: Store, ctx: Context, filter: BasisFilter): Promise<LegalBasis[]> =>
  withContext(store.app, ctx, (trx) => readBases(trx, filter));

/**
 * Who, what and when, for an exhibit of the own agency or for a medium in those of its exhibits where it was not viewed. What
 * waited is decoded from then on. Errors: FORBIDDEN, NOT_FOUND.
 */
export const addBasis = (
  store: Store,
  ctx: Context,
  { exhibit, media, kind, reference, words }: LegalBasisAdd,
): Promise<LegalBasis[]> => {
  requireRight(ctx, 'record legal bases');
  return withContext(store.app, ctx, async (trx) => {
    const unviewed = media === undefined ? null : await exhibitsOfUnviewed(trx, media);
    if (exhibit !== undefined && !(await isOwnExhibit(trx, exhibit))) throw fail('NOT_FOUND', 'no such exhibit');
    const exhibits =
      unviewed === null ? [exhibit ?? ''] : unviewed.filter((id) => exhibit === undefined || id === exhibit);
    if (exhibits.length === 0) throw fail('NOT_FOUND', 'no such media among the files that were not viewed');
    const made: LegalBasis[] = [];
    for (const exhibitId of exhibits) {
      const { id } = await trx
        .insertInto('legal_bases')
        .values({
          agency_id: ctx.actor.agencyId,
          exhibit_id: exhibitId,
          media_id: media ?? null,
          kind,
          reference,
          words,
          recorded_by: ctx.actor.userId,
          login: ctx.actor.login,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await audit(trx, ctx, {
        type: 'legal-basis-add',
        object: media === undefined ? { kind: 'exhibit', id: exhibitId } : { kind: 'media', id: media },
        detail: { basis: id, kind, reference, media: media ?? null },
      });
      made.push(...(await readBases(trx, { id })));
    }
    return made;
  });
};

/** The correction of a basis that was recorded by mistake: both stay on record. Errors: FORBIDDEN, NOT_FOUND. */
export const withdrawBasis = (store: Store, ctx: Context, id: string, reason: string): Promise<LegalBasis> => {
  requireRight(ctx, 'record legal bases');
  return withContext(store.app, ctx, async (trx) => {
    const withdrawn = await trx
      .updateTable('legal_bases')
      .set({
        withdrawn_at: sql<Date>`now()`,
        withdrawn_by: ctx.actor.userId,
        withdrawn_login: ctx.actor.login,
        withdrawn_reason: reason,
      })
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .returning(['exhibit_id', 'media_id'])
      .executeTakeFirst();
    if (withdrawn === undefined) throw fail('NOT_FOUND', 'no such legal basis in force');
    const { exhibit_id: exhibitId, media_id: mediaId } = withdrawn;
    await audit(trx, ctx, {
      type: 'legal-basis-withdraw',
      object: mediaId === null ? { kind: 'exhibit', id: exhibitId } : { kind: 'media', id: mediaId },
      detail: { basis: id, reason },
    });
    const [basis] = await readBases(trx, { id });
    if (basis === undefined) throw fail('INTERNAL', 'a legal basis that cannot be read');
    return basis;
  });
};
