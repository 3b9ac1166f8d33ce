// Options of the commands that make a user, and the user that they say.
import { readSecret } from './read-secret.js';
import type { NewUser } from './new-user.js';

/** `welfare officer` and `welfare-officer` are one role. */
export const roleList = (value: string, before: readonly string[] = []): string[] => [
  ...before,
  ...value.split(',').map((role) => role.trim().replace(' ', '-')),
];

export interface NewUserOptions {
  readonly role?: string[];
  readonly displayName?: string;
  readonly osAccount?: string;
  readonly passwordStdin?: boolean;
  /** False: signs in through the system account only, or not yet. */
  readonly password: boolean;
}

/** `boundTo`: the account of the system, unless the options name one. */
export const newUser = async (login: string, options: NewUserOptions, boundTo: string | null): Promise<NewUser> => ({
  login,
  displayName: options.displayName,
  roles: options.role ?? ['officer'],
  osAccount: options.osAccount ?? boundTo,
  password: options.password ? await readSecret('Password', options.passwordStdin === true, '--password-stdin') : null,
});
