// What the viewer proves themselves with beyond the password.
import { RecoveryCodes as Codes, type SecondFactor } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { secondFactorsQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { AddFactor } from '../../proof/add-factor.js';
import styles from '../../proof/proof.module.css';
import { RecoveryCodes } from '../../proof/recovery-codes.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.account.proof;
const TOUCHES = ['/me/second-factors'];

const Factors = ({
  items,
  onRemove,
}: {
  items: readonly SecondFactor[];
  onRemove: (id: string) => void;
}): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th className="grow">{words.name}</th>
        <th>{words.kind}</th>
        <th className="num">{words.created}</th>
        <th className="num">{words.used}</th>
        <th />
      </tr>
    </thead>
    <tbody>
      {items.map(({ id, name, kind, createdAt, usedAt }) => (
        <tr key={id}>
          <td className="grow">{name}</td>
          <td>{words.kinds[kind]}</td>
          <td className="num">{instant(createdAt)}</td>
          <td className="num">{usedAt === null ? words.never : instant(usedAt)}</td>
          <td className="num">
            <button type="button" className="button plain" onClick={() => onRemove(id)}>
              {words.remove}
            </button>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const SecondFactors = (): ReactNode => {
  const query = useQuery(secondFactorsQuery);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const remove = useChange((id: string) => callVoid(`/me/second-factors/${id}`, { method: 'DELETE' }), TOUCHES);
  const renew = useChange(async () => {
    const { recoveryCodes } = await callJson('/me/recovery-codes', Codes, { method: 'POST' });
    setCodes(recoveryCodes);
  }, TOUCHES);
  const error = remove.error ?? renew.error;
  return (
    <Section title={words.title} n={query.data?.items.length}>
      <Async query={query}>
        {({ items, recoveryCodesLeft }) =>
          items.length === 0 ? (
            <p className={`${styles['row']} muted`}>{words.none}</p>
          ) : (
            <>
              <Factors items={items} onRemove={(id) => remove.mutate(id)} />
              <p className={styles['row']}>
                <span className="muted">{words.codesLeft(recoveryCodesLeft)}</span>
                <button type="button" className="button" disabled={renew.isPending} onClick={() => renew.mutate()}>
                  {words.newCodes}
                </button>
              </p>
            </>
          )
        }
      </Async>
      {codes !== null && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      {error !== null && <ProblemNotice error={error} />}
      <AddFactor onAdded={() => void query.refetch()} />
    </Section>
  );
};
