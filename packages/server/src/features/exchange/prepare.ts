// Goes through an export once before anything leaves: what is in it, what would be missing, and whether all of it may go to whom it is for.
import {
  EXCHANGE_NOTES,
  type ExchangeAsk,
  type ExchangeNoteCode,
  type ExchangeSummary,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { schemeNamed, type Schemes } from '@redthread/core/schemes';
import type { ExchangeMedia } from '../../formats/exchange/media.js';
import type { Trx } from '../../store/index.js';
import { requireHandling } from '../handling/index.js';
import { schemesHere } from '../schemes/index.js';
import { schemeOfRule } from '../verdicts/index.js';
import { choose, unreadFiles, type Chosen } from './choose.js';
import {
  handlingRules,
  reaches,
  receiverNamed,
  requireMayLeave,
  type HandlingRules,
  type Receiver,
} from './handling.js';
import { categoryIn } from './list-entry.js';
import { readMedia, type MediaToRead, type Told } from './read-media.js';

export const PAGE = 500;
const PLACES = 20;
/** Schemes that VICS has a region for. */
const VICS_SCHEMES = ['vic-us@2.0', 'vic-default@2.0', 'vic-canada@2.0'] as const;

export interface Prepared {
  readonly chosen: Chosen;
  readonly summary: ExchangeSummary;
  readonly schemes: Schemes;
  readonly rules: HandlingRules;
  readonly receiver: Receiver | null;
  /** Media of each case that has a file in it, in order. */
  readonly byCase: ReadonlyMap<string, readonly string[]>;
}

/** Errors: those of `choose`; SCHEME_UNKNOWN, EXPORT_SCHEME, EXPORT_INCOMPLETE, EXPORT_HELD_BACK, HANDLING_UNKNOWN, REQUEST_INVALID. */
export const prepare = async (trx: Trx, ctx: Context, ask: ExchangeAsk): Promise<Prepared> => {
  const chosen = await choose(trx, ask);
  if (chosen.media.length === 0)
    throw fail('EXPORT_INCOMPLETE', saying`${chosen.subject} holds no file that could be read`);
  const schemes = await schemesHere(trx);
  const scheme = await schemeOf(trx, schemes, ask);
  const rules = await handlingRules(trx);
  const receiver = ask.to === undefined ? null : await receiverNamed(trx, ask.to);
  const notes = new NoteCount();
  const unread = await unreadFiles(trx, chosen.scope);
  if (unread.count > 0 && !ask.withoutUnread)
    throw fail(
      'EXPORT_INCOMPLETE',
      saying`${unread.places[0] ?? ''} could not be read and has no digest, as ${unread.count} in all`,
      { pointer: '/withoutUnread' },
    );
  notes.add('UNREAD_LEFT_OUT', unread.places, unread.count);
  const seen = { files: 0, codes: new Set<string>(), byCase: new Map<string, string[]>() };
  for (let at = 0; at < chosen.media.length; at += PAGE) {
    const ids = chosen.media.slice(at, at + PAGE);
    for (const media of await readToLeave(trx, ctx, { rules, receiver }, { ids, files: chosen.files, leaveOut: [] })) {
      take(media, seen);
      const categorised = categoryIn(schemes, scheme, media.verdicts);
      if (categorised.category === null && categorised.why !== null && !ask.leaveOut.includes('verdicts'))
        notes.add(categorised.why, [media.sha256]);
      if (media.closed) notes.add('CLOSED', [media.sha256]);
    }
  }
  return {
    chosen,
    schemes,
    rules,
    receiver,
    byCase: seen.byCase,
    summary: {
      format: ask.format,
      subject: chosen.subject,
      media: chosen.media.length,
      files: seen.files,
      handling: await handlingOf(trx, rules, seen.codes, ask),
      scheme,
      to: receiver?.name ?? null,
      notes: notes.all(),
    },
  };
};

const schemeOf = async (trx: Trx, schemes: Schemes, { format, scheme }: ExchangeAsk): Promise<string> => {
  const named = scheme ?? (format === 'icse' ? 'interpol-baseline@1' : await schemeOfRule(trx));
  schemeNamed(schemes, named);
  if (format === 'vics' && !(VICS_SCHEMES as readonly string[]).includes(named))
    throw fail('EXPORT_SCHEME', saying`${named}: VICS is written in ${VICS_SCHEMES.join(', ')}`, {
      pointer: '/scheme',
    });
  if (format === 'icse' && named !== 'interpol-baseline@1')
    throw fail('EXPORT_SCHEME', saying`${named}: ICSE has a column for interpol-baseline@1 alone`, {
      pointer: '/scheme',
    });
  return named;
};

/** Media as they may leave for whom the export is: asked anew of each page that is written. Errors: those of `readMedia`, EXPORT_HELD_BACK. */
export const readToLeave = async (
  trx: Trx,
  ctx: Context,
  { receiver, rules }: Pick<Prepared, 'receiver' | 'rules'>,
  wanted: Omit<MediaToRead, 'mayTell'>,
): Promise<ExchangeMedia[]> => {
  if (receiver === null) return readMedia(trx, { ...wanted, mayTell: () => true });
  // What others call their series and lists is theirs to give; a code on one's own holds its name back, and not the media.
  const mayTell = ({ agencyId, caseId, code }: Told): boolean =>
    agencyId === ctx.actor.agencyId &&
    (code === null ? caseId === null : reaches(rules, receiver, { caseId, handling: code }));
  const page = await readMedia(trx, { ...wanted, mayTell });
  for (const media of page) requireOwn(ctx, rules, receiver, media);
  return page;
};

const requireOwn = (ctx: Context, rules: HandlingRules, receiver: Receiver, media: ExchangeMedia): void => {
  if (media.agency.id !== ctx.actor.agencyId)
    throw fail('EXPORT_HELD_BACK', saying`${media.sha256} is of ${media.agency.name}, and theirs to give`);
  for (const { caseId, exhibit, handling, path } of media.files)
    requireMayLeave(rules, receiver, { caseId, handling, place: `${exhibit}/${path}` });
};

interface Seen {
  files: number;
  readonly codes: Set<string>;
  readonly byCase: Map<string, string[]>;
}

const take = (media: ExchangeMedia, seen: Seen): void => {
  seen.files += media.files.length;
  for (const { handling } of media.files) seen.codes.add(handling);
  for (const caseId of new Set(media.files.map((file) => file.caseId))) {
    const of = seen.byCase.get(caseId);
    if (of === undefined) seen.byCase.set(caseId, [media.id]);
    else of.push(media.id);
  }
};

/** The code of a file with these in it: what only named people may see leaves where somebody says so. Errors: REQUEST_INVALID, HANDLING_UNKNOWN. */
export const handlingOf = async (
  trx: Trx,
  rules: HandlingRules,
  codes: ReadonlySet<string>,
  { handling }: Pick<ExchangeAsk, 'handling'>,
): Promise<string> => {
  const strictest = rules.strictest(codes);
  if (handling === undefined) {
    if (rules.reachOf(strictest) === 'named')
      throw fail('REQUEST_INVALID', saying`it holds what is ${strictest}: say under which code the file is handled`, {
        pointer: '/handling',
      });
    return strictest;
  }
  await requireHandling(trx, handling);
  if (rules.strictest([handling, strictest]) !== handling)
    throw fail('REQUEST_INVALID', saying`it holds what is ${strictest}, which is stricter than ${handling}`, {
      pointer: '/handling',
    });
  return handling;
};

class NoteCount {
  readonly #notes = new Map<ExchangeNoteCode, { count: number; places: string[] }>();

  add(code: ExchangeNoteCode, places: readonly string[], count = places.length): void {
    if (count === 0) return;
    const note = this.#notes.get(code) ?? { count: 0, places: [] };
    note.count += count;
    note.places.push(...places.slice(0, PLACES - note.places.length));
    this.#notes.set(code, note);
  }

  all(): ExchangeSummary['notes'] {
    return (Object.keys(EXCHANGE_NOTES) as ExchangeNoteCode[]).flatMap((code) => {
      const note = this.#notes.get(code);
      return note === undefined ? [] : [{ code, ...note }];
    });
  }
}
