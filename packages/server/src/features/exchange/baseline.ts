// The baseline list: digests alone, of what people of two agencies in different countries have each looked at and found to be baseline. What no longer is, or was
// taken back, is told to whoever received it earlier, by the next file for them.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { BaselineAsk, BaselineSummary, Facts } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { deriveCode } from '@redthread/core/schemes';
import { entryOf, writeHashes } from '../../formats/lists/index.js';
import { audit, rowsOf, withContext, withTime, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { handlingRules, receiverNamed, requireMayLeave, type Receiver } from './handling.js';
import { writeInLedger } from './ledger.js';

const SCHEME = 'interpol-baseline@1';
const [IN, OUT] = ['baseline', 'not-baseline'] as const;
/** Why an entry goes by itself; it comes back when the votes carry it again. */
const NO_LONGER = 'the votes no longer carry it';

interface Vote {
  readonly sha256: string;
  readonly agencyId: string;
  readonly country: string;
  readonly scheme: string;
  readonly code: string;
  readonly facts: Facts | null;
}

/** Votes in force of people who looked, among what the actor sees: of the media's own agency, in the scheme or by the facts that they stated. */
const votesOf = (trx: Trx): AsyncGenerator<Vote> =>
  rowsOf<Vote>(
    trx,
    sql`
    select encode(m.sha256, 'hex') as sha256, m.agency_id as "agencyId", a.country, v.scheme, v.code, v.facts
    from verdicts v join media m on m.id = v.media_id join agencies a on a.id = m.agency_id
    where v.retracted_at is null and v.seen = 'looked' and v.voter_agency_id = v.agency_id
      and (v.scheme = ${SCHEME} or v.facts is not null) order by m.sha256`,
  );

const saysOf = ({ code, facts, scheme }: Vote): string | null => {
  if (scheme === SCHEME) return code;
  const derived = facts === null ? null : deriveCode(facts, SCHEME).to;
  return derived === null ? null : derived.slice(SCHEME.length + 1);
};

interface Tally {
  readonly sha256: string;
  readonly agencies: Map<string, string>;
  disputed: boolean;
}

interface Entry {
  readonly mediaId: string;
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
}

interface Release {
  readonly receiver: Receiver;
  readonly entries: readonly Entry[];
  /** Given to this receiver earlier, and in force no longer. */
  readonly withdrawn: readonly string[];
  /** Of those, the ones that go by themselves now. */
  readonly going: readonly string[];
  readonly summary: BaselineSummary;
}

/** One digest after the other, with what was voted on it; memory holds the votes on one. */
async function* tallied(votes: AsyncIterable<Vote>): AsyncGenerator<Tally> {
  let tally: Tally | null = null;
  for await (const vote of votes) {
    if (tally !== null && tally.sha256 !== vote.sha256) {
      yield tally;
      tally = null;
    }
    tally ??= { sha256: vote.sha256, agencies: new Map(), disputed: false };
    const says = saysOf(vote);
    if (says === IN) tally.agencies.set(vote.agencyId, vote.country);
    else if (says === OUT) tally.disputed = true;
  }
  if (tally !== null) yield tally;
}

/** Own media of these digests, with every own file of each, which its code has to let go. Errors: EXPORT_HELD_BACK. */
const ownEntries = async (
  trx: Trx,
  receiver: Receiver,
  digests: readonly string[],
): Promise<{ entries: Entry[]; handling: string }> => {
  const { rows } = await sql<Entry & { files: { caseId: string; handling: string; place: string }[] }>`
    select m.id as "mediaId", encode(m.sha256, 'hex') as sha256, encode(m.sha1, 'hex') as sha1, encode(m.md5, 'hex') as md5,
      coalesce((select json_agg(json_build_object('caseId', c.id, 'handling', coalesce(e.handling, c.handling),
          'place', c.reference || '/' || e.reference || '/' || o.path) order by c.reference, e.reference, o.path)
        from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = o.case_id where o.media_id = m.id), '[]') as files
    from media m where m.agency_id = app_agency() and encode(m.sha256, 'hex') = any(${[...digests]}::text[]) order by m.sha256`.execute(
    trx,
  );
  const rules = await handlingRules(trx);
  for (const { files } of rows) for (const file of files) requireMayLeave(rules, receiver, file);
  return {
    entries: rows.map(({ files: _files, ...entry }) => entry),
    handling: rules.strictest(rows.flatMap(({ files }) => files.map(({ handling }) => handling))),
  };
};

interface Given {
  readonly sha256: string;
  readonly mine: boolean;
  readonly withdrawn: boolean;
  readonly reason: string | null;
}

/** What was released before: to this receiver, or to anybody. */
const givenBefore = async (trx: Trx, receiver: string): Promise<Given[]> => {
  const { rows } = await sql<Given>`
    select encode(i.sha256, 'hex') as sha256, k.receiver = ${receiver} as mine, i.withdrawn_at is not null as withdrawn, i.withdraw_reason as reason
    from contribution_items i join contributions k on k.id = i.contribution_id where k.format = 'baseline' and k.agency_id = app_agency()`.execute(
    trx,
  );
  return rows;
};

/** Whoever does not see all of their agency would take back what they do not see. Errors: FORBIDDEN. */
const requireWholeSight = async (trx: Trx): Promise<void> => {
  const { rows } = await sql<{ whole: boolean }>`select whole_agency() is not null as whole`.execute(trx);
  if (rows[0]?.whole !== true)
    throw fail(
      'FORBIDDEN',
      'a case of your agency is kept from you: the list is released by somebody who sees all of them',
    );
};

const releaseFor = async (trx: Trx, { actor }: Context, ask: BaselineAsk): Promise<Release> => {
  await withTime(trx);
  await requireWholeSight(trx);
  const receiver = await receiverNamed(trx, ask.to);
  const given = await givenBefore(trx, receiver.name);
  const takenBack = new Set(
    given.filter(({ reason, withdrawn }) => withdrawn && reason !== NO_LONGER).map(({ sha256 }) => sha256),
  );
  const carried: string[] = [];
  let [disputed, alone] = [0, 0];
  for await (const { agencies, disputed: isDisputed, sha256 } of tallied(votesOf(trx))) {
    if (!agencies.has(actor.agencyId) || takenBack.has(sha256)) continue;
    if (isDisputed) disputed += 1;
    else if (new Set(agencies.values()).size < 2) alone += 1;
    else carried.push(sha256);
  }
  const { entries, handling } = await ownEntries(trx, receiver, carried);
  const there = new Set(entries.map(({ sha256 }) => sha256));
  const withdrawn = [
    ...new Set(given.filter(({ mine, sha256 }) => mine && !there.has(sha256)).map(({ sha256 }) => sha256)),
  ].sort();
  const gone = new Set(given.filter((one) => one.mine && one.withdrawn).map(({ sha256 }) => sha256));
  return {
    receiver,
    entries,
    withdrawn,
    going: withdrawn.filter((sha256) => !gone.has(sha256)),
    summary: {
      to: receiver.name,
      entries: entries.length,
      withdrawn: withdrawn.length,
      disputed,
      alone,
      handling,
    },
  };
};

/** What a release would hold; nothing leaves. Errors: FORBIDDEN, NOT_FOUND, EXPORT_HELD_BACK. */
export const previewBaseline = (store: Store, ctx: Context, ask: BaselineAsk): Promise<BaselineSummary> => {
  requireRight(ctx, 'export cases');
  return withContext(store.app, ctx, async (trx) => (await releaseFor(trx, ctx, ask)).summary, { access: 'read only' });
};

/** The list as text; on record, and in the ledger with what goes, when this answers. Errors: those of the preview, EXPORT_INCOMPLETE for nothing at all. */
export const releaseBaseline = (
  store: Store,
  given: Context,
  ask: BaselineAsk,
): Promise<{ readonly summary: BaselineSummary; readonly text: string }> => {
  requireRight(given, 'export cases');
  const ctx = ask.purpose === undefined ? given : { ...given, purpose: ask.purpose };
  return withContext(store.app, ctx, async (trx) => {
    const release = await releaseFor(trx, ctx, ask);
    const { entries, going, receiver, summary, withdrawn } = release;
    if (entries.length + withdrawn.length === 0)
      throw fail('EXPORT_INCOMPLETE', 'nothing that you see is baseline for two agencies of different countries');
    await audit(trx, ctx, {
      type: 'export',
      object: null,
      detail: { format: 'baseline', items: entries.length, recipient: receiver.name },
    });
    await sql`update contribution_items i set withdrawn_at = now(), withdraw_reason = ${NO_LONGER} from contributions k
      where k.id = i.contribution_id and k.format = 'baseline' and k.receiver = ${receiver.name} and i.withdrawn_at is null
        and encode(i.sha256, 'hex') = any(${[...going]}::text[])`.execute(trx);
    if (entries.length > 0)
      await writeInLedger(trx, ctx, {
        id: randomUUID(),
        receiver,
        summary: { subject: 'baseline', handling: summary.handling, media: entries.length, format: 'baseline' },
        caseId: null,
        media: entries.map(({ mediaId }) => mediaId),
      });
    return { summary, text: textOf(release) };
  });
};

/** Every release is whole: a receiver puts it in place of the one before it, and what went is named besides. */
const textOf = ({ entries, summary, withdrawn }: Release): string =>
  [
    `# baseline list for ${summary.to}, ${summary.handling}: digests that people of two agencies in different countries looked at\n`,
    `# ${entries.length} entries; it takes the place of any earlier one\n`,
    ...withdrawn.map((sha256) => `# withdrawn ${sha256}\n`),
    ...writeHashes(entries.map(({ md5, sha1, sha256 }) => entryOf({ place: '', md5, sha1, sha256 }))),
  ].join('');
