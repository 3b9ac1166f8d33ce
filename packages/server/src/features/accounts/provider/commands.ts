// redthread agency provider: where the people of the own agency sign in.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { SignInProviderSet, type RolesByGroup } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io, Json } from '../../../app/cli/io.js';
import { withLocalSession } from '../local-actor.js';
import { readSecret } from '../read-secret.js';
import { bindPerson, PROVIDER_PAGE, readProvider, removeProvider, setProvider } from './settings.js';

interface SetOptions {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly map: Readonly<RolesByGroup>;
  readonly clientSecretFile?: string;
  readonly clientSecretStdin?: boolean;
  /** Commander: `--no-client-secret`. */
  readonly clientSecret: boolean;
  readonly scope?: string;
  readonly groupsClaim?: string;
  readonly acr: readonly string[];
  readonly amr: readonly string[];
  /** Commander: `--no-add-people`. */
  readonly addPeople: boolean;
}

const each = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `GROUP=ROLE,ROLE`; a name of a group may hold `=`. Errors: ARGUMENT_INVALID. */
export const groupOf = (text: string, before: Readonly<Record<string, readonly string[]>>) => {
  const at = text.lastIndexOf('=');
  const roles = text.slice(at + 1).split(',');
  if (at < 1 || roles.includes(''))
    throw fail('ARGUMENT_INVALID', `${text}: GROUP=ROLE is expected, or GROUP=ROLE,ROLE`);
  return { ...before, [text.slice(0, at)]: roles };
};

/** Never from an argument. Undefined: the one before stays. */
const secretOf = async (options: SetOptions): Promise<string | null | undefined> => {
  if (!options.clientSecret) return null;
  if (options.clientSecretStdin === true) return readSecret('Client secret', true, '--client-secret-stdin');
  if (options.clientSecretFile === undefined) return undefined;
  try {
    return readFileSync(options.clientSecretFile, 'utf8').trim();
  } catch (cause) {
    throw fail('ARGUMENT_INVALID', `${options.clientSecretFile} cannot be read`, { cause });
  }
};

const settingsOf = async (options: SetOptions): Promise<SignInProviderSet> => {
  const { name, issuer, clientId, map, scope, groupsClaim, acr, amr, addPeople } = options;
  const clientSecret = await secretOf(options);
  const given = {
    name,
    issuer,
    clientId,
    scope,
    groupsClaim,
    roles: map,
    secondFactor: { acr, amr },
    addsPeople: addPeople,
  };
  const read = SignInProviderSet.safeParse({ ...given, clientSecret });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw fail('ARGUMENT_INVALID', `${issue?.path.join(' ') ?? ''}: ${issue?.message ?? 'invalid'}`);
};

export const registerProviderCommands = (agency: Command, program: Command, io: Io): void => {
  const provider = agency
    .command('provider')
    .description('where the people of your agency sign in besides here (OpenID Connect)');

  provider
    .command('show')
    .description('the provider, its groups and their roles; its secret is never shown')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const shown = await withLocalSession(program, [], ({ store, ctx }) => readProvider(store, ctx));
      if (options.json === true) return io.json({ provider: shown });
      if (shown === null) return io.out('none: people sign in here');
      io.out(`${shown.name}: ${shown.issuer}, as ${shown.clientId}${shown.hasSecret ? '' : ', without a secret'}`);
      for (const [group, roles] of Object.entries(shown.roles)) io.out(`  ${group}: ${roles.join(', ')}`);
      const { acr, amr } = shown.secondFactor;
      io.out(
        `counts as a second factor: ${[...acr.map((a) => `acr ${a}`), ...amr.map((a) => `amr ${a}`)].join(', ') || 'never'}`,
      );
      io.out(
        `${shown.people} ${shown.people === 1 ? 'person' : 'people'}; ${shown.addsPeople ? 'whoever has a group gets an account' : 'accounts are made here'}`,
      );
      io.out(`comes back to: ${shown.redirectUri ?? `the address that is opened, ${PROVIDER_PAGE}`}`);
    });

  provider
    .command('set')
    .description('set or change it; it is asked who it is before it counts')
    .requiredOption('--name <words>', 'what the button on the page says')
    .requiredOption('--issuer <address>', 'its issuer, https://…')
    .requiredOption('--client-id <id>', 'what it knows this instance by')
    .requiredOption('--map <group=roles>', 'a group and its roles, separated by commas; give it once a group', groupOf)
    .option('--client-secret-file <file>', 'file that holds the client secret')
    .option('--client-secret-stdin', 'read the client secret from stdin')
    .option('--no-client-secret', 'there is none')
    .option('--scope <words>', 'what is asked for (default: openid profile)')
    .option('--groups-claim <name>', 'claim that names the groups of a person (default: groups)')
    .option('--acr <value>', 'an acr that counts as a second factor; may be repeated', each, [])
    .option('--amr <value>', 'an amr that counts as a second factor; may be repeated', each, [])
    .option('--no-add-people', 'only whom an administrator has bound comes in')
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread agency provider set --name "Ministry" --issuer https://id.example.org \\\n      --client-id redthread --client-secret-file /run/secrets/oidc --map vid-officers=officer,reviewer',
    )
    .action(async (options: SetOptions) => {
      const set = await settingsOf(options);
      await withLocalSession(program, [], ({ store, ctx }) => setProvider(store, ctx, set));
      io.out(`${set.name}: set`);
    });

  provider
    .command('remove')
    .description('take it away; ends every session that it let in')
    .action(async () => {
      await withLocalSession(program, [], ({ store, ctx }) => removeProvider(store, ctx));
      io.out('removed');
    });

  provider
    .command('bind <login> [subject]')
    .description('say who a user is at the provider; without a subject: nobody any more')
    .action(async (login: string, subject: string | undefined) => {
      await withLocalSession(program, [], ({ store, ctx }) => bindPerson(store, ctx, login, subject ?? null));
      io.out(subject === undefined ? `${login} is nobody at the provider` : `${login} is bound`);
    });
};
