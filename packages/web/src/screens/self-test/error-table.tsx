// One line a method: in how many comparisons of different pictures it was wrong, pairs made to be confused apart.
import type { SelfTest, SelfTestErrors } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './self-test.module.css';

const Row = ({ name, counts, decides }: { name: string; counts: SelfTestErrors; decides: boolean }): ReactNode => (
  <tr>
    <td className="grow">{name}</td>
    <td className="num">{count(counts.comparisons)}</td>
    <td className="num">
      {decides && counts.errors > 0 ? (
        <strong className={styles['broken']}>{count(counts.errors)}</strong>
      ) : (
        count(counts.errors)
      )}
    </td>
    <td className="num">{count(counts.nearMiss.comparisons)}</td>
    <td className="num">{count(counts.nearMiss.errors)}</td>
  </tr>
);

export const ErrorTable = ({ result: { falseMatches, methods } }: { result: SelfTest }): ReactNode => (
  <table className={`table ${styles['figures']}`}>
    <thead>
      <tr>
        <th className="grow">{t.selfTest.method}</th>
        <th className="num">{t.selfTest.comparisons}</th>
        <th className="num">{t.selfTest.false}</th>
        <th className="num">{t.selfTest.nearMisses}</th>
        <th className="num">{t.selfTest.false}</th>
      </tr>
    </thead>
    <tbody>
      {methods.map(({ name }) => {
        const counts = falseMatches.byMethod[name];
        return counts === undefined ? null : <Row key={name} name={name} counts={counts} decides={false} />;
      })}
      <Row name={t.selfTest.together} counts={falseMatches.together} decides />
    </tbody>
  </table>
);
