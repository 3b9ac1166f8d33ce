// The users of an agency: roles, accounts and passwords, one line each; a form adds one.
import { Role, User } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { signInProviderQuery, usersQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './administration.module.css';

const words = t.administration;
const userPath = (login: string, what: string): string => `/users/${encodeURIComponent(login)}/${what}`;

const RoleBoxes = ({ chosen }: { chosen: readonly string[] }): ReactNode => (
  <span className={styles['roles']}>
    {Role.options.map((role) => (
      <label key={role}>
        <input type="checkbox" name="role" value={role} defaultChecked={chosen.includes(role)} />{' '}
        {words.roleNames[role]}
      </label>
    ))}
  </span>
);

interface Changes {
  readonly roles: (roles: readonly string[]) => void;
  readonly password: (password: string, keepApiKeys: boolean) => void;
  readonly disabled: (isDisabled: boolean) => void;
  readonly resetFactors: () => void;
  readonly bind: (subject: string) => void;
}

const Editor = ({ user, change, done }: { user: User; change: Changes; done: () => void }): ReactNode => {
  const hasProvider = useQuery(signInProviderQuery).data?.provider?.id !== undefined;
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get('password') ?? '');
    if (password === '') change.roles(form.getAll('role').map(String));
    else change.password(password, form.has('keepApiKeys'));
    done();
  };
  return (
    <div className={styles['editor']}>
      <form onSubmit={submit}>
        <RoleBoxes chosen={user.roles} />
        <button type="submit" className="button">
          {words.keep}
        </button>
      </form>
      <form onSubmit={submit}>
        <Field
          name="password"
          type="password"
          required
          minLength={12}
          autoComplete="new-password"
          words={words.newPassword}
        />
        <label>
          <input type="checkbox" name="keepApiKeys" /> {words.keepApiKeys}
        </label>
        <button type="submit" className="button">
          {words.setPassword}
        </button>
      </form>
      {hasProvider && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            change.bind(textIn(new FormData(event.currentTarget))('subject'));
            done();
          }}
        >
          <Field name="subject" maxLength={255} words={t.account.provider.subject} />
          <button type="submit" className="button">
            {t.account.provider.bind}
          </button>
        </form>
      )}
      <button
        type="button"
        className="button plain"
        title={t.account.proof.resetDone(user.login)}
        onClick={() => {
          change.resetFactors();
          done();
        }}
      >
        {t.account.proof.reset}
      </button>
    </div>
  );
};

const UserRow = ({ user, change }: { user: User; change: Changes }): ReactNode => {
  const [open, setOpen] = useState(false);
  const isDisabled = user.disabledAt !== null;
  return (
    <>
      <tr data-user={user.login}>
        <td>{user.login}</td>
        <td className="grow">{user.displayName}</td>
        <td>
          {[...user.roles.map((role) => words.roleNames[role]), ...(user.operator ? [words.operator] : [])].join(', ')}
        </td>
        <td>{user.reachableAt}</td>
        <td className={isDisabled ? undefined : 'muted'}>
          {user.disabledAt === null ? words.inForce : words.disabledSince(instant(user.disabledAt))}
        </td>
        <td className="num">
          <button type="button" className="button plain" aria-expanded={open} onClick={() => setOpen(!open)}>
            {words.change}
          </button>
          <button type="button" className="button plain" onClick={() => change.disabled(!isDisabled)}>
            {isDisabled ? words.enable : words.disable}
          </button>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={6} className="wrap">
            <Editor user={user} change={change} done={() => setOpen(false)} />
          </td>
        </tr>
      )}
    </>
  );
};

const AddUser = (): ReactNode => {
  const add = useChange((body: unknown) => callJson('/users', User, { method: 'POST', body }), ['/users']);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = event.currentTarget;
    const form = new FormData(target);
    const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined;
    add.mutate(
      {
        login: text('login'),
        displayName: text('displayName'),
        roles: form.getAll('role').map(String),
        password: text('password') ?? null,
      },
      { onSuccess: () => target.reset() },
    );
  };
  return (
    <Section title={words.addUser}>
      <form className={styles['form']} onSubmit={submit}>
        <Field name="login" required maxLength={80} words={words.login} />
        <Field name="displayName" maxLength={120} words={words.name} />
        <Field
          name="password"
          type="password"
          minLength={12}
          autoComplete="new-password"
          words={words.password}

          title={words.noPassword}
        />
        <RoleBoxes chosen={['officer']} />
        <button type="submit" className="button">
          {words.add}
        </button>
      </form>
      {add.error !== null && <ProblemNotice error={add.error} />}
    </Section>
  );
};

export const Users = (): ReactNode => {
  const users = useQuery(usersQuery);
  const change = useChange(
    ({ path, method, body }: { path: string; method: 'PUT' | 'POST'; body?: unknown }) =>
      callVoid(path, { method, ...(body === undefined ? {} : { body }) }),
    ['/users', '/me'],
  );
  const changesOf = ({ login }: User): Changes => ({
    roles: (roles) => change.mutate({ path: userPath(login, 'roles'), method: 'PUT', body: { roles } }),
    password: (password, keepApiKeys) =>
      change.mutate({ path: userPath(login, 'password'), method: 'PUT', body: { password, keepApiKeys } }),
    disabled: (isDisabled) =>
      change.mutate({ path: userPath(login, isDisabled ? 'disable' : 'enable'), method: 'POST' }),
    bind: (subject: string) =>
      change.mutate({ path: userPath(login, 'provider-subject'), method: 'PUT', body: { subject: subject || null } }),
    resetFactors: () => change.mutate({ path: userPath(login, 'reset-second-factors'), method: 'POST' }),
  });
  return (
    <>
      <Section title={words.users} n={users.data?.length}>
        {change.error !== null && <ProblemNotice error={change.error} />}
        <Async query={users}>
          {(list) => (
            <table className="table">
              <thead>
                <tr>
                  <th>{words.login}</th>
                  <th className="grow">{words.name}</th>
                  <th>{words.roles}</th>
                  <th>{words.reachableAt}</th>
                  <th>{words.state}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {list.map((user) => (
                  <UserRow key={user.id} user={user} change={changesOf(user)} />
                ))}
              </tbody>
            </table>
          )}
        </Async>
      </Section>
      <AddUser />
    </>
  );
};
