// An entity, a series among them, as the command line names it: by its id, or by a name or a number that only one has.
import { sql } from 'kysely';
import { Id } from '@redthread/core/contract';
import type { EntityKind } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { withContext } from '../../store/index.js';
import type { LocalSession } from '../accounts/index.js';

const MOST_NAMED = 5;

export type Session = Pick<LocalSession<'app'>, 'store' | 'ctx'>;

/** A kind narrows it down. Errors: ARGUMENT_INVALID where none, or more than one, is called so. */
export const entityNamed = async ({ store, ctx }: Session, name: string, kind?: EntityKind): Promise<string> => {
  if (Id.safeParse(name).success) return name;
  const { rows } = await withContext(
    store.app,
    ctx,
    (trx) =>
      sql<{ id: string }>`select e.id from entities e
        where ${kind === undefined ? sql`true` : sql`e.kind = ${kind}`} and (e.name = ${name} or exists (
          select from external_ids x where x.entity_id = e.id and x.value = ${name} and x.retracted_at is null))
        order by e.created_at desc, e.id limit ${MOST_NAMED + 1}`.execute(trx),
    { access: 'read only' },
  );
  const [first, ...others] = rows.map(({ id }) => id);
  const list = `redthread ${kind === 'series' ? 'series' : 'entity'} list shows their ids`;
  if (first === undefined)
    throw fail('ARGUMENT_INVALID', saying`no ${kind ?? 'entity'} that you see has the name or number ${name}: ${list}`);
  if (others.length > 0)
    throw fail(
      'ARGUMENT_INVALID',
      saying`${name} is ${others.length < MOST_NAMED ? rows.length : `more than ${MOST_NAMED}`} of what you see: give the id, ${[first, ...others].slice(0, MOST_NAMED).join(', ')}`,
    );
  return first;
};

/** Errors: ARGUMENT_INVALID. */
export const seriesNamed = (session: Session, name: string): Promise<string> => entityNamed(session, name, 'series');
