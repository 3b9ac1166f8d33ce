// The legal hold on a case: nothing of it is destroyed, purged or handed over while it stands. One person places or releases it, with a reason.
import { Hold as HoldOf, type Case } from '@redthread/core/contract';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { Facts } from '../../parts/facts.js';
import { ReasonField, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from '../../parts/ask.module.css';

const words = t.custody.hold;

export const Hold = ({ one }: { one: Case }): ReactNode => {
  const mayHold = useRoles(CASE_ROLES);
  const change = useChange(
    async (reason: string): Promise<void> => {
      const path = `/cases/${one.id}/hold`;
      if (one.hold === null) await callJson(path, HoldOf, { method: 'PUT', body: { reason } });
      else await callVoid(path, { method: 'DELETE', body: { reason } });
    },
    ['/cases'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    change.mutate(textIn(new FormData(form))('reason'), { onSuccess: () => form.reset() });
  };
  return (
    <Section title={words.title} id="hold">
      {one.hold === null ? (
        <p className={`muted ${styles['means']}`}>{words.none}</p>
      ) : (
        <Facts
          rows={[
            [words.since, instant(one.hold.placedAt)],
            [words.by, one.hold.placedBy],
            [t.custody.reason, one.hold.reason],
          ]}
        />
      )}
      {mayHold && (
        <form className={styles['steps']} onSubmit={submit}>
          <ReasonField maxLength={1000} words={t.requests.yourReason} />
          <button type="submit" className="button" disabled={change.isPending}>
            {one.hold === null ? words.place : words.release}
          </button>
        </form>
      )}
      {change.error !== null && <ProblemNotice error={change.error} />}
    </Section>
  );
};
