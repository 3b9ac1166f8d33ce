// What a sign-in takes in the agency.
import { SignInRule as Rule } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { signInRuleQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import styles from '../../proof/proof.module.css';
import { t } from '../../text/index.js';

const words = t.account.proof;

export const SignInRule = (): ReactNode => {
  const rule = useQuery(signInRuleQuery);
  const set = useChange(
    (secondFactor: boolean) => callJson('/sign-in-rule', Rule, { method: 'PUT', body: { secondFactor } }),
    ['/sign-in-rule'],
  );
  return (
    <Section title={words.rule}>
      <Async query={rule}>
        {({ secondFactor }) => (
          <p className={styles['row']}>
            {secondFactor ? words.ruleOn : words.ruleOff}
            <button type="button" className="button" disabled={set.isPending} onClick={() => set.mutate(!secondFactor)}>
              {secondFactor ? words.demandNoLonger : words.demand}
            </button>
          </p>
        )}
      </Async>
      {set.error !== null && <ProblemNotice error={set.error} />}
    </Section>
  );
};
