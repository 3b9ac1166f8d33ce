// The first step of a sign-in is done, and is not enough: what is asked for besides, or has to be set up.
import { Me, type SecondStep } from '@redthread/core/contract';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { Mark } from '../../form/icons.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { AddFactor } from '../../proof/add-factor.js';
import { ProveForm } from '../../proof/prove-form.js';
import { t } from '../../text/index.js';
import styles from './sign-in.module.css';

interface NextStepProps {
  readonly step: SecondStep;
  readonly onIn: (me: Me) => void;
  readonly onElse: () => void;
}

export const NextStep = ({ step, onIn, onElse }: NextStepProps): ReactNode => {
  const words = t.account.proof;
  const isToSetUp = step.stage === 'enrol';
  const entering = useMutation({ mutationFn: () => callJson('/me', Me), onSuccess: onIn });
  return (
    <main className={styles['page']}>
      <div className={`${styles['form']} ${isToSetUp ? styles['wide'] : ''}`}>
        <h1>
          <Mark size={32} />
          {isToSetUp ? words.title : words.second}
        </h1>
        {isToSetUp ? (
          <>
            <p>{words.toSetUp}</p>
            <AddFactor onAdded={() => entering.mutate()} />
            {entering.error !== null && <ProblemNotice error={entering.error} />}
          </>
        ) : (
          <ProveForm ways={step.ways} onProven={onIn} />
        )}
        <button type="button" className="button plain" onClick={onElse}>
          {words.elsewhere}
        </button>
      </div>
    </main>
  );
};
