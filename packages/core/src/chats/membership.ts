// Who was in a group when, as one export tells it: from the lines in which the system says who came and went, from lists of members, and where neither says anything, from
// what people wrote. Nothing is invented: an end that no line says is null.
import { EXPORTER, type ChatEvent } from './conversation.js';

export interface MembershipMessage {
  readonly position: number;
  readonly local: string | null;
  readonly author: string | null;
  readonly event: ChatEvent | null;
}
export interface MembershipPerson {
  readonly number: number;
  readonly name: string;
  readonly phone: string | null;
  readonly isExporter: boolean;
}

export type SpanStart = 'created' | 'added' | 'joined-by-link' | 'number-changed' | 'wrote' | 'listed';
export type SpanEnd = 'left' | 'removed' | 'number-changed';
export interface MembershipSpan {
  readonly from: string | null;
  readonly to: string | null;
  readonly fromBy: SpanStart | null;
  readonly toBy: SpanEnd | null;
  readonly fromPosition: number | null;
  readonly toPosition: number | null;
}
export interface Membership {
  readonly name: string;
  readonly phone: string | null;
  readonly participant: number | null;
  readonly spans: readonly MembershipSpan[];
}

type Open = { -readonly [Key in keyof MembershipSpan]: MembershipSpan[Key] };
interface Member {
  readonly name: string;
  readonly phone: string | null;
  readonly participant: number | null;
  readonly spans: Open[];
}

/**
 * Messages in the order of the export, and everybody whom it lists. Of a conversation that is no group nobody comes or goes: all are
 * `listed`. Somebody who is added while they are in stays in; who writes after they left has come back unseen, by then at the latest.
 */
export const membershipOf = (
  people: readonly MembershipPerson[],
  messages: Iterable<MembershipMessage>,
): Membership[] => new Members(people).told(messages);

class Members {
  private readonly byName = new Map<string, Member>();
  private readonly all: Member[] = [];
  private readonly exporter: Member | undefined;

  constructor(people: readonly MembershipPerson[]) {
    for (const { number, name, phone, isExporter } of people) {
      const member = this.add(name, phone, number);
      if (isExporter) this.exporter ??= member;
    }
  }

  told(messages: Iterable<MembershipMessage>): Membership[] {
    for (const message of messages) {
      if (message.author !== null) this.isIn(message.author, message);
      else if (message.event !== null) this.happened(message.event, message);
    }
    for (const { spans } of this.all) if (spans.length === 0) spans.push({ ...OPEN, fromBy: 'listed' });
    return this.all;
  }

  private happened({ type, actor, targets }: ChatEvent, at: MembershipMessage): void {
    const whom = targets.length > 0 ? targets : actor === null ? [] : [actor];
    if (type === 'member-left') for (const name of whom) this.goes(name, at, 'left');
    else if (type === 'member-joined-by-link') for (const name of whom) this.comes(name, at, 'joined-by-link');
    else if (type === 'number-changed') this.changes(actor, targets, at);
    else {
      if (actor !== null && type === 'group-created') this.comes(actor, at, 'created');
      else if (actor !== null && ACTS.has(type)) this.isIn(actor, at);
      if (type === 'group-created') for (const name of targets) this.comes(name, at, 'created');
      if (type === 'member-added') for (const name of targets) this.comes(name, at, 'added');
      if (type === 'member-removed') for (const name of targets) this.goes(name, at, 'removed');
    }
  }

  private comes(name: string, at: MembershipMessage, fromBy: SpanStart): void {
    const { spans } = this.of(name);
    if (isOpen(spans)) return;
    spans.push({ ...OPEN, from: at.local, fromBy, fromPosition: at.position });
  }

  private goes(name: string, at: MembershipMessage, toBy: SpanEnd): void {
    const { spans } = this.of(name);
    const ends = { to: at.local, toBy, toPosition: at.position };
    // Gone twice: the second line says that they had come back, and nobody knows when.
    if (isOpen(spans)) Object.assign(spans.at(-1)!, ends);
    else spans.push({ ...OPEN, ...ends });
  }

  /** They write or act, so they are in: since before the export begins, unless they had gone. */
  private isIn(name: string, at: MembershipMessage): void {
    const { spans } = this.of(name);
    if (isOpen(spans)) return;
    const again = spans.length > 0;
    spans.push({ ...OPEN, from: again ? at.local : null, fromBy: 'wrote', fromPosition: at.position });
  }

  private changes(from: string | null, to: readonly string[], at: MembershipMessage): void {
    // Without both names ("changed their phone number") somebody goes on under the one that they have.
    const after = to[0];
    if (from === null || after === undefined || from === after) {
      if (from !== null) this.isIn(from, at);
      return;
    }
    this.goes(from, at, 'number-changed');
    this.comes(after, at, 'number-changed');
  }

  private of(name: string): Member {
    if (name === EXPORTER && this.exporter !== undefined) return this.exporter;
    return this.byName.get(name) ?? this.add(name, PHONE.test(name) ? name : null, null);
  }

  private add(name: string, phone: string | null, participant: number | null): Member {
    const member = { name, phone, participant, spans: [] };
    if (!this.byName.has(name)) this.byName.set(name, member);
    this.all.push(member);
    return member;
  }
}

const PHONE = /^\+[\d\s().\u00a0-]{6,}$/u;
const OPEN: MembershipSpan = { from: null, to: null, fromBy: null, toBy: null, fromPosition: null, toPosition: null };
const isOpen = (spans: readonly MembershipSpan[]): boolean => spans.length > 0 && spans.at(-1)!.toBy === null;
/** What only members do. */
const ACTS: ReadonlySet<ChatEvent['type']> = new Set([
  'member-added',
  'member-removed',
  'subject-changed',
  'description-changed',
  'icon-changed',
  'admin-changed',
  'setting-changed',
  'pinned',
]);

/** Whether somebody was in at a message of the same export. */
export const wasIn = (spans: readonly MembershipSpan[], position: number): boolean =>
  spans.some(({ fromBy, fromPosition, toPosition }, i) => {
    const sinceBefore = fromBy === null || fromBy === 'listed' || (fromBy === 'wrote' && i === 0);
    return (sinceBefore || fromPosition! <= position) && (toPosition === null || position <= toPosition);
  });
