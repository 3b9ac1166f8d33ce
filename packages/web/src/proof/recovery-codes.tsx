// Recovery codes, shown once.
import type { ReactNode } from 'react';
import { t } from '../text/index.js';
import styles from './proof.module.css';

const words = t.account.proof;

export const RecoveryCodes = ({ codes, onKept }: { codes: readonly string[]; onKept: () => void }): ReactNode => (
  <div className={styles['set']}>
    <div role="status">
      <h3>{words.codes}</h3>
      <p className="muted">{words.codesOnce}</p>
      <ul className={styles['codes']}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <button type="button" className="button" onClick={onKept}>
        {words.kept}
      </button>
    </div>
  </div>
);
