// redthread user, agency, login.
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { addUser, foundAgency, isEmptyInstance, listAgencies, type NewUser } from './administration.js';
import { actLocally, localActor, osAccount, withLocalSession, withLocalStore } from './local-actor.js';
import { readSecret } from './read-secret.js';
import { signIn } from './sign-in.js';
import { changePassword, disableUser, listUsers } from './users.js';

interface Json {
  readonly json?: boolean;
}

const roleList = (value: string, before: readonly string[] = []): string[] => [...before, ...value.split(',')];

interface AddOptions extends Json {
  readonly agency?: string;
  readonly country?: string;
  readonly role?: string[];
  readonly displayName?: string;
  readonly osAccount?: string;
  readonly passwordStdin?: boolean;
  /** False: signs in through the system account only. */
  readonly password: boolean;
}

const passwordOf = (options: AddOptions): Promise<string | null> =>
  options.password ? readSecret('Password', options.passwordStdin === true, '--password-stdin') : Promise.resolve(null);

const newUser = async (login: string, options: AddOptions, boundTo: string | null): Promise<NewUser> => ({
  login,
  displayName: options.displayName,
  roles: options.role ?? ['officer'],
  osAccount: options.osAccount ?? boundTo,
  password: await passwordOf(options),
});

/** The first user of an empty instance needs nobody's leave: whoever holds the data folder founds it. */
const addUserCommand = (program: Command, login: string, options: AddOptions) =>
  withLocalStore(program, ['owner'], async (store, config) => {
    const empty = await isEmptyInstance(store);
    if (!empty)
      return actLocally(program, { store, config }, async (ctx) =>
        addUser(store, ctx, await newUser(login, options, null), options.agency),
      );
    if (options.agency === undefined || options.country === undefined)
      throw fail('ARGUMENT_INVALID', 'the first user comes with an agency: --agency NAME --country XX');
    const user = await newUser(login, { role: ['administrator'], ...options }, osAccount());
    if (!user.roles.includes('administrator'))
      throw fail('ARGUMENT_INVALID', 'the first user administers the others: --role administrator');
    return foundAgency(store, null, { name: options.agency, country: options.country }, user);
  });

const userCommands = (program: Command, io: Io): void => {
  const user = program.command('user').description('add and manage users of the agency');

  user
    .command('add <login>')
    .description('add a user; on an empty instance, found its first agency')
    .option('--agency <name>', 'agency (default: your own)')
    .option('--country <code>', 'country of a new agency, such as ES')
    .option(
      '--role <roles>',
      'officer, reviewer, coordinator, auditor, administrator, service (default: officer)',
      roleList,
    )
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
      const { actor } = await addUserCommand(program, login, options);
      if (options.json === true)
        io.json({ id: actor.userId, login: actor.login, agencyId: actor.agencyId, roles: actor.roles });
      else io.out(`added ${actor.login} (${actor.roles.join(', ')})`);
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
        row.display_name,
        row.roles.join(', '),
        row.os_account ?? '',
        row.disabled_at === null ? '' : 'disabled',
      ]);
      table(
        [{ title: 'login' }, { title: 'name' }, { title: 'roles' }, { title: 'system account' }, { title: '' }],
        rows,
      ).forEach(io.out);
    });

  user
    .command('password <login>')
    .description('set a password')
    .option('--password-stdin', 'read the password from stdin')
    .action(async (login: string, options: { readonly passwordStdin?: boolean }) => {
      const password = await readSecret('New password', options.passwordStdin === true, '--password-stdin');
      await withLocalSession(program, [], ({ store, ctx }) => changePassword(store, ctx, login, password));
      io.out(`changed the password of ${login}`);
    });

  user
    .command('disable <login>')
    .description('end the account of a user and every session of it')
    .action(async (login: string) => {
      await withLocalSession(program, [], ({ store, ctx }) => disableUser(store, ctx, login));
      io.out(`disabled ${login}`);
    });
};

interface AgencyAddOptions extends AddOptions {
  readonly administrator: string;
}

const agencyCommands = (program: Command, io: Io): void => {
  const agency = program.command('agency').description('add and list agencies of this instance');

  agency
    .command('add <name>')
    .description('add an agency with its first administrator')
    .requiredOption('--country <code>', 'country, such as PT')
    .requiredOption('--administrator <login>', 'login of its first administrator')
    .option('--password-stdin', 'read the password from stdin')
    .option('--no-password', 'no password yet')
    .option('--json', 'print JSON')
    .action(async (name: string, options: AgencyAddOptions) => {
      const added = await withLocalSession(program, ['owner'], async ({ store, ctx }) => {
        const user = await newUser(options.administrator, { ...options, role: ['administrator'] }, null);
        return foundAgency(store, ctx, { name, country: options.country ?? '' }, user);
      });
      if (options.json === true) io.json({ id: added.actor.agencyId, name, administrator: added.actor.login });
      else io.out(`added ${name}, administered by ${added.actor.login}`);
    });

  agency
    .command('list')
    .description('every agency of this instance')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const agencies = await withLocalSession(program, ['owner'], ({ store, ctx }) => listAgencies(store, ctx));
      if (options.json === true) return agencies.forEach((row) => io.json(row));
      const rows = agencies.map((row) => [row.name, row.country, String(row.users)]);
      table([{ title: 'agency' }, { title: 'country' }, { title: 'users', align: 'right' }], rows).forEach(io.out);
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
  agencyCommands(program, io);
  userCommands(program, io);
  loginCommand(program, io);
};
