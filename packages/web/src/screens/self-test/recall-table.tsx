// One line an edit: how many copies, and what share each method alone and all together found.
import type { SelfTest, SelfTestEdit } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { count, share } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './self-test.module.css';

const Promised = ({ edit: { copies, found, promised } }: { edit: SelfTestEdit }): ReactNode => {
  if (!promised) return <span className="muted">{t.selfTest.beyond}</span>;
  if (found.together === copies) return t.selfTest.kept;
  return <strong className={styles['broken']}>{t.selfTest.missed(count(copies - found.together))}</strong>;
};

export const RecallTable = ({ result: { edits, methods } }: { result: SelfTest }): ReactNode => (
  <table className={`table ${styles['figures']}`}>
    <thead>
      <tr>
        <th className="grow">{t.selfTest.edit}</th>
        <th className="num">{t.selfTest.copies}</th>
        {methods.map(({ name }) => (
          <th key={name} className="num">
            {name}
          </th>
        ))}
        <th className="num">{t.selfTest.together}</th>
        <th>{t.selfTest.promised}</th>
      </tr>
    </thead>
    <tbody>
      {edits.map((edit) => (
        <tr key={edit.edit}>
          <td className="grow">{edit.edit}</td>
          <td className="num">{count(edit.copies)}</td>
          {methods.map(({ name }) => (
            <td key={name} className="num muted">
              {share(edit.found.byMethod[name] ?? 0, edit.copies)}
            </td>
          ))}
          <td className="num">{share(edit.found.together, edit.copies)}</td>
          <td>
            <Promised edit={edit} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
