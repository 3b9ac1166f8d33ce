// What the votes on a media come to, in a line: the code and whether it is decided, dissent, who looked.
import type { VerdictState } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { t } from '../text/index.js';
import { useCodeTitles } from './code-titles.js';
import styles from './verdicts.module.css';

const words = t.verdicts;

export const StateLine = ({ verdict }: { verdict: VerdictState }): ReactNode => {
  const { scheme, code, state, missing, quorum, dissent, cannotSay, tallies } = verdict;
  const titleOf = useCodeTitles();
  const title = code === null ? undefined : titleOf(scheme, code);
  const lead = tallies.find((tally) => tally.code === code);
  const parts = [
    ...(title === undefined ? [] : [title]),
    ...(lead === undefined ? [] : [`${lead.looked} ${words.seen.looked}`, `${lead.byStack} ${words.seen['by-stack']}`]),
    ...(dissent === 0 ? [] : [code === null ? words.against(dissent) : words.dissent(dissent)]),
    ...(cannotSay === 0 ? [] : [words.couldNotSay(cannotSay)]),
    ...(missing === 0 ? [] : [words.missing(missing, quorum)]),
  ];
  return (
    <p className={styles['state']} data-state={state}>
      <strong>
        {scheme}
        {code !== null && `:${code}`} {words.state[state]}
      </strong>
      <span className="muted">{parts.join(', ')}</span>
    </p>
  );
};
