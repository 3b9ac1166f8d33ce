// Registers an exhibit for an ingest, as the person who brings it, and puts beginning and end on record.
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { checkedReference } from '../../app/reference.js';
import { requireRight } from '../accounts/index.js';
import { byActor, writeCustody } from '../custody/index.js';
import { inPlaceRoot, openSource, type Source } from './source.js';

export interface RegisterExhibit {
  readonly caseReference: string;
  readonly exhibitReference: string;
  /** Path of a folder or an archive on this machine. */
  readonly source: string;
  /** Leave the contents where they are, under a root that the operator has configured. */
  readonly inPlace: boolean;
}

export interface RegisteredExhibit {
  readonly agencyId: string;
  readonly caseId: string;
  readonly exhibitId: string;
  readonly source: Source;
  readonly inPlace: boolean;
  /** An earlier run has seen some of it. */
  readonly isResumed: boolean;
}

/**
 * The exhibit to ingest, new or as an earlier run left it. Errors: FORBIDDEN, KEY_MISSING, KEY_DAMAGED, KEY_WRONG, CASE_UNKNOWN,
 * SOURCE_UNREADABLE, SOURCE_NOT_SUPPORTED, SOURCE_OUTSIDE_ROOTS, EXHIBIT_SOURCE_DIFFERS.
 */
export const registerExhibit = async (
  store: Store,
  ctx: Context,
  { caseReference, exhibitReference, source: given, inPlace }: RegisterExhibit,
): Promise<RegisteredExhibit> => {
  requireRight(ctx, 'ingest exhibits');
  checkedReference('exhibit', exhibitReference);
  store.keys.requireReady();
  const source = openSource(given);
  const root = inPlace ? inPlaceRoot(source, store.config.inPlaceRoots) : null;
  return withContext(store.app, ctx, async (trx) => {
    const placed = await placeExhibit(trx, ctx, { caseReference, exhibitReference, source, inPlaceRoot: root });
    await recordIngestStart(trx, ctx, placed, { source, inPlace });
    return { agencyId: ctx.actor.agencyId, ...placed, source, inPlace };
  });
};

export interface PlaceExhibit {
  readonly caseReference: string;
  readonly exhibitReference: string;
  readonly source: Source;
  readonly inPlaceRoot: string | null;
}

export type PlacedExhibit = Pick<RegisteredExhibit, 'caseId' | 'exhibitId' | 'isResumed'>;

/** The row of an exhibit, new or as an earlier run left it. Errors: CASE_UNKNOWN, EXHIBIT_SOURCE_DIFFERS. */
export const placeExhibit = async (
  trx: Trx,
  ctx: Context,
  { caseReference, exhibitReference, source, inPlaceRoot: root }: PlaceExhibit,
): Promise<PlacedExhibit> => {
  const caseId = await ownCase(trx, ctx, caseReference);
  const existing = await trx
    .insertInto('exhibits')
    .values({
      agency_id: ctx.actor.agencyId,
      case_id: caseId,
      reference: exhibitReference,
      kind: source.kind,
      source_path: source.path,
      in_place_root: root,
      container_size_bytes: source.sizeBytes,
      container_sha256: null,
      error_code: null,
      error_detail: null,
      created_by: ctx.actor.userId,
    })
    .onConflict((conflict) =>
      conflict.columns(['case_id', 'reference']).doUpdateSet({ error_code: null, error_detail: null }),
    )
    .returning(['id', 'source_path', 'in_place_root', 'files_seen', 'state'])
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      // An exhibit of this reference is there, and its handling code keeps it from the actor.
      if ((error as { code?: string }).code === '42501')
        throw fail('ALREADY_EXISTS', saying`exhibit ${exhibitReference} of ${caseReference}`, { cause: error });
      throw error;
    });
  const inPlace = root !== null;
  if (existing.source_path !== source.path || (existing.in_place_root !== null) !== inPlace)
    throw fail(
      'EXHIBIT_SOURCE_DIFFERS',
      saying`exhibit ${exhibitReference} of ${caseReference} is ${existing.source_path}${existing.in_place_root === null ? '' : ', in place'}; given was ${source.path}${inPlace ? ', in place' : ''}`,
    );
  const isResumed = existing.files_seen > 0 || existing.state !== 'registered';
  // A run that goes on adds nothing to who had it: the record tells of each run.
  if (!isResumed)
    await writeCustody(trx, [
      {
        ...byActor(ctx),
        caseId,
        exhibitId: existing.id,
        event: 'registered',
        from: source.path,
        to: `${caseReference}/${exhibitReference}`,
      },
    ]);
  return { caseId, exhibitId: existing.id, isResumed };
};

export const recordIngestStart = (
  trx: Trx,
  ctx: Context,
  { exhibitId, isResumed }: PlacedExhibit,
  { source, inPlace }: { readonly source: Source; readonly inPlace: boolean },
): Promise<void> =>
  audit(trx, ctx, {
    type: 'ingest-start',
    object: { kind: 'exhibit', id: exhibitId },
    detail: { source: source.path, kind: source.kind, resumed: isResumed, inPlace },
  });

/** A case of the actor's own agency: a shared one is looked at, not added to. */
const ownCase = async (trx: Trx, ctx: Context, reference: string): Promise<string> => {
  const found = await trx
    .selectFrom('cases')
    .select('id')
    .where('agency_id', '=', ctx.actor.agencyId)
    .where('reference', '=', reference)
    .executeTakeFirst();
  if (found === undefined) throw fail('CASE_UNKNOWN', reference);
  return found.id;
};

export interface IngestEnd {
  readonly files: number;
  readonly bytes: number;
  /** Entries without content: links, devices, damaged, encrypted, gone. */
  readonly unread: number;
  readonly interrupted: boolean;
}

/** Puts the end of a run on record, the interrupted one too. */
export const recordIngestEnd = (store: Store, ctx: Context, exhibitId: string, end: IngestEnd): Promise<void> =>
  withContext(store.app, ctx, (trx) => auditIngestEnd(trx, ctx, exhibitId, end));

export const auditIngestEnd = (
  trx: Trx,
  ctx: Context,
  exhibitId: string,
  { files, bytes, unread, interrupted }: IngestEnd,
): Promise<void> =>
  audit(trx, ctx, {
    type: 'ingest-end',
    object: { kind: 'exhibit', id: exhibitId },
    detail: { files, bytes, failed: unread, interrupted },
  });
