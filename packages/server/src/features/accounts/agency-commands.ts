// redthread agency, operator: what concerns the instance.
import type { Command } from 'commander';
import { fail } from '@redthread/core/errors';
import type { Io, Json } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { foundAgency, listAgencies } from './agencies.js';
import { withLocalSession } from './local-actor.js';
import { newUser, type NewUserOptions } from './new-user-options.js';
import { changeOperator, listOperators } from './operators.js';
import { registerProviderCommands } from './provider/commands.js';
import { readSignInRule, setSignInRule } from './second-factors/factors.js';

interface AgencyAddOptions extends NewUserOptions, Json {
  readonly country: string;
  readonly administrator: string;
}

export const registerAgencyCommands = (program: Command, io: Io): void => {
  const agency = program.command('agency').description('found and list agencies of this instance, as its operator');

  agency
    .command('add <name>')
    .description('found an agency with its first administrator, who manages its users from then on')
    .requiredOption('--country <code>', 'country, such as PT')
    .requiredOption('--administrator <login>', 'login of its first administrator')
    .option('--display-name <name>', 'the name of the administrator that others see')
    .option('--password-stdin', 'read the password from stdin')
    .option('--no-password', 'no password yet')
    .option('--json', 'print JSON')
    .action(async (name: string, options: AgencyAddOptions) => {
      const { administrator, country } = options;
      const { agencyId } = await withLocalSession(program, [], async ({ store, ctx }) =>
        foundAgency(store, ctx, { name, country }, await newUser(administrator, options, null)),
      );
      if (options.json === true) io.json({ id: agencyId, name, administrator });
      else io.out(`added ${name}, administered by ${administrator}`);
    });

  registerSignInRule(agency, program, io);
  registerProviderCommands(agency, program, io);

  agency
    .command('list')
    .description('every agency of this instance')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const agencies = await withLocalSession(program, [], ({ store, ctx }) => listAgencies(store, ctx));
      if (options.json === true) return agencies.forEach((row) => io.json(row));
      const rows = agencies.map((row) => [row.name, row.country, String(row.users), row.administrators.join(', ')]);
      table(
        [{ title: 'agency' }, { title: 'country' }, { title: 'users', align: 'right' }, { title: 'administrators' }],
        rows,
      ).forEach(io.out);
    });
};

const registerSignInRule = (agency: Command, program: Command, io: Io): void => {
  const RULES = { required: true, optional: false } as const;
  agency
    .command('second-factor [rule]')
    .description('what a sign-in takes in your agency: required or optional; without a rule, says which holds')
    .action(async (rule: string | undefined) => {
      if (rule !== undefined && !Object.hasOwn(RULES, rule))
        throw fail('ARGUMENT_INVALID', `${rule}: a second factor is required or optional`);
      const secondFactor = await withLocalSession(program, [], async ({ store, ctx }) => {
        if (rule !== undefined) await setSignInRule(store, ctx, RULES[rule as keyof typeof RULES]);
        return readSignInRule(store, ctx);
      });
      io.out(secondFactor ? 'required: whoever has none sets one up at their next sign-in' : 'optional');
    });
};

export const registerOperatorCommands = (program: Command, io: Io): void => {
  const operator = program.command('operator').description('who operates this instance: founds agencies, verifies it');

  operator
    .command('list')
    .description('its operators')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const operators = await withLocalSession(program, ['owner'], ({ store, ctx }) => listOperators(store, ctx));
      if (options.json === true) return operators.forEach((row) => io.json(row));
      table(
        [{ title: 'operator' }, { title: 'agency' }],
        operators.map(({ login, agency }) => [login, agency]),
      ).forEach(io.out);
    });

  for (const [verb, operates] of [
    ['add', true],
    ['remove', false],
  ] as const)
    operator
      .command(`${verb} <login>`)
      .description(operates ? 'let a user operate the instance too' : 'a user operates the instance no longer')
      .action(async (login: string) => {
        await withLocalSession(program, ['owner'], ({ store, ctx }) => changeOperator(store, ctx, { login, operates }));
        io.out(operates ? `${login} operates this instance` : `${login} operates this instance no longer`);
      });
};
