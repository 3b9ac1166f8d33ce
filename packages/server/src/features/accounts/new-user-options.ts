// Options of the commands that make a user, and the user that they say.
import { readNewSecret, requireSecretSource } from './read-secret.js';
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

const PASSWORD_STDIN = '--password-stdin';

/** Errors: ARGUMENT_INVALID where a password is wanted and cannot be given. */
export const requirePasswordSource = ({ password, passwordStdin }: NewUserOptions): void => {
  if (password) requireSecretSource(passwordStdin === true, PASSWORD_STDIN);
};

/** `boundTo`: the account of the system, unless the options name one. */
export const newUser = async (login: string, options: NewUserOptions, boundTo: string | null): Promise<NewUser> => ({
  login,
  displayName: options.displayName,
  roles: options.role ?? ['officer'],
  osAccount: options.osAccount ?? boundTo,
  password: options.password ? await readNewSecret('Password', options.passwordStdin === true, PASSWORD_STDIN) : null,
});
