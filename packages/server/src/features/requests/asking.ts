// What can be asked for, each checked as far as it can be before the second person is troubled with it.
import { checkedReference } from '../../app/reference.js';
import type { TwoPersonRequest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { agencyNamed } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { contentsOfCase, ownCase, ownExhibit } from './find.js';
import { ask, requireAsking, type Asking } from './steps/ask.js';
import { requireOpen } from './steps/checks.js';
import type { Origin } from './steps/people.js';
import { releasedHold, rowsByNumber, type RequestRow } from './steps/queries.js';

interface ExhibitAsking extends Asking {
  /** Id, `CASE/EXHIBIT`, or the reference alone where it is one exhibit's. */
  readonly exhibit: string;
}

/** The reference must be free where the exhibit goes. Errors: ALREADY_EXISTS. */
const requireFree = async (trx: Trx, caseId: string, reference: string): Promise<void> => {
  const taken = await trx
    .selectFrom('exhibits')
    .select('id')
    .where('case_id', '=', caseId)
    .where('reference', '=', reference)
    .executeTakeFirst();
  if (taken !== undefined)
    throw fail('ALREADY_EXISTS', saying`exhibit ${reference} in that case: give it another reference there (--as)`, {
      pointer: '/as',
    });
};

/** Errors: FORBIDDEN, REQUEST_INVALID, READ_ONLY, NOT_FOUND, CASE_UNKNOWN, CASE_ENDED, ALREADY_EXISTS, and those of `ask`. */
export const askToMove = (
  store: Store,
  ctx: Context,
  origin: Origin,
  input: ExhibitAsking & { readonly toCase: string; readonly as?: string | undefined },
): Promise<TwoPersonRequest> => {
  requireAsking(ctx, 'exhibit-move', input);
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const exhibit = await ownExhibit(trx, ctx, input.exhibit);
    const target = await ownCase(trx, ctx, input.toCase);
    if (target.id === exhibit.caseId) throw fail('REQUEST_IMPOSSIBLE', saying`it is in ${target.reference} already`);
    for (const id of [exhibit.caseId, target.id]) await requireOpen(trx, id);
    const as = checkedReference('as', input.as ?? exhibit.reference);
    await requireFree(trx, target.id, as);
    return ask(trx, ctx, origin, input, {
      kind: 'exhibit-move',
      caseId: exhibit.caseId,
      exhibitId: exhibit.id,
      toCaseId: target.id,
      subject: {
        case: exhibit.caseReference,
        exhibit: exhibit.reference,
        to: target.reference,
        files: exhibit.files,
        as,
        notes: filesNote(exhibit.files),
      },
    });
  });
};

const filesNote = (files: number): string[] => [`${files} ${files === 1 ? 'file' : 'files'}`];

/** Errors: those of `askToMove`. */
export const askToWithdraw = (
  store: Store,
  ctx: Context,
  origin: Origin,
  input: ExhibitAsking,
): Promise<TwoPersonRequest> => {
  requireAsking(ctx, 'exhibit-withdraw', input);
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const exhibit = await ownExhibit(trx, ctx, input.exhibit);
    await requireOpen(trx, exhibit.caseId);
    return ask(trx, ctx, origin, input, {
      kind: 'exhibit-withdraw',
      caseId: exhibit.caseId,
      exhibitId: exhibit.id,
      subject: {
        case: exhibit.caseReference,
        exhibit: exhibit.reference,
        files: exhibit.files,
        notes: filesNote(exhibit.files),
      },
    });
  });
};

interface CaseAsking extends Asking {
  /** Id or reference. */
  readonly case: string;
}

/** Errors: those of `askToMove`; NOT_FOUND for an agency of another name. */
export const askToTransfer = (
  store: Store,
  ctx: Context,
  origin: Origin,
  input: CaseAsking & { readonly toAgency: string },
): Promise<TwoPersonRequest> => {
  requireAsking(ctx, 'case-transfer', input);
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const found = await ownCase(trx, ctx, input.case);
    await requireOpen(trx, found.id);
    const toAgencyId = await agencyNamed(trx, input.toAgency);
    if (toAgencyId === null) throw fail('NOT_FOUND', saying`no agency is called ${input.toAgency}`);
    if (toAgencyId === ctx.actor.agencyId) throw fail('REQUEST_IMPOSSIBLE', 'the case is yours already');
    const { files, inPlace } = await contentsOfCase(trx, found.id);
    if (inPlace.length > 0)
      throw fail(
        'REQUEST_IMPOSSIBLE',
        `exhibit ${inPlace.map(({ reference }) => reference).join(', ')} lies in place, where the other agency does not reach it: ` +
          'withdraw it first, or ingest it again without --in-place',
      );
    return ask(trx, ctx, origin, input, {
      kind: 'case-transfer',
      caseId: found.id,
      toAgencyId,
      subject: { case: found.reference, to: input.toAgency, files, notes: filesNote(files) },
    });
  });
};

/** Errors: those of `askToMove`; EXHIBIT_IN_PLACE unless what lies in place may stay. */
export const askToDestroy = (
  store: Store,
  ctx: Context,
  origin: Origin,
  input: CaseAsking & { readonly leaveInPlace: boolean },
): Promise<TwoPersonRequest> => {
  requireAsking(ctx, 'case-destroy', input);
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const found = await ownCase(trx, ctx, input.case);
    await requireOpen(trx, found.id);
    const { files, inPlace } = await contentsOfCase(trx, found.id);
    const places = inPlace.map(({ reference, source }) => `exhibit ${reference} in ${source}`);
    if (places.length > 0 && !input.leaveInPlace) throw fail('EXHIBIT_IN_PLACE', places.join(', '));
    const released = await releasedHold(trx, found.id);
    return ask(trx, ctx, origin, input, {
      kind: 'case-destroy',
      caseId: found.id,
      subject: {
        case: found.reference,
        files,
        leaveInPlace: input.leaveInPlace,
        notes: [
          ...filesNote(files),
          ...places.map((place) => `${place} stays where it is`),
          ...(released === null ? [] : [released]),
        ],
      },
    });
  });
};

interface NumberAsking extends Asking {
  /** Number of the request that is undone or purged. */
  readonly number: string;
}

const doneRequest = async (trx: Trx, ctx: Context, number: string): Promise<RequestRow> => {
  const [row] = await rowsByNumber(trx, number);
  if (row === undefined || row.agency_id !== ctx.actor.agencyId) throw fail('NOT_FOUND', saying`no request ${number}`);
  if (row.state !== 'done')
    throw fail('REQUEST_IMPOSSIBLE', saying`request ${number} is ${row.state}: only what was done can be undone`);
  if (row.is_settled) throw fail('REQUEST_IMPOSSIBLE', saying`request ${number} was undone or purged already`);
  return row;
};

/** Errors: those of `askToMove`; REQUEST_IMPOSSIBLE for what cannot be undone any more. */
export const askToUndo = (
  store: Store,
  ctx: Context,
  origin: Origin,
  input: NumberAsking & { readonly as?: string | undefined },
): Promise<TwoPersonRequest> => {
  requireAsking(ctx, 'undo', input);
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const row = await doneRequest(trx, ctx, input.number);
    requireAsking(ctx, 'undo', input, row.kind);
    if (row.kind === 'case-transfer')
      throw fail(
        'REQUEST_IMPOSSIBLE',
        saying`the case is ${row.subject.to ?? ''}'s now: they hand it back with redthread case transfer, and it returns to its own line here`,
      );
    if (row.kind !== 'exhibit-move' && row.kind !== 'exhibit-withdraw')
      throw fail('REQUEST_IMPOSSIBLE', saying`${row.kind} cannot be undone`);
    await requireOpen(trx, row.case_id);
    const reference = checkedReference('as', input.as ?? row.subject.exhibit ?? '');
    await requireFree(trx, row.case_id, reference);
    if (row.kind === 'exhibit-move') {
      const exhibit = await ownExhibit(trx, ctx, row.exhibit_id ?? '');
      if (exhibit.caseId !== row.to_case_id)
        throw fail('REQUEST_IMPOSSIBLE', saying`the exhibit has gone on to ${exhibit.caseReference}: undo that first`);
    }
    return ask(trx, ctx, origin, input, {
      kind: 'undo',
      undoes: row.kind,
      caseId: row.case_id,
      exhibitId: row.exhibit_id ?? '',
      ...(row.to_case_id === null ? {} : { toCaseId: row.to_case_id }),
      ofRequest: row.id,
      subject: { ...row.subject, as: reference, notes: [`undoes ${row.kind} ${row.number}: ${row.reason}`] },
    });
  });
};

/** Errors: those of `askToMove`; REQUEST_IMPOSSIBLE for what is no withdrawal, or was undone. */
export const askToPurge = (
  store: Store,
  ctx: Context,
  origin: Origin,
  input: NumberAsking,
): Promise<TwoPersonRequest> => {
  requireAsking(ctx, 'purge', input);
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const row = await doneRequest(trx, ctx, input.number);
    if (row.kind !== 'exhibit-withdraw')
      throw fail(
        'REQUEST_IMPOSSIBLE',
        saying`${row.kind} leaves nothing to purge: only a withdrawn exhibit is kept aside`,
      );
    await requireOpen(trx, row.case_id);
    return ask(trx, ctx, origin, input, {
      kind: 'purge',
      caseId: row.case_id,
      exhibitId: row.exhibit_id ?? '',
      ofRequest: row.id,
      subject: { ...row.subject, notes: [`purges what was withdrawn by ${row.number}: ${row.reason}`] },
    });
  });
};
