// Asking other countries: a part of a picture with a question and a day, seen by others once a second person, having looked at it, has confirmed
// that it shows no victim; answered by those who are asked.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Ask, AskAnswerCreate, AskCreate, Asks } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { mayDo, requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { handlingRules, receiverOf, requireMayLeave } from '../exchange/index.js';
import { requireSubject, sayer } from '../notes/index.js';
import { namedSecond, newNumber, requireSecond, type Origin } from '../requests/index.js';
import { cutOut, digestOf, keepCrop, readCrop } from './crop.js';
import { askedOf, placesOf, readAsks, toAsk, type AskRow } from './queries.js';

const ASK = 'ask other countries';
/** As the second person. */
const CONFIRM = 'confirm crops';
const ANSWER = 'write notes and tasks';

const shown = (row: AskRow, ctx: Context): Ask =>
  toAsk(row, ctx, { mayAsk: mayDo(ctx, ASK), mayConfirm: mayDo(ctx, CONFIRM), mayAnswer: mayDo(ctx, ANSWER) });

/** Errors: NOT_FOUND for an operation that is not the actor's. */
export const listAsks = (
  store: Store,
  ctx: Context,
  { operation, all }: { readonly operation?: string | undefined; readonly all: boolean },
): Promise<Asks> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      if (operation !== undefined) await requireSubject(trx, { kind: 'operation', id: operation });
      const of = operation === undefined ? sql`true` : sql`k.operation_id = ${operation}::uuid`;
      const rows = await readAsks(trx, all ? of : sql`${of} and k.state in ('waiting', 'sent')`);
      return { items: rows.map((row) => shown(row, ctx)) };
    },
    { access: 'read only' },
  );

/** By its id or its number: another agency's may have the same by chance, and the own one is meant. Errors: NOT_FOUND. */
const oneAsk = async (trx: Trx, ctx: Context, named: string): Promise<AskRow> => {
  const rows = await readAsks(trx, sql`(k.number = ${named} or k.id::text = ${named})`);
  const found = rows.find(({ agencyId }) => agencyId === ctx.actor.agencyId) ?? rows[0];
  if (found === undefined) throw fail('NOT_FOUND', 'no such question');
  return found;
};

/** Errors: NOT_FOUND. */
export const showAsk = (store: Store, ctx: Context, named: string): Promise<Ask> =>
  withContext(store.app, ctx, async (trx) => shown(await oneAsk(trx, ctx, named), ctx), { access: 'read only' });

/** Whom it would reach, and whether what the picture is of lets it. Errors: ASK_NOBODY, EXPORT_HELD_BACK, NOT_FOUND. */
const requireMayReach = async (
  trx: Trx,
  { operation, countries, case: caseId, media }: Pick<AskCreate, 'operation' | 'countries' | 'case' | 'media'>,
): Promise<void> => {
  const asked = await askedOf(trx, operation, countries);
  if (asked.length === 0)
    throw fail('ASK_NOBODY', countries.length === 0 ? 'the operation has no other member' : countries.join(', '));
  const places = await placesOf(trx, { caseId, mediaId: media });
  if (places.length === 0) throw fail('NOT_FOUND', 'no such media in that case of your agency');
  const rules = await handlingRules(trx);
  for (const agency of asked) {
    const receiver = await receiverOf(trx, agency);
    for (const place of places) requireMayLeave(rules, receiver, place);
  }
};

/** Nobody else sees it before a second person has confirmed. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, ASK_NOBODY, EXPORT_HELD_BACK, SECOND_PERSON_INVALID, SECOND_PERSON_SAME, CASE_ENDED, and of `cutOut`. */
export const addAsk = async (store: Store, ctx: Context, origin: Origin, input: AskCreate): Promise<Ask> => {
  requireRight(ctx, ASK);
  requireWritable(store);
  const namedIn = async (trx: Trx) =>
    input.second === undefined ? null : namedSecond(trx, ctx, { login: input.second, right: CONFIRM, origin });
  // Whatever refuses it is asked before the picture is revealed for it.
  await withContext(
    store.app,
    ctx,
    async (trx) => {
      await requireSubject(trx, { kind: 'operation', id: input.operation });
      await requireMayReach(trx, input);
      await namedIn(trx);
    },
    { access: 'read only' },
  );
  const crop = await cutOut(store, ctx, input);
  return withContext(store.app, ctx, async (trx) => {
    const second = await namedIn(trx);
    const [id, number] = [randomUUID(), newNumber()];
    await trx
      .insertInto('asks')
      .values({
        id,
        number,
        ...(await sayer(trx, ctx)),
        operation_id: input.operation,
        case_id: input.case,
        media_id: input.media,
        countries: [...new Set(input.countries)].sort(),
        question: input.question,
        due_on: input.due,
        asked_from: origin.osAccount,
        second_user: second?.id ?? null,
        second_login: second?.login ?? null,
      })
      .execute();
    await keepCrop(store, trx, ctx, id, crop);
    await audit(trx, ctx, {
      type: 'ask-add',
      object: { kind: 'media', id: input.media },
      detail: {
        number,
        operation: input.operation,
        countries: input.countries,
        region: input.region,
        crop: digestOf(crop.bytes),
        second: second?.login ?? null,
        due: input.due,
      },
    });
    return shown(await oneAsk(trx, ctx, id), ctx);
  });
};

/** The crop, once its event is committed. Of the own agency it is noted who has looked. Errors: FORBIDDEN, NOT_FOUND, VAULT_CORRUPT, and of the keys. */
export const lookAtCrop = (store: Store, ctx: Context, named: string): Promise<Buffer> => {
  requireRight(ctx, 'reveal');
  return withContext(store.app, ctx, async (trx) => {
    const { id, number, agencyId, operation } = await oneAsk(trx, ctx, named);
    // Opened first: nobody has looked at what does not open.
    const crop = await readCrop(store, trx, id);
    if (agencyId === ctx.actor.agencyId)
      await sql`insert into ask_looks (agency_id, ask_id, user_id) values (app_agency(), ${id}::uuid, app_user()) on conflict do nothing`.execute(
        trx,
      );
    const object = { kind: 'operation', id: operation.id } as const;
    await audit(trx, ctx, { type: 'ask-look', object, detail: { number } });
    return crop;
  });
};

type Step = 'sent' | 'refused' | 'withdrawn' | 'closed';

const step = (
  store: Store,
  ctx: Context,
  named: string,
  {
    to,
    from,
    reason,
    check,
  }: {
    readonly to: Step;
    readonly from: AskRow['state'];
    readonly reason: string | null;
    readonly check?: (trx: Trx, row: AskRow) => Promise<void>;
  },
): Promise<Ask> => {
  const decides = to === 'sent' || to === 'refused';
  requireRight(ctx, decides ? CONFIRM : ASK);
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const row = await oneAsk(trx, ctx, named);
    if (row.agencyId !== ctx.actor.agencyId) throw fail('NOT_FOUND', 'no such question');
    if (row.state !== from) throw fail('REQUEST_CLOSED', saying`question ${row.number}: it is ${row.state}`);
    await check?.(trx, row);
    const { userId, login } = ctx.actor;
    await trx
      .updateTable('asks')
      .set({
        state: to,
        ...(decides && {
          decided_by: userId,
          decided_login: login,
          decided_at: sql<Date>`now()`,
          decision_reason: reason,
        }),
        ...(!decides && { ended_at: sql<Date>`now()` }),
      })
      .where('id', '=', row.id)
      .execute();
    await audit(trx, ctx, {
      type: 'ask-step',
      object: { kind: 'operation', id: row.operation.id },
      detail: { number: row.number, state: to, reason },
    });
    return shown(await oneAsk(trx, ctx, row.id), ctx);
  });
};

const bySecond =
  (ctx: Context, origin: Origin) =>
  async (trx: Trx, row: AskRow): Promise<void> => {
    const asked = {
      requested_by: row.userId,
      requested_from: row.askedFrom,
      second_user: row.secondUser,
      second_login: row.secondLogin,
    };
    await requireSecond(trx, ctx, asked, origin);
  };

/**
 * The second person says that the crop, which they have looked at, shows no victim: it is sent, if what the picture is of lets it still.
 * Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, REQUEST_CLOSED, SECOND_PERSON_SAME, SECOND_PERSON_INVALID, ASK_NOT_LOOKED, ASK_NOBODY, EXPORT_HELD_BACK.
 */
export const confirmAsk = (store: Store, ctx: Context, origin: Origin, named: string): Promise<Ask> => {
  const check = async (trx: Trx, row: AskRow): Promise<void> => {
    await bySecond(ctx, origin)(trx, row);
    if (!row.looked) throw fail('ASK_NOT_LOOKED', saying`question ${row.number}`);
    const { operation, countries, caseId, mediaId } = row;
    await requireMayReach(trx, { operation: operation.id, countries, case: caseId, media: mediaId });
  };
  return step(store, ctx, named, { to: 'sent', from: 'waiting', reason: null, check });
};

/** Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, REQUEST_CLOSED, SECOND_PERSON_SAME, SECOND_PERSON_INVALID. */
export const refuseAsk = (store: Store, ctx: Context, origin: Origin, named: string, reason: string): Promise<Ask> =>
  step(store, ctx, named, { to: 'refused', from: 'waiting', reason, check: bySecond(ctx, origin) });

/** Before it was sent. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, REQUEST_CLOSED. */
export const withdrawAsk = (store: Store, ctx: Context, named: string): Promise<Ask> =>
  step(store, ctx, named, { to: 'withdrawn', from: 'waiting', reason: null });

/** It takes no further answers. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, REQUEST_CLOSED. */
export const closeAsk = (store: Store, ctx: Context, named: string): Promise<Ask> =>
  step(store, ctx, named, { to: 'closed', from: 'sent', reason: null });

/** By those who are asked; read by whoever asked. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, REQUEST_CLOSED. */
export const answerAsk = (store: Store, ctx: Context, named: string, { says, text }: AskAnswerCreate): Promise<Ask> => {
  requireRight(ctx, ANSWER);
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const row = await oneAsk(trx, ctx, named);
    if (row.agencyId === ctx.actor.agencyId) throw fail('FORBIDDEN', 'a question is answered by those who are asked');
    if (row.state !== 'sent') throw fail('REQUEST_CLOSED', saying`question ${row.number}: it is ${row.state}`);
    await sql`insert into ask_answers (ask_agency_id, ask_id, agency_id, country, says, text, user_id, login, said_agency)
      select ${row.agencyId}::uuid, ${row.id}::uuid, a.id, a.country, ${says}, ${text}, app_user(), ${ctx.actor.login}, a.name
      from agencies a where a.id = app_agency()`.execute(trx);
    await audit(trx, ctx, {
      type: 'ask-answer',
      object: { kind: 'operation', id: row.operation.id },
      detail: { number: row.number, says },
    });
    return shown(await oneAsk(trx, ctx, row.id), ctx);
  });
};
