// Asks for a fresh proof where a call needs one, over whatever page it came from; the call goes on by itself.
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { askProofsBy } from '../api/prover.js';
import { secondFactorsQuery } from '../api/queries.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { t } from '../text/index.js';
import { ProveForm } from './prove-form.js';
import styles from './proof.module.css';

const words = t.account.proof;

export const ProofDialog = (): ReactNode => {
  const [open, setOpen] = useState(false);
  const answer = useRef<(proven: boolean) => void>(() => undefined);
  useEffect(() => {
    const stop = askProofsBy(() => {
      setOpen(true);
      return new Promise((resolve) => (answer.current = resolve));
    });
    return () => {
      stop();
      // The session ended under the question: what waits for it, and what asks after the next sign-in, would wait for ever.
      answer.current(false);
    };
  }, []);
  const end = (proven: boolean): void => {
    setOpen(false);
    answer.current(proven);
  };
  return (
    <Modal
      opened={open}
      onClose={() => end(false)}
      title={words.again}
      size="sm"
      centered
      transitionProps={{ duration: 80 }}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      {open && <Asked onProven={() => end(true)} />}
    </Modal>
  );
};

const Asked = ({ onProven }: { onProven: () => void }): ReactNode => {
  const { data, error } = useQuery(secondFactorsQuery);
  return (
    <div className={styles['dialog']}>
      <p className="muted">{words.why}</p>
      {data !== undefined && <ProveForm ways={data.ways} onProven={onProven} />}
      {data === undefined && error !== null && <ProblemNotice error={error} />}
    </div>
  );
};
