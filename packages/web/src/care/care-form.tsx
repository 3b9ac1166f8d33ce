// The settings of care as a form: of a person, or of an agency as its floor.
import { CareState, KNOWN_BAD_WAYS, REVEAL_WAYS, TILE_RANGE, type Care } from '@redthread/core/contract';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson } from '../api/client.js';
import { useChange } from '../api/use-change.js';
import { textIn } from '../parts/field.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { t } from '../text/index.js';
import styles from './care.module.css';

const words = t.care;

interface FormProps {
  /** Where it is sent. */
  readonly path: string;
  readonly now: Care;
  readonly submit: string;
  /** What the agency asks for at least, said beside each. */
  readonly floor: Care | null;
}

const Row = ({ label, least, children }: { label: string; least: string | null; children: ReactNode }): ReactNode => (
  <label>
    <span>{label}</span>
    {children}
    <span className="muted">{least}</span>
  </label>
);

export const CareForm = ({ path, now, submit, floor }: FormProps): ReactNode => {
  const change = useChange((body: Care) => callJson(path, CareState, { method: 'PUT', body }), ['/me/care']);
  const send = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    change.mutate({
      tilePx: Number(text('tilePx')),
      reveal: text('reveal') as Care['reveal'],
      knownBad: text('knownBad') as Care['knownBad'],
      breakMinutes: Number(text('breakMinutes')),
      breakReveals: Number(text('breakReveals')),
    });
  };
  const least = (say: (care: Care) => string): string | null => (floor === null ? null : words.least(say(floor)));
  return (
    <form key={JSON.stringify(now)} className={styles['form']} onSubmit={send}>
      <Row label={words.tilePx} least={least(({ tilePx }) => words.px(tilePx))}>
        <input
          className="field"
          type="number"
          name="tilePx"
          min={TILE_RANGE.least}
          max={TILE_RANGE.most}
          defaultValue={now.tilePx}
          required
        />
      </Row>
      <Row label={words.reveal} least={least(({ reveal }) => words.reveals[reveal])}>
        <select className="field" name="reveal" defaultValue={now.reveal}>
          {REVEAL_WAYS.map((way) => (
            <option key={way} value={way}>
              {words.reveals[way]}
            </option>
          ))}
        </select>
      </Row>
      <Row label={words.knownBad} least={least(({ knownBad }) => words.knownBads[knownBad])}>
        <select className="field" name="knownBad" defaultValue={now.knownBad}>
          {KNOWN_BAD_WAYS.map((way) => (
            <option key={way} value={way}>
              {words.knownBads[way]}
            </option>
          ))}
        </select>
      </Row>
      <Row label={words.breakMinutes} least={least(({ breakMinutes }) => words.minutes(breakMinutes))}>
        <input
          className="field"
          type="number"
          name="breakMinutes"
          min={10}
          max={120}
          defaultValue={now.breakMinutes}
          required
        />
      </Row>
      <Row label={words.breakReveals} least={least(({ breakReveals }) => words.pictures(breakReveals))}>
        <input
          className="field"
          type="number"
          name="breakReveals"
          min={10}
          max={1000}
          defaultValue={now.breakReveals}
          required
        />
      </Row>
      <p>
        <button type="submit" className="button" disabled={change.isPending}>
          {submit}
        </button>{' '}
        <span role="status" className="muted">
          {change.isSuccess && words.saved}
        </span>
      </p>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </form>
  );
};
