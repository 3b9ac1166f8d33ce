// Who is in an operation is its agencies' own choice: ask another to join, or leave.
import { Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callVoid } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from '../administration/administration.module.css';
import { useMayJoin } from './invitations.js';

const words = t.invitations;

export const Membership = ({ operationId }: { operationId: string }): ReactNode => {
  const mayJoin = useMayJoin();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const invite = useChange(
    (agency: string) => callVoid(`/operations/${operationId}/invitations`, { method: 'POST', body: { agency } }),
    ['/invitations'],
  );
  const leave = useChange(async () => {
    await callVoid(`/operations/${operationId}/leave`, { method: 'POST' });
    await navigate({ to: '/operations' });
  }, ['/operations', '/cases', '/lists']);
  if (!mayJoin) return null;
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    invite.mutate(String(new FormData(event.currentTarget).get('agency')).trim());
  };
  return (
    <>
      <form className={styles['form']} onSubmit={submit}>
        <input className="field" name="agency" required placeholder={words.exactName} aria-label={words.invite} />
        <button type="submit" className="button">
          {words.send}
        </button>
        {invite.isSuccess && <span role="status">{words.sent(invite.variables)}</span>}
        <button type="button" className="button plain" onClick={() => setLeaving(true)}>
          {words.leave}
        </button>
      </form>
      {invite.error !== null && <ProblemNotice error={invite.error} />}
      <Modal
        opened={leaving}
        onClose={() => setLeaving(false)}
        title={words.leave}
        size="sm"
        centered
        transitionProps={{ duration: 80 }}
        closeButtonProps={{ 'aria-label': t.common.close }}
      >
        <p>{words.leaveText}</p>
        {leave.error !== null && <ProblemNotice error={leave.error} />}
        <div className={styles['editor']}>
          <button type="button" className="button plain" onClick={() => setLeaving(false)}>
            {t.common.cancel}
          </button>
          <button type="button" className="button" onClick={() => leave.mutate(undefined)}>
            {words.leaveYes}
          </button>
        </div>
      </Modal>
    </>
  );
};
