// Keys for programs: made with scopes and an end, shown once, revoked here.
import { ApiKey, ApiKeyCreated } from '@redthread/core/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { apiKeysQuery } from '../../api/queries.js';
import { Copyable } from '../../form/copyable.js';
import { Async } from '../../parts/async.js';
import { Field } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './account.module.css';

const SCOPES = ApiKey.shape.scopes.element.options;
const DEFAULT_DAYS = 90;

const KeyTable = ({ keys, onRevoke }: { keys: readonly ApiKey[]; onRevoke: (id: string) => void }): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th className="grow">{t.account.keyName}</th>
        <th>{t.account.scopes}</th>
        <th className="num">{t.account.created}</th>
        <th className="num">{t.account.expires}</th>
        <th className="num">{t.account.lastUsed}</th>
        <th />
      </tr>
    </thead>
    <tbody>
      {keys.map((key) => (
        <tr key={key.id}>
          <td className="grow">{key.name}</td>
          <td>{key.scopes.join(', ')}</td>
          <td className="num">{instant(key.createdAt)}</td>
          <td className="num">{instant(key.expiresAt)}</td>
          <td className="num">{key.lastUsedAt === null ? t.account.never : instant(key.lastUsedAt)}</td>
          <td className="num">
            {key.revokedAt === null ? (
              <button type="button" className="button plain" onClick={() => onRevoke(key.id)}>
                {t.account.revoke}
              </button>
            ) : (
              t.account.revoked
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const ApiKeys = (): ReactNode => {
  const query = useQuery(apiKeysQuery);
  const client = useQueryClient();
  const renew = (): Promise<void> => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
  const make = useMutation({
    mutationFn: (body: unknown) => callJson('/api-keys', ApiKeyCreated, { method: 'POST', body }),
    onSuccess: renew,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => callVoid(`/api-keys/${id}`, { method: 'DELETE' }),
    onSuccess: renew,
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    make.mutate({ name: String(form.get('name')), scopes: form.getAll('scope'), days: Number(form.get('days')) });
  };
  const error = make.error ?? revoke.error;
  return (
    <Section title={t.account.keys}>
      <Async query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <p className={`${styles['secret']} muted`}>{t.account.noKeys}</p>
          ) : (
            <KeyTable keys={keys} onRevoke={(id) => revoke.mutate(id)} />
          )
        }
      </Async>
      {make.data !== undefined && (
        <p className={styles['secret']}>
          {t.account.secretOnce} <Copyable text={make.data.secret} tail={0} />
        </p>
      )}
      {error !== null && <ProblemNotice error={error} />}
      <form className={styles['form']} onSubmit={submit}>
        <Field name="name" required maxLength={80} words={t.account.keyName} />
        {SCOPES.map((scope) => (
          <label key={scope}>
            <input type="checkbox" name="scope" value={scope} defaultChecked={scope === 'read'} /> {scope}
          </label>
        ))}
        <label>
          {t.account.days}
          <input
            className={`field ${styles['days']}`}
            name="days"
            type="number"
            min={1}
            max={365}
            defaultValue={DEFAULT_DAYS}
          />
        </label>
        <button type="submit" className="button">
          {t.account.make}
        </button>
      </form>
    </Section>
  );
};
