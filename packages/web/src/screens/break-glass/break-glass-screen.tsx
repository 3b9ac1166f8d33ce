// Break-glass access: a form that opens a case in an emergency, and everything that was opened so.
import { BREAK_GLASS_HOURS, BreakGlass } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { breakGlassQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { Field, ReasonField, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { Teach } from '../../parts/teach.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from '../administration/administration.module.css';

const words = t.breakGlass;
/** What somebody sees changes with it. */
const TOUCHES = ['/break-glass', '/cases', '/exhibits', '/funnel', '/stacks', '/notices', '/status'];

const Open = (): ReactNode => {
  const open = useChange((body: unknown) => callJson('/break-glass', BreakGlass, { method: 'POST', body }), TOUCHES);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = event.currentTarget;
    const form = new FormData(target);
    const text = textIn(form);
    const agency = text('agency');
    open.mutate(
      {
        case: text('case'),
        reason: text('reason'),
        hours: Number(text('hours')),
        ...(agency === '' ? {} : { agency }),
      },
      { onSuccess: () => target.reset() },
    );
  };
  return (
    <Section title={words.open}>
      <p className={styles['said']}>{words.text}</p>
      <form className={styles['form']} onSubmit={submit}>
        <Field name="case" required maxLength={80} words={words.reference} />
        <Field name="agency" maxLength={120} words={words.agency} />
        <ReasonField words={words.reason} />
        <label>
          {words.hours}{' '}
          <input
            className={`field ${styles['short']}`}
            name="hours"
            type="number"
            min={1}
            max={BREAK_GLASS_HOURS.most}
            defaultValue={BREAK_GLASS_HOURS.usual}
          />
        </label>
        <button type="submit" className="button" disabled={open.isPending}>
          {words.submit}
        </button>
        {open.data !== undefined && (
          <Link to="/cases/$caseId" params={{ caseId: open.data.case.id }} className="link" role="status">
            {words.opened(open.data.case.reference, instant(open.data.expiresAt))}
          </Link>
        )}
      </form>
      {open.error !== null && <ProblemNotice error={open.error} />}
    </Section>
  );
};

const Row = ({ item, end }: { item: BreakGlass; end: () => void }): ReactNode => (
  <tr data-break-glass={item.case.reference} data-in-force={item.endedAt === null}>
    <td>
      <Link to="/cases/$caseId" params={{ caseId: item.case.id }} className="link">
        {item.case.reference}
      </Link>{' '}
      <span className="muted">{item.case.agency.name}</span>
    </td>
    <td>
      {item.mine ? words.you : item.by.displayName} <span className="muted">{item.by.agency.name}</span>
    </td>
    <td className="grow wrap">{item.reason}</td>
    <td className="num muted">{instant(item.createdAt)}</td>
    <td className="num">{instant(item.expiresAt)}</td>
    <td className="num">{item.endedAt === null ? words.inForce : words.ended(instant(item.endedAt))}</td>
    <td className="num">
      {item.endedAt === null && (
        <button type="button" className="button plain" onClick={end}>
          {words.end}
        </button>
      )}
    </td>
  </tr>
);

export const BreakGlassScreen = (): ReactNode => {
  const list = useQuery({ ...breakGlassQuery, staleTime: 0 });
  const end = useChange((id: string) => callVoid(`/break-glass/${id}/end`, { method: 'POST' }), TOUCHES);
  usePlace([{ words: words.title }]);
  return (
    <div className="page">
      <Open />
      {end.error !== null && <ProblemNotice error={end.error} />}
      <Async query={list}>
        {(items) =>
          items.length === 0 ? (
            <Teach title={words.empty} text={words.teach} />
          ) : (
            <Section title={words.list} n={items.length}>
              <table className="table">
                <thead>
                  <tr>
                    <th>{t.common.case}</th>
                    <th>{words.by}</th>
                    <th className="grow">{words.reason}</th>
                    <th className="num">{words.since}</th>
                    <th className="num">{words.until}</th>
                    <th className="num">{t.common.state}</th>
                    <th />
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <Row key={item.id} item={item} end={() => end.mutate(item.id)} />
                  ))}
                </tbody>
              </table>
            </Section>
          )
        }
      </Async>
    </div>
  );
};
