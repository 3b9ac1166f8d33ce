// Whether what an export holds may leave for whom it is made: the code on each file's exhibit or case decides, as it does between agencies here.
import { sql } from 'kysely';
import { fail, saying } from '@redthread/core/errors';
import type { HandlingReach, Trx } from '../../store/index.js';
import { agencyNamed } from '../accounts/index.js';
import { byTrafficLight } from '../handling/index.js';

/** From the strictest on. */
const BY_STRICTNESS: readonly HandlingReach[] = ['named', 'agency', 'listed', 'granted', 'shared'];
/** What the traffic light protocol means where the own agency has no such code. */
const TLP: Readonly<Record<string, HandlingReach>> = {
  'TLP:RED': 'named',
  'TLP:AMBER+STRICT': 'granted',
  'TLP:AMBER': 'shared',
  'TLP:GREEN': 'shared',
  'TLP:CLEAR': 'shared',
};

export interface HandlingRules {
  reachOf(code: string): HandlingReach;
  /** The strictest of them, by what they reach and then by name. */
  strictest(codes: Iterable<string>): string;
}

export const handlingRules = async (trx: Trx): Promise<HandlingRules> => {
  const rows = await trx.selectFrom('handling_codes').select(['code', 'reach']).execute();
  const own = new Map(rows.map(({ code, reach }) => [code, reach]));
  const reachOf = (code: string): HandlingReach => own.get(code) ?? TLP[code] ?? 'named';
  const rank = (code: string): number => BY_STRICTNESS.indexOf(reachOf(code));
  return {
    reachOf,
    strictest: (codes) => [...codes].sort((a, b) => rank(a) - rank(b) || byTrafficLight(a, b))[0] ?? 'TLP:CLEAR',
  };
};

export interface Receiver {
  readonly name: string;
  /** Of this instance; null for anybody else. */
  readonly agencyId: string | null;
  /** Codes of the own agency that list it. */
  readonly listedBy: ReadonlySet<string>;
  /** Cases that it was given. */
  readonly given: ReadonlySet<string>;
}

export const receiverNamed = async (trx: Trx, name: string): Promise<Receiver> => {
  const agencyId = await agencyNamed(trx, name);
  return agencyId === null
    ? { name, agencyId, listedBy: new Set(), given: new Set() }
    : receiverOf(trx, { name, id: agencyId });
};

/** Of an agency that is known to the actor already. */
export const receiverOf = async (
  trx: Trx,
  { name, id: agencyId }: { readonly name: string; readonly id: string },
): Promise<Receiver> => {
  const listed = await trx
    .selectFrom('handling_recipients')
    .select('code')
    .where('recipient_id', '=', agencyId)
    .execute();
  const { rows } = await sql<{ case_id: string }>`
    select case_id from case_access where grantee_agency_id = ${agencyId}::uuid and grantee_login is null
      and ended_at is null and (expires_at is null or expires_at > now())`.execute(trx);
  return {
    name,
    agencyId,
    listedBy: new Set(listed.map(({ code }) => code)),
    given: new Set(rows.map((row) => row.case_id)),
  };
};

interface Handled {
  /** Null for what belongs to no case. */
  readonly caseId: string | null;
  readonly handling: string;
}

/** Whether a code lets what carries it go to them. */
export const reaches = (
  rules: HandlingRules,
  { listedBy, given }: Receiver,
  { caseId, handling }: Handled,
): boolean => {
  const reach = rules.reachOf(handling);
  return (
    reach === 'shared' ||
    (reach === 'granted' && caseId !== null && given.has(caseId)) ||
    (reach === 'listed' && listedBy.has(handling))
  );
};

interface FileToLeave extends Handled {
  /** How it is named in a refusal. */
  readonly place: string;
}

/** Errors: EXPORT_HELD_BACK with the file. */
export const requireMayLeave = (rules: HandlingRules, receiver: Receiver, { place, ...file }: FileToLeave): void => {
  if (!reaches(rules, receiver, file))
    throw fail('EXPORT_HELD_BACK', saying`${place} is ${file.handling}, which does not reach ${receiver.name}`);
};
