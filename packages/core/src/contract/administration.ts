// Setting up, users of an agency, agencies of the instance, invitations and notices as the API shows them.
import { z } from 'zod';
import { Id, Instant, Name, page, PageQuery, Reference, Role, words } from './primitives.js';
import { AgencyRef } from './work.js';

const Login = z
  .string()
  .max(80)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u);
const Password = z.string().min(12).max(1000);
const Country = z.string().regex(/^[A-Z]{2}$/);

/** Whether an instance waits for its first administrator. */
export const SetupState = z.object({ open: z.boolean() });
export const SetupRequest = z.object({
  token: z.string().min(1).max(200),
  agency: z.object({ name: Name, country: Country }),
  login: Login,
  displayName: Name.optional(),
  password: Password,
});
export const SetupDone = z.object({ login: z.string() });

export const User = z.object({
  id: Id,
  login: z.string(),
  displayName: z.string(),
  roles: z.array(Role),
  operator: z.boolean(),
  reachableAt: z.string().nullable(),
  osAccount: z.string().nullable(),
  disabledAt: Instant.nullable(),
  createdAt: Instant,
});
export type User = z.infer<typeof User>;
/** `password` null: no password yet; an administrator gives one later. */
export const UserCreate = z.object({
  login: Login,
  displayName: Name.optional(),
  roles: z.array(Role).min(1),
  password: Password.nullable().default(null),
});
export const RolesSet = z.object({ roles: z.array(Role).min(1) });
export const PasswordSet = z.object({
  password: Password,
  /** API keys end with the old password, as what was made with it, unless they are to stay. */
  keepApiKeys: z.boolean().default(false),
});
export const PasswordDone = z.object({ apiKeysEnded: z.number().int() });
export const ReachableAt = z.object({ reachableAt: words(200).nullable() });

export const Agency = AgencyRef.extend({ users: z.number().int(), administrators: z.array(z.string()) });
export type Agency = z.infer<typeof Agency>;
export const AgencyCreate = z.object({
  name: Name,
  country: Country,
  administrator: z.object({ login: Login, displayName: Name.optional(), password: Password.nullable().default(null) }),
});

/** An operation that waits for an agency's answer, as both the invited and the inviting agency see it. */
export const Invitation = z.object({
  id: Id,
  operation: z.object({ id: Id, reference: z.string(), name: z.string() }),
  agency: AgencyRef,
  from: z.object({ agency: AgencyRef, officer: z.string() }),
  /** Whether the reader's agency is the one that is asked. */
  mine: z.boolean(),
  createdAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;
export const InvitationCreate = z.object({ agency: Name });
export const OperationCreate = z.object({ reference: Reference, name: Name.optional() });
/** What was shared with the operation and is no longer. */
export const OperationLeft = z.object({ reference: z.string(), cases: z.number().int(), lists: z.number().int() });

export const NOTICE_KINDS = [
  'invitation',
  'invitation-answered',
  'access-given',
  'break-glass',
  'break-glass-ended',
  'request',
  'request-answered',
  'case-offered',
  'contact',
  'list-hits',
  'list-ended',
  'list-damaged',
  'list-flood',
  'at-risk',
  'at-risk-ended',
  'outcome',
  'outcome-withdrawn',
  'standing-hits',
  'standing-ended',
  'note',
  'note-answered',
  'task',
  'task-ended',
  'ask',
  'ask-second',
  'ask-refused',
  'ask-answered',
  'account',
] as const;
export const Notice = z.object({
  id: Id,
  kind: z.enum(NOTICE_KINDS),
  object: z.object({ kind: z.string(), id: Id }),
  /** Names and words of the kind, such as `{ operation, agency, officer }`. */
  detail: z.record(z.string(), z.unknown()),
  createdAt: Instant,
  readAt: Instant.nullable(),
});
export type Notice = z.infer<typeof Notice>;
export const NoticeQuery = PageQuery.extend({ unread: z.enum(['true', 'false']).optional() });
export const NoticePage = page(Notice);
