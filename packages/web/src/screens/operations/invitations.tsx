// Invitations that wait: those of the viewer's agency to be answered, and those that it has sent.
import type { Invitation } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callVoid } from '../../api/client.js';
import { invitationsQuery, meQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from '../administration/administration.module.css';

const words = t.invitations;

/** Whether the viewer answers for their agency. */
export const useMayJoin = (): boolean =>
  useQuery(meQuery).data?.roles.some((role) => role === 'administrator' || role === 'coordinator') ?? false;

const Row = ({
  invitation,
  answer,
}: {
  invitation: Invitation;
  answer: (verb: 'accept' | 'decline') => void;
}): ReactNode => (
  <tr data-invitation={invitation.operation.reference}>
    <td>
      <strong>{invitation.operation.name}</strong> <span className="muted">{invitation.operation.reference}</span>
    </td>
    <td className="grow">
      {invitation.mine
        ? words.asks(invitation.from.officer, invitation.from.agency.name)
        : words.waits(invitation.agency.name)}
    </td>
    <td className="num muted">{instant(invitation.createdAt)}</td>
    <td className="num">
      {invitation.mine && (
        <>
          <button type="button" className="button" title={words.consequence} onClick={() => answer('accept')}>
            {words.accept}
          </button>{' '}
          <button type="button" className="button plain" onClick={() => answer('decline')}>
            {words.decline}
          </button>
        </>
      )}
    </td>
  </tr>
);

export const Invitations = (): ReactNode => {
  const mayJoin = useMayJoin();
  const invitations = useQuery({ ...invitationsQuery, enabled: mayJoin }).data ?? [];
  const answer = useChange(
    ({ id, verb }: { id: string; verb: 'accept' | 'decline' }) =>
      callVoid(`/invitations/${id}/${verb}`, { method: 'POST' }),
    ['/invitations', '/operations', '/cases', '/notices', '/status'],
  );
  if (invitations.length === 0) return null;
  return (
    <Section title={words.title} n={invitations.length}>
      {answer.error !== null && <ProblemNotice error={answer.error} />}
      <table className={`table ${styles['apart']}`}>
        <tbody>
          {invitations.map((invitation) => (
            <Row
              key={invitation.id}
              invitation={invitation}
              answer={(verb) => answer.mutate({ id: invitation.id, verb })}
            />
          ))}
        </tbody>
      </table>
    </Section>
  );
};
