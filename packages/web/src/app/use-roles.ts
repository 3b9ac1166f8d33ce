// What the viewer's roles let them do here: it spares a refusal, the server decides.
import type { Role } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.js';

/** Who works on cases, and so may change them. */
export const CASE_ROLES: readonly Role[] = ['administrator', 'coordinator', 'officer'];
/** Who gathers series and says what relates. */
export const KEEPING_ROLES: readonly Role[] = [...CASE_ROLES, 'reviewer'];
/** Who answers for an agency towards others. */
export const LEADING_ROLES: readonly Role[] = ['administrator', 'coordinator'];

/** Who may bring exhibits in. */
export const INGEST_ROLES: readonly Role[] = [...CASE_ROLES, 'service'];

export const useRoles = (wanted: readonly Role[]): boolean =>
  useQuery(meQuery).data?.roles.some((role) => wanted.includes(role)) ?? false;
