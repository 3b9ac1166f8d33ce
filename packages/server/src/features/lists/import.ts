// Imports a list, as a whole or not at all: read in any format of the field, with a polarity that a person says and the file does not contradict.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import {
  NOT_POSITIVE,
  type ListEntry,
  type ListFormat,
  type ListHeader,
  type Notes,
} from '../../formats/lists/index.js';
import { audit, withContext, withTime, type Store, type Trx } from '../../store/index.js';
import { checkedName, checkedReference } from '../../app/reference.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { requireHandling } from '../handling/index.js';
import { operationByReference } from '../operations/index.js';
import { openListFile, type OpenedList } from './list-files.js';
import { insertList, readLists, versionOf } from './queries.js';
import { Stage } from './stage.js';

export interface ListImport {
  /** Of one list and format, applied in this order: the pages of a download. */
  readonly files: readonly string[];
  readonly format?: ListFormat | undefined;
  readonly name: string;
  readonly polarity: List['polarity'];
  /** What the file names, or 1. */
  readonly version?: string | undefined;
  /** Whose list it is. */
  readonly owner?: string | undefined;
  /** The version that the files are applied to: additions and what was taken back since. */
  readonly onto?: string | undefined;
  /** Reference of the operation whose members may use it. */
  readonly shareWith?: string | undefined;
  readonly expiresAt?: Date | undefined;
  /** TLP:AMBER unless given. */
  readonly handling?: string | undefined;
  /** Takes a plain list without its lines that hold no hash. */
  readonly skipsBadLines?: boolean;
  /** Takes VICS 1.2 for known bad, though the known good of NIST has the same header. */
  readonly isNotNist?: boolean;
  /** Called after each batch: entries so far, and the part of the bytes that is read. */
  readonly onProgress?: (entries: number, part: number) => void;
}

/** Errors: ARGUMENT_INVALID, FORBIDDEN, READ_ONLY, SOURCE_UNREADABLE, LIST_INVALID, LIST_FORMAT_UNKNOWN, LIST_POLARITY_REFUSED, ALREADY_EXISTS, NOT_FOUND. */
export const importList = (store: Store, ctx: Context, input: ListImport): Promise<List> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  checkInput(input);
  return withContext(store.app, ctx, async (trx) => {
    await withTime(trx);
    const operationId = input.shareWith === undefined ? null : await operationByReference(trx, input.shareWith);
    if (input.shareWith !== undefined && operationId === null) throw fail('NOT_FOUND', `operation ${input.shareWith}`);
    const { handling = 'TLP:AMBER', name, polarity } = input;
    await requireHandling(trx, handling);
    if (input.version !== undefined && (await versionOf(trx, name, input.version)) !== null)
      throw exists(name, input.version);
    const ontoId = await ontoOf(trx, input);
    const { stage, header, notes, sha256 } = await stageFiles(trx, input, ontoId);
    const version = input.version ?? checkedReference('list-version', header.edition ?? '1');
    notes.addCount('CATEGORY_CONFLICT', await stage.conflicts());
    const counts = await stage.counts();
    // A download that was cut off looks like this, and a list of nothing answers "unknown" for everything.
    if (counts.items === 0) throw fail('LIST_INVALID', nothingIn(input.files, notes), { pointer: 'file' });
    const id = await insertList(trx, {
      agency_id: ctx.actor.agencyId,
      operation_id: operationId,
      name,
      polarity,
      version,
      source_name: input.files
        .map((file) => basename(file))
        .join(', ')
        .slice(0, 500),
      source_sha256: sha256,
      entry_count: counts.digests,
      handling,
      expires_at: input.expiresAt ?? null,
      created_by: ctx.actor.userId,
      format: header.format,
      owner: input.owner ?? null,
      notes: JSON.stringify(notes.all()),
      onto_id: ontoId,
    });
    if (id === null) throw exists(name, version);
    await stage.become(id, ctx.actor.agencyId);
    await audit(trx, ctx, {
      type: 'list-import',
      object: { kind: 'list', id },
      detail: { name, version, polarity, entries: counts.digests, sha256: sha256.toString('hex') },
    });
    const list = (await readLists(trx, name)).find((one) => one.id === id);
    if (list === undefined) throw fail('INTERNAL', `list ${id} is not there after its import`);
    return list;
  });
};

const exists = (name: string, version: string): Error => fail('ALREADY_EXISTS', `list ${name} version ${version}`);

const checkInput = (input: ListImport): void => {
  checkedName('name', input.name);
  if (input.version !== undefined) checkedReference('list-version', input.version);
  if (input.owner !== undefined) checkedName('owner', input.owner);
  const { expiresAt } = input;
  if (expiresAt !== undefined && expiresAt.getTime() <= Date.now())
    throw fail('ARGUMENT_INVALID', `${expiresAt.toISOString().slice(0, 10)} has passed: the list would never count`, {
      pointer: 'expires',
    });
};

const ontoOf = async (trx: Trx, { name, onto }: ListImport): Promise<string | null> => {
  if (onto === undefined) return null;
  const id = await versionOf(trx, name, onto);
  if (id === null) throw fail('NOT_FOUND', `version ${onto} of list ${name}: see redthread list show ${name}`);
  return id;
};

interface Staged {
  readonly stage: Stage;
  readonly header: ListHeader;
  readonly notes: Notes;
  readonly sha256: Buffer;
}

const stageFiles = async (trx: Trx, input: ListImport, ontoId: string | null): Promise<Staged> => {
  const digests: Buffer[] = [];
  let staged: Omit<Staged, 'sha256'> | null = null;
  let entries = 0;
  for (const [index, file] of input.files.entries()) {
    const opened = await openListFile(file, input.format);
    const { header, notes } = opened.reading;
    if (staged === null) {
      staged = { stage: await Stage.open(trx, header.format), header, notes };
      if (ontoId !== null) await staged.stage.startFrom(ontoId);
    } else if (header.format !== staged.header.format)
      throw fail('ARGUMENT_INVALID', `${file}: ${header.format}, and the first is ${staged.header.format}`, {
        pointer: 'file',
      });
    const before = entries;
    entries += await stageEntries(opened, staged.stage, input, (count) =>
      input.onProgress?.(before + count, (index + opened.bytesRead() / Math.max(1, opened.bytes)) / input.files.length),
    );
    if (notes !== staged.notes) staged.notes.take(notes);
    digests.push(opened.sha256());
  }
  if (staged === null) throw fail('ARGUMENT_INVALID', 'no file', { pointer: 'file' });
  if (ontoId === null && isDelta(staged.header))
    throw fail('ARGUMENT_INVALID', 'a delta is applied to the version that it belongs to: name it with --onto', {
      pointer: 'onto',
    });
  const [only] = digests;
  const sha256 = digests.length === 1 ? only! : createHash('sha256').update(Buffer.concat(digests)).digest();
  return { ...staged, sha256 };
};

const isDelta = ({ format }: ListHeader): boolean => format === 'nsrl-delta';

const stageEntries = async (
  { reading }: OpenedList,
  stage: Stage,
  input: ListImport,
  onProgress: (entries: number) => void,
): Promise<number> => {
  const { header, notes } = reading;
  let count = 0;
  for await (const batch of reading.entries) {
    requirePolarity(input, header);
    const kept = batch.filter((entry) => isMeant(entry, notes));
    await stage.add(kept);
    count += batch.length;
    onProgress(count);
  }
  requirePolarity(input, header);
  await stage.flush();
  const bad = notes.all().find(({ code }) => code === 'LINE_SKIPPED');
  // Half a list answers "unknown" for what its owner knows: that is for a person to say.
  if (bad !== undefined && header.format === 'hash-list' && input.skipsBadLines !== true) {
    const more = bad.count > bad.places.length ? `; and ${bad.count - bad.places.length} more` : '';
    throw fail('LIST_INVALID', `no hash in ${bad.places.join('; ')}${more}; --skip-bad-lines takes the rest`, {
      pointer: bad.places[0]?.split(':')[0] ?? 'file',
    });
  }
  return count;
};

const isMeant = ({ place, properties }: ListEntry, notes: Notes): boolean => {
  const opinion = properties['opinion'];
  if (typeof opinion !== 'string' || !NOT_POSITIVE.has(opinion)) return true;
  notes.add('OPINION_NOT_POSITIVE', place, opinion);
  return false;
};

/** Of these nobody says that it is harmless; what it is beyond that, the file does not say. */
const REPORTED: ReadonlySet<ListFormat> = new Set(['ncmec', 'stopncii']);

/** Errors: LIST_POLARITY_REFUSED. */
const requirePolarity = ({ polarity, isNotNist }: ListImport, header: ListHeader): void => {
  if (polarity === 'other') return;
  const refused = (why: string): Error => fail('LIST_POLARITY_REFUSED', why, { pointer: 'polarity' });
  if (polarity === 'known-good' && REPORTED.has(header.format))
    throw refused(`known-good, but a file of the format ${header.format} holds what was reported`);
  if (header.polarity !== null && header.polarity !== polarity)
    throw refused(`${polarity}, but a file of the format ${header.format} says ${header.polarity}`);
  if (
    header.formatVersion === '1.2' &&
    header.kind === 'media' &&
    header.polarity === null &&
    polarity === 'known-bad' &&
    isNotNist !== true
  )
    throw refused(
      'known-bad, but the harmless pictures of NIST have this header too: --not-nist says that it is another list',
    );
};

const nothingIn = (files: readonly string[], notes: Notes): string => {
  const empty = notes.count('HASH_OF_EMPTY_FILE') > 0 ? ' but those of an empty file' : '';
  return `${files.join(', ')} holds no hash${empty}`;
};
