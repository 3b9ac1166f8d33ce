// Keeps a group, and whom and what somebody chose of it, as entities with what its export says of them (docs/adr/0053). A person says it: nothing is recorded by itself.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { KEPT_LEADS, type ChatKeep, type ChatKept } from '@redthread/core/contract';
import type { MembershipSpan } from '@redthread/core/chats';
import type { Context, ExternalId } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { keepEntity, keepRelation } from '../entities/index.js';
import { membershipsOf } from './members-at.js';
import { exportsOfGroup } from './shared.js';

/** What suggested it: lines of an export. */
const METHOD = 'chat-lines@1';

interface Source {
  readonly agencyId: string;
  readonly caseId: string;
  readonly mediaId: string;
  readonly path: string;
  readonly app: string;
  readonly subject: string | null;
  readonly people: readonly {
    readonly number: number;
    readonly name: string;
    readonly phone: string | null;
    readonly account: string | null;
  }[];
  /** The first message that names each. */
  readonly links: readonly { readonly normal: string; readonly position: number }[];
}

/** Errors: NOT_FOUND. */
const readSource = async (trx: Trx, chatId: string): Promise<Source> => {
  const { rows } = await sql<Source>`
    select c.agency_id as "agencyId", c.case_id as "caseId", x.media_id as "mediaId", x.path, c.app, c.subject,
      (select coalesce(json_agg(json_build_object('number', p.number, 'name', p.name, 'phone', p.phone, 'account', p.account) order by p.number), '[]')
        from chat_people p where p.chat_id = c.id) as people,
      (select coalesce(json_agg(l), '[]') from (select l.normal, min(l.position) as position from chat_leads l
        where l.chat_id = c.id and l.kind = any(${[...KEPT_LEADS]}::text[]) group by 1) l) as links
    from chats c join chat_exports x on x.id = c.export_id where c.id = ${chatId}::uuid`.execute(trx);
  const [found] = rows;
  if (found === undefined) throw fail('NOT_FOUND', 'no such chat');
  return found;
};

const idsOfPerson = ({ app }: Source, { account, phone }: Source['people'][number]): ExternalId[] => [
  ...(phone === null ? [] : [{ issuer: 'ITU', type: 'phone-number', value: phone }]),
  ...(account === null ? [] : [{ issuer: app, type: 'account', value: account }]),
];

/** Errors: REQUEST_INVALID for somebody who is not in it, or of whom only a name is known. */
const chosen = (source: Source, { people }: ChatKeep): Source['people'] => {
  if (people === 'all') return source.people.filter((one) => idsOfPerson(source, one).length > 0);
  return people.map((number) => {
    const found = source.people.find((one) => one.number === number);
    if (found === undefined)
      throw fail('REQUEST_INVALID', saying`participant ${number} is not in this chat`, { pointer: '/people' });
    if (idsOfPerson(source, found).length === 0)
      throw fail(
        'REQUEST_INVALID',
        saying`of participant ${number} only the name ${found.name} is known: it could be anybody's`,
        {
          pointer: '/people',
        },
      );
    return found;
  });
};

const lines = ({ fromBy, fromPosition, toBy, toPosition }: MembershipSpan): string => {
  const ends = [
    fromPosition === null
      ? (fromBy ?? 'in it when the export begins')
      : `${fromBy ?? 'in it'} (message ${fromPosition})`,
    toPosition === null ? 'in it when the export ends' : `${toBy ?? 'gone'} (message ${toPosition})`,
  ];
  return ends.join('; ');
};

const LONGEST_NAME = 120;
const shortened = (text: string): string => [...text].slice(0, LONGEST_NAME).join('');

/** Errors: FORBIDDEN, NOT_FOUND, REQUEST_INVALID, CASE_ENDED. */
export const keepChat = (store: Store, ctx: Context, chatId: string, input: ChatKeep): Promise<ChatKept> => {
  requireRight(ctx, 'keep series and entities');
  return withContext(store.app, ctx, async (trx) => {
    const source = await readSource(trx, chatId);
    const people = chosen(source, input);
    const { agencyId } = ctx.actor;
    // What a partner shared with one person would else be seen by all their colleagues, and stay after the share has ended.
    if (source.agencyId !== agencyId)
      throw fail('REQUEST_INVALID', 'chats are kept by the agency whose case they lie in', { pointer: '/id' });
    const { caseId } = source;
    const [first = chatId, ...others] = await exportsOfGroup(trx, chatId);
    const chatIdOf = (value: string): ExternalId => ({ issuer: 'Redthread', type: 'chat', value });
    const group = await keepEntity(trx, ctx, {
      kind: 'chat-group',
      name: shortened(source.subject ?? source.app),
      case: caseId,
      ids: [chatIdOf(first), ...others.map(chatIdOf)],
    });
    const relate = (
      type: 'is-in' | 'leads-to',
      [from, to]: readonly [string, string],
      said: { readonly text: string; readonly validFrom?: string | undefined; readonly validTo?: string | undefined },
    ): Promise<string | null> =>
      keepRelation(trx, ctx, {
        type,
        from: { kind: 'entity', id: from, agencyId },
        to: { id: to, agencyId },
        caseId,
        confidence: input.confidence,
        reason: input.reason ?? 'kept from the lines of an export',
        method: METHOD,
        evidence: { text: shortenedEvidence(`${source.path}: ${said.text}`) },
        evidenceMedia: { id: source.mediaId, agencyId: source.agencyId },
        validFrom: said.validFrom,
        validTo: said.validTo,
      });
    const memberships = (await membershipsOf(trx, [chatId])).get(chatId) ?? [];
    const kept: ChatKept['people'] = [];
    for (const person of people) {
      const [id, ...rest] = idsOfPerson(source, person);
      if (id === undefined) continue;
      const kind = person.phone === null ? 'account' : 'phone-number';
      const name = shortened(person.name);
      const entity = await keepEntity(trx, ctx, { kind, name, case: caseId, ids: [id, ...rest] });
      let assertions = 0;
      for (const span of memberships.find(({ participant }) => participant === person.number)?.spans ?? [])
        if (
          (await relate('is-in', [entity.id, group.id], {
            text: lines(span),
            validFrom: span.from ?? undefined,
            validTo: span.to ?? undefined,
          })) !== null
        )
          assertions += 1;
      kept.push({ entity: entity.id, name, isNew: entity.isNew, assertions });
    }
    const links: ChatKept['links'] = [];
    for (const normal of new Set(input.links)) {
      const lead = source.links.find((one) => one.normal === normal);
      if (lead === undefined)
        throw fail('REQUEST_INVALID', saying`${normal} is no link of this chat`, { pointer: '/links' });
      const name = shortened(normal);
      const id: ExternalId = {
        issuer: 'Redthread',
        type: 'link',
        value: normal.length > LONGEST_ID ? createHash('sha256').update(normal).digest('hex') : normal,
      };
      const entity = await keepEntity(trx, ctx, { kind: 'web-site', name, case: caseId, ids: [id] });
      const said = await relate('leads-to', [group.id, entity.id], { text: `message ${lead.position}` });
      links.push({ entity: entity.id, name, isNew: entity.isNew, assertions: said === null ? 0 : 1 });
    }
    return {
      group: { entity: group.id, name: shortened(source.subject ?? source.app), isNew: group.isNew, assertions: 0 },
      people: kept,
      links,
    };
  });
};

const LONGEST_ID = 200;
const LONGEST_EVIDENCE = 500;
/** Of a long path the end, which names the file. */
const shortenedEvidence = (text: string): string => {
  const characters = [...text];
  return characters.length <= LONGEST_EVIDENCE ? text : `…${characters.slice(1 - LONGEST_EVIDENCE).join('')}`;
};
