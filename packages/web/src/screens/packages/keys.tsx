// The keys of packages: the own one, given to others as a file, and those of others, trusted once their fingerprint was compared.
import { ExchangeKey, ExchangePeer, type PackageKeys } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { packageKeysQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { LEADING_ROLES, useRoles } from '../../app/use-roles.js';
import { Async } from '../../parts/async.js';
import { Field, FileField, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { saveFile } from '../../parts/save-file.js';
import { Section } from '../../parts/section.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './packages.module.css';

const words = t.exchange.packages;
const TOUCHES = ['/package-keys', '/audit'];

const Own = ({ leads, own }: { leads: boolean; own: PackageKeys['own'] }): ReactNode => {
  const make = useChange(() => callJson('/package-keys', ExchangeKey, { method: 'POST' }), TOUCHES);
  return (
    <div className={styles['form']}>
      {own === null ? (
        <p className="muted">{words.ownNone}</p>
      ) : (
        <>
          <p>
            {words.own}: <span className="mono">{own.fingerprint}</span>
          </p>
          <p className="muted">{words.ownMeans}</p>
          <button
            type="button"
            className="button plain"
            onClick={() => saveFile(new File([own.file], 'redthread-agency.key'))}
          >
            {words.save}
          </button>
        </>
      )}
      {own === null && leads && (
        <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate(undefined)}>
          {words.make}
        </button>
      )}
      {make.error !== null && <ProblemNotice error={make.error} />}
    </div>
  );
};

const Trust = (): ReactNode => {
  const trust = useChange(async (form: FormData) => {
    const file = await (form.get('file') as File).text();
    const body = { file, fingerprint: textIn(form)('fingerprint') };
    return callJson('/package-keys/trusted', ExchangePeer, { method: 'POST', body });
  }, TOUCHES);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    trust.mutate(new FormData(form), { onSuccess: () => form.reset() });
  };
  return (
    <form className={styles['form']} onSubmit={submit} aria-label={words.trust}>
      <div className={styles['row']}>
        <FileField name="file" required words={words.keyFile} />
        <Field name="fingerprint" required minLength={32} maxLength={80} size={42} words={words.asRead} />
        <button type="submit" className="button" disabled={trust.isPending}>
          {words.trust}
        </button>
      </div>
      {trust.error !== null && <ProblemNotice error={trust.error} />}
    </form>
  );
};

const Trusted = ({ leads, trusted }: { leads: boolean; trusted: PackageKeys['trusted'] }): ReactNode => {
  const remove = useChange((id: string) => callVoid(`/package-keys/trusted/${id}`, { method: 'DELETE' }), TOUCHES);
  if (trusted.length === 0) return <p className="head muted">{words.trustedNone}</p>;
  return (
    <>
      <table className="table" aria-label={words.trusted}>
        <thead>
          <tr>
            <th>{words.agency}</th>
            <th>{words.country}</th>
            <th className="grow">{words.fingerprint}</th>
            <th>{words.by}</th>
            <th>{words.when}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {trusted.map((peer) => (
            <tr key={peer.id}>
              <td className="wrap">{peer.name}</td>
              <td>{peer.country}</td>
              <td className="grow mono wrap">{peer.fingerprint}</td>
              <td>{peer.by}</td>
              <td>{instant(peer.at)}</td>
              <td className="num">
                {leads && (
                  <button
                    type="button"
                    className="button plain"
                    disabled={remove.isPending}
                    onClick={() => remove.mutate(peer.id)}
                  >
                    {words.distrust}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {remove.error !== null && <ProblemNotice error={remove.error} />}
    </>
  );
};

export const Keys = (): ReactNode => {
  const leads = useRoles(LEADING_ROLES);
  const query = useQuery(packageKeysQuery);
  return (
    <Section title={words.keys}>
      <Async query={query}>
        {({ own, trusted }) => (
          <>
            <Own own={own} leads={leads} />
            <Trusted trusted={trusted} leads={leads} />
            {leads && <Trust />}
          </>
        )}
      </Async>
    </Section>
  );
};
