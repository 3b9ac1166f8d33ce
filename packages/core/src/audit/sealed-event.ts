// What of an event is sealed: all of it, with a salted commitment in the place of each clear text. The text and its salt stand
// beside it; without the salt nobody can tell a text from its commitment, with it anybody can check that they belong together.
import { canonicalJson, type Json } from './canonical-json.js';
import { PREFIX, toHex, type Digest } from './digest.js';
import { isTextField } from './events.js';

/** The log of the instance itself: events that no agency's people caused. The log of an agency has the agency's id. */
export const INSTANCE_LOG = '00000000-0000-0000-0000-000000000000';

export const SALT_BYTES = 16;

/** An event as it was written by its transaction. */
export interface RecordedEvent {
  readonly id: string;
  /** Instant in UTC with microseconds, `2026-01-31T09:26:53.123456Z`. */
  readonly at: string;
  readonly user: string | null;
  readonly login: string | null;
  readonly type: string;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly purpose: string | null;
  readonly request: string;
  readonly detail: Readonly<Record<string, Json>>;
  /** Where the database keeps it. Never shown, since it counts the events of everybody; sealed, so that rows cannot be swapped. */
  readonly row: string;
}

/** Name of a clear text within its event: `login`, `purpose`, `object`, `row`, or `detail.` and the name of a parameter. */
export type TextField = string;

export const ROW_FIELD = 'row';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The clear texts of an event, by field; what is null or absent is none. An object that has no id of ours is named by words. */
export const textsOf = (event: RecordedEvent): Map<TextField, Json> => {
  const texts = new Map<TextField, Json>();
  const take = (field: TextField, value: Json): void => {
    if (value !== null) texts.set(field, value);
  };
  take('login', event.login);
  take('purpose', event.purpose);
  if (event.objectId !== null && !UUID.test(event.objectId)) take('object', event.objectId);
  for (const [key, value] of Object.entries(event.detail))
    if (isTextField(event.type, key)) take(`detail.${key}`, value);
  take(ROW_FIELD, event.row);
  return texts;
};

/** SHA-256(2 || salt || canonical JSON of [field, text]), in hex. */
export const commitmentTo = (digest: Digest, salt: Uint8Array, field: TextField, text: Json): string =>
  toHex(digest(PREFIX.text, salt, canonicalJson([field, text])));

/** By field, in hex. */
export type Commitments = Readonly<Record<TextField, string>>;

/** The sealed form of event `number` of `log`; its canonical JSON is what the hash of the event is taken of. */
export const sealedForm = (
  log: string,
  number: number,
  event: RecordedEvent,
  commitments: Commitments,
): Readonly<Record<string, Json>> => {
  const sealed = (field: TextField, plain: Json): Json =>
    Object.hasOwn(commitments, field) ? { commitment: commitments[field] ?? null } : plain;
  const committed = Object.keys(commitments).filter((field) => field.startsWith('detail.'));
  const detail = Object.fromEntries([
    ...Object.entries(event.detail),
    ...committed.map((field): [string, Json] => [field.slice('detail.'.length), sealed(field, null)]),
  ]);
  const { objectKind: kind, objectId } = event;
  return {
    v: 1,
    log,
    number,
    id: event.id,
    at: event.at,
    user: event.user,
    login: sealed('login', event.login),
    type: event.type,
    object: kind === null && sealed('object', objectId) === null ? null : { kind, id: sealed('object', objectId) },
    purpose: sealed('purpose', event.purpose),
    request: event.request,
    detail,
    row: sealed(ROW_FIELD, event.row),
  };
};

/** SHA-256(0 || canonical JSON of the sealed form): the leaf of the tree and what the chain is made of. */
export const eventHash = (digest: Digest, form: Readonly<Record<string, Json>>): Uint8Array =>
  digest(PREFIX.leaf, canonicalJson(form));
