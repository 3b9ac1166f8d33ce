// redthread user, login; and, from their own module, agency and operator.
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { Role } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { Io, Json } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { storeExists, type Store } from '../../store/index.js';
import { foundAsOwner, isEmptyInstance } from './agencies.js';
import { registerAgencyCommands, registerOperatorCommands } from './agency-commands.js';
import { actLocally, localActor, localConfig, osAccount, withLocalSession, withLocalStore } from './local-actor.js';
import { requireOwnAgency } from './me.js';
import { newUser, requirePasswordSource, roleList, type NewUserOptions } from './new-user-options.js';
import { checkAgency } from './new-user.js';
import { readNewSecret, readSecret } from './read-secret.js';
import { resetSecondFactors } from './second-factors/factors.js';
import { signIn } from './sign-in.js';
import { addUser, changePassword, changeRoles, disableUser, enableUser, listUsers, sayHowToReach } from './users.js';

interface AddOptions extends NewUserOptions, Json {
  readonly agency?: string;
  readonly country?: string;
}

interface Added {
  readonly id: string;
  readonly login: string;
  readonly agencyId: string;
  readonly roles: readonly string[];
}

/** The first user of an empty instance needs nobody's leave: whoever holds the data folder founds it. */
const addUserCommand = async (program: Command, io: Io, login: string, options: AddOptions): Promise<Added> => {
  requirePasswordSource(options);
  const config = localConfig(program);
  const isNew = !storeExists(config);
  // Making a store takes seconds, and leaves a master key behind: what would be refused afterwards is refused before.
  if (isNew) {
    founding(options);
    io.note(`making a new store in ${config.dataFolder}`);
  }
  const add = async (store: Store<'app' | 'owner'>): Promise<Added> => {
    if (!(await isEmptyInstance(store)))
      return actLocally(program, { store, config }, (ctx) => addColleague(store, ctx, login, options));
    const { agency, role } = founding(options);
    const { actor } = await foundAsOwner(store, agency, await newUser(login, { ...options, role }, osAccount()));
    return { id: actor.userId, login, agencyId: actor.agencyId, roles: actor.roles };
  };
  return withLocalStore(program, ['owner'], add, { create: isNew });
};

/** Errors: ARGUMENT_INVALID for a first user without an agency, or who could not add others. */
const founding = ({ agency, country, role = ['administrator'] }: AddOptions) => {
  if (agency === undefined || country === undefined)
    throw fail('ARGUMENT_INVALID', 'the first user comes with an agency: --agency NAME --country XX');
  if (!role.includes('administrator'))
    throw fail('ARGUMENT_INVALID', 'the first user administers the others: --role administrator');
  const founded = { name: agency, country };
  checkAgency(founded);
  return { agency: founded, role };
};

const addColleague = async (store: Store, ctx: Context, login: string, options: AddOptions): Promise<Added> => {
  if (options.agency !== undefined) await requireOwnAgency(store, ctx, options.agency);
  const { id, roles } = await addUser(store, ctx, await newUser(login, options, null));
  return { id, login, agencyId: ctx.actor.agencyId, roles };
};

const endedKeys = (count: number): string =>
  count === 0 ? '' : `; ${count} API ${count === 1 ? 'key' : 'keys'} ended with it`;

const registerUserCommands = (program: Command, io: Io): void => {
  const user = program.command('user').description('add and manage users of the agency, as its administrator');

  user
    .command('add <login>')
    .description('add a user; on an empty instance, found its first agency')
    .option('--agency <name>', 'agency (default: your own)')
    .option('--country <code>', 'country of a new agency, such as ES')
    .option('--role <roles>', `${Role.options.join(', ')} (default: officer)`, roleList)
    .option('--display-name <name>', 'the name that others see')
    .option('--os-account <account>', 'account of the operating system that acts as this user on the command line')
    .option('--password-stdin', 'read the password from stdin')
    .option('--no-password', 'no password: signs in through the system account only')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ redthread user add anna --agency "Policía Norte" --country ES --role administrator,officer --password-stdin < secret.txt
  $ redthread user add ben --role reviewer --password-stdin < secret.txt`,
    )
    .action(async (login: string, options: AddOptions) => {
      const added = await addUserCommand(program, io, login, options);
      if (options.json === true) io.json(added);
      else io.out(`added ${added.login} (${added.roles.join(', ')})`);
    });

  user
    .command('list')
    .description('users of your agency')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const users = await withLocalSession(program, [], ({ store, ctx }) => listUsers(store, ctx));
      if (options.json === true) return users.forEach((row) => io.json(row));
      const rows = users.map((row) => [
        row.login,
        row.displayName,
        row.roles.join(', '),
        row.osAccount ?? '',
        [...(row.operator ? ['operator'] : []), ...(row.disabledAt === null ? [] : ['disabled'])].join(', '),
      ]);
      table(
        [{ title: 'login' }, { title: 'name' }, { title: 'roles' }, { title: 'system account' }, { title: '' }],
        rows,
      ).forEach(io.out);
    });

  user
    .command('roles <login> <roles>')
    .description(`give a user these roles in place of theirs: ${Role.options.join(', ')}`)
    .addHelpText('after', '\nExample:\n  $ redthread user roles ben officer,auditor')
    .action(async (login: string, roles: string) => {
      const changed = await withLocalSession(program, [], ({ store, ctx }) =>
        changeRoles(store, ctx, login, roleList(roles)),
      );
      io.out(`${login}: ${changed.roles.join(', ')}`);
    });

  user
    .command('password <login>')
    .description('set a password')
    .option('--password-stdin', 'read the password from stdin')
    .option('--keep-keys', 'leave their API keys in force, which otherwise end')
    .action(async (login: string, options: { readonly passwordStdin?: boolean; readonly keepKeys?: boolean }) => {
      const password = await readNewSecret('New password', options.passwordStdin === true, '--password-stdin');
      const keepKeys = options.keepKeys === true;
      const ended = await withLocalSession(program, [], ({ store, ctx }) =>
        changePassword(store, ctx, login, { password, keepKeys }),
      );
      io.out(`changed the password of ${login}${endedKeys(ended)}`);
    });

  user
    .command('reset-factors <login>')
    .description(
      'take away what a user proves themselves with beyond the password, and end their sessions and API keys',
    )
    .action(async (login: string) => {
      const ended = await withLocalSession(program, [], ({ store, ctx }) => resetSecondFactors(store, ctx, login));
      io.out(`${login} signs in with the password alone, until they set up a second factor again${endedKeys(ended)}`);
    });

  user
    .command('disable <login>')
    .description('end the account of a user and every session of it')
    .action(async (login: string) => {
      await withLocalSession(program, [], ({ store, ctx }) => disableUser(store, ctx, login));
      io.out(`disabled ${login}`);
    });

  user
    .command('enable <login>')
    .description('renew an account that was disabled')
    .action(async (login: string) => {
      await withLocalSession(program, [], ({ store, ctx }) => enableUser(store, ctx, login));
      io.out(`enabled ${login}`);
    });

  user
    .command('reachable-at [words]')
    .description('say how another agency reaches you, such as a telephone number; nothing takes it away')
    .action(async (words: string | undefined) => {
      await withLocalSession(program, [], ({ store, ctx }) => sayHowToReach(store, ctx, words ?? null));
      io.out(words === undefined ? 'nothing is said any more' : `other agencies are told: ${words}`);
    });
};

interface LoginOptions {
  readonly login?: string;
  readonly passwordStdin?: boolean;
}

const loginCommand = (program: Command, io: Io): void => {
  program
    .command('login')
    .description('check who you are on the local store, or a name and its password')
    .option('--login <name>', 'check a name and its password')
    .option('--password-stdin', 'read the password from stdin')
    .addHelpText('after', '\nExample:\n  $ redthread login    who the command line acts as here')
    .action(async ({ login, passwordStdin }: LoginOptions) => {
      await withLocalStore(program, [], async (store, config) => {
        const as = (program.opts() as { as?: string }).as ?? config.user;
        if (login === undefined) {
          const { actor } = await localActor(store, osAccount(), as);
          return io.out(`${actor.login} (${actor.roles.join(', ')})`);
        }
        const password = await readSecret('Password', passwordStdin === true, '--password-stdin');
        const { authenticated } = await signIn(store, { login, password }, { requestId: randomUUID(), address: null });
        io.out(`${login} (${authenticated.ctx.actor.roles.join(', ')}): the password is right`);
      });
    });
};

export const registerAccountCommands = (program: Command, io: Io): void => {
  registerAgencyCommands(program, io);
  registerOperatorCommands(program, io);
  registerUserCommands(program, io);
  loginCommand(program, io);
};
