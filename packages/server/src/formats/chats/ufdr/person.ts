// Contacts and accounts of a phone report, and who takes part in its chats.
import type { ReportEntry, ReportEntryKind, ReportPersonItem } from '@redthread/core/chats';
import { stateOf } from './file.js';
import { said, within, type Model } from './model.js';

const LONGEST = 1_000;
const MOST_ENTRIES = 1_000;

const KINDS: Readonly<Record<string, ReportEntryKind>> = {
  PhoneNumber: 'phone',
  EmailAddress: 'email',
  UserID: 'account',
  WebAddress: 'url',
};

const entriesOf = (model: Model): ReportEntry[] =>
  within(model, 'Entries').flatMap((entry) => {
    const value = said(entry, 'Value');
    if (value === null) return [];
    const kind = Object.hasOwn(KINDS, entry.type) ? KINDS[entry.type]! : 'other';
    return {
      kind,
      value: value.slice(0, LONGEST),
      category: said(entry, 'Category')?.slice(0, 200) ?? null,
      time: null,
    };
  });

export const personItem = (model: Model): ReportPersonItem => {
  const username = model.type === 'UserAccount' ? said(model, 'Username') : null;
  const entries = entriesOf(model);
  if (username !== null && !entries.some(({ value }) => value === username))
    entries.unshift({ kind: 'account', value: username.slice(0, LONGEST), category: 'Username', time: null });
  return {
    item: 'person',
    kind: model.type === 'UserAccount' ? 'account' : 'contact',
    app: said(model, 'Source')?.slice(0, 200) ?? null,
    name: said(model, 'Name')?.slice(0, LONGEST) ?? null,
    state: stateOf(model.attributes['deleted_state']),
    entries: entries.slice(0, MOST_ENTRIES),
  };
};

/** Somebody in a chat, as one of its parties says. */
export interface Party {
  readonly account: string | null;
  readonly name: string;
  readonly phone: string | null;
  readonly isExporter: boolean;
}

/** What some reports name as the sender of a notice. */
export const isSystem = (model: Model | undefined): boolean =>
  /^system message$/i.test(said(model, 'Identifier') ?? said(model, 'Name') ?? '');

const NUMBER = /^\+?(\d{7,15})(?:@(?:s\.whatsapp\.net|c\.us))?$/;

/** The number of an account that is one: WhatsApp's are, and those written with `+`. */
const phoneOf = (account: string | null): string | null => {
  const found = NUMBER.exec(account?.replace(/[\s()-]/g, '') ?? '');
  return found !== null && /^\s*\+|@/.test(account ?? '') ? `+${found[1]}` : null;
};

/** Null where nobody is named. */
export const partyOf = (model: Model | undefined): Party | null => {
  if (model === undefined) return null;
  const account = said(model, 'Identifier')?.slice(0, LONGEST) ?? null;
  const name = said(model, 'Name')?.slice(0, LONGEST) ?? account;
  if (name === null) return null;
  return { account, name, phone: phoneOf(account), isExporter: said(model, 'IsPhoneOwner')?.toLowerCase() === 'true' };
};
