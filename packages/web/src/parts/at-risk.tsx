// A child at risk now: the band above a case or a series, the form that marks it, and the sign beside its name wherever that stands.
import { AT_RISK_HOURS, type AtRiskMark } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callVoid } from '../api/client.js';
import { atRiskQuery } from '../api/queries.js';
import { KEEPING_ROLES, useRoles } from '../app/use-roles.js';
import { Icon } from '../form/icons.js';
import { instant } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './at-risk.module.css';
import { Field, textIn } from './field.js';
import { TakeBack } from './take-back.js';
import { WithReason } from './with-reason.js';

const words = t.atRisk;
/** Whatever is put in another order by a mark. */
const TOUCHES = [
  '/at-risk',
  '/stacks',
  '/reviews',
  '/connections',
  '/verdict-queue',
  '/contacts',
  '/cases',
  '/notices',
];

export type AtRiskOn = { readonly case: string } | { readonly series: string };

const Mark = ({ on, again }: { on: AtRiskOn; again: boolean }): ReactNode => (
  <WithReason
    words={again ? words.again : words.mark}
    reason={words.why}
    touches={TOUCHES}
    send={(reason, form) =>
      callVoid('/at-risk', { method: 'POST', body: { ...on, reason, hours: Number(textIn(form)('hours')) } })
    }
  >
    <span className={`muted ${styles['means']}`}>{words.means}</span>
    <Field
      name="hours"
      type="number"
      required
      min={1}
      max={AT_RISK_HOURS.most}
      defaultValue={AT_RISK_HOURS.usual}
      words={words.hours}
    />
  </WithReason>
);

const Band = ({ mark, on, may }: { mark: AtRiskMark; on: AtRiskOn; may: boolean }): ReactNode => (
  <div className={styles['band']} role="status" data-at-risk={mark.on.kind}>
    <strong>
      <Icon name="warning" size={16} />
      {words.title}
    </strong>
    <span>{words.until(instant(mark.until))}</span>
    <span>{mark.reason}</span>
    <span className="muted">{words.by(mark.by, mark.agency.name)}</span>
    {may && mark.own && (
      <>
        <Mark on={on} again />
        <TakeBack path={`/at-risk/${mark.id}/end`} touches={TOUCHES} />
      </>
    )}
  </div>
);

/** `own`: of the viewer's agency, who may mark it. */
export const AtRiskBand = ({ on, own }: { on: AtRiskOn; own: boolean }): ReactNode => {
  const may = useRoles(KEEPING_ROLES) && own;
  const marks = useQuery({ ...atRiskQuery(on), staleTime: 0 }).data;
  if (marks === undefined) return null;
  if (marks.length > 0) return marks.map((mark) => <Band key={mark.id} mark={mark} on={on} may={may} />);
  return may ? (
    <div className={styles['ask']}>
      <Mark on={on} again={false} />
    </div>
  ) : null;
};

/** Beside the name of a case or a series: nothing where no mark is in force. */
export const AtRiskSign = ({ id }: { id: string }): ReactNode => {
  const isMarked = useQuery(atRiskQuery()).data?.some(({ on }) => on.id === id) ?? false;
  return isMarked ? (
    <span className={styles['sign']} title={words.title}>
      <Icon name="warning" size={14} />
      <span className="hidden-words">{words.title} </span>
    </span>
  ) : null;
};
