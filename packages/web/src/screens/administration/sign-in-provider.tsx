// The provider that the people of the agency sign in at: its settings, and which of its groups have which roles.
import { SignInProviderState, type SignInProvider as Provider } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { signInProviderQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Copyable } from '../../form/copyable.js';
import { Async } from '../../parts/async.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import styles from './administration.module.css';

const words = t.account.provider;
const PATH = '/sign-in-provider';
const TOUCHES = [PATH, '/session/providers'];

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** `group=role,role` a line; a name of a group may hold `=`. */
const rolesOf = (text: string): Record<string, string[]> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const at = line.lastIndexOf('=');
        return [line.slice(0, Math.max(at, 0)).trim(), listOf(line.slice(at + 1))];
      }),
  );

const settingsIn = (form: FormData, hasSecret: boolean) => {
  const text = textIn(form);
  const clientSecret = text('clientSecret');
  return {
    name: text('name'),
    issuer: text('issuer'),
    clientId: text('clientId'),
    ...(clientSecret !== '' ? { clientSecret } : hasSecret ? {} : { clientSecret: null }),
    scope: text('scope'),
    groupsClaim: text('groupsClaim'),
    roles: rolesOf(text('roles')),
    secondFactor: { acr: listOf(text('acr')), amr: listOf(text('amr')) },
    addsPeople: form.get('addsPeople') !== null,
  };
};

const Form = ({ provider, onSet }: { provider: Provider | null; onSet: (settings: object) => void }): ReactNode => {
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSet(settingsIn(new FormData(event.currentTarget), provider?.hasSecret === true));
  };
  const lines = Object.entries(provider?.roles ?? {}).map(([group, roles]) => `${group}=${roles.join(',')}`);
  return (
    <form className={styles['form']} onSubmit={submit} autoComplete="off">
      <Field name="name" required maxLength={80} defaultValue={provider?.name} words={words.name} />
      <Field name="issuer" required maxLength={500} type="url" defaultValue={provider?.issuer} words={words.issuer} />
      <Field name="clientId" required maxLength={200} defaultValue={provider?.clientId} words={words.clientId} />
      <Field
        name="clientSecret"
        type="password"
        autoComplete="new-password"
        maxLength={1000}
        words={provider?.hasSecret === true ? words.secretKept : words.clientSecret}
      />
      <Field
        name="scope"
        required
        maxLength={200}
        defaultValue={provider?.scope ?? 'openid profile'}
        words={words.scope}
      />
      <Field
        name="groupsClaim"
        required
        maxLength={200}
        defaultValue={provider?.groupsClaim ?? 'groups'}
        words={words.groupsClaim}
      />
      <Field name="acr" defaultValue={provider?.secondFactor.acr.join(', ')} words={words.acr} />
      <Field name="amr" defaultValue={provider?.secondFactor.amr.join(', ')} words={words.amr} />
      <label className={styles['lines']}>
        {words.roles}
        <textarea className="field" name="roles" required rows={3} spellCheck={false} defaultValue={lines.join('\n')} />
      </label>
      <label>
        <input type="checkbox" name="addsPeople" defaultChecked={provider?.addsPeople ?? true} /> {words.addsPeople}
      </label>
      <button type="submit" className="button">
        {words.save}
      </button>
    </form>
  );
};

export const SignInProvider = (): ReactNode => {
  const query = useQuery(signInProviderQuery);
  const set = useChange((body: object) => callJson(PATH, SignInProviderState, { method: 'PUT', body }), TOUCHES);
  const remove = useChange(() => callVoid(PATH, { method: 'DELETE' }), TOUCHES);
  const error = set.error ?? remove.error;
  return (
    <Section title={words.title}>
      <p className={`${styles['said']} muted`}>{words.why}</p>
      <Async query={query}>
        {({ provider }) => (
          <>
            {provider !== null && (
              <p className={styles['said']}>
                {provider.redirectUri === null ? (
                  words.noRedirect
                ) : (
                  <>
                    {words.redirect} <Copyable text={provider.redirectUri} />.
                  </>
                )}{' '}
                {words.people(provider.people)}{' '}
                <button
                  type="button"
                  className="button plain"
                  title={words.removeText}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(undefined)}
                >
                  {words.remove}
                </button>
              </p>
            )}
            <Form key={provider?.setAt} provider={provider} onSet={(settings) => set.mutate(settings)} />
          </>
        )}
      </Async>
      {error !== null && <ProblemNotice error={error} />}
    </Section>
  );
};
