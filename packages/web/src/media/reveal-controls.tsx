// The buttons of a reveal: held down, or confirmed until the view is left. Says what is happening, exactly.
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { Kbd } from '../app/own-keys.js';
import { Icon } from '../form/icons.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { t } from '../text/index.js';
import type { Reveal } from './reveal.js';
import styles from './reveal-controls.module.css';

const HOLDING: readonly string[] = [' ', 'Enter'];

export const RevealControls = ({
  reveals,
  holdLabel = t.reveal.hold,
}: {
  reveals: readonly Reveal[];
  holdLabel?: string;
}): ReactNode => {
  const kept = reveals.some((reveal) => reveal.kept);
  const refused = reveals.flatMap(({ state }) => (state.status === 'refused' ? [state.error] : []))[0];
  const statuses = reveals.map(({ state }) => state.status);
  const hold = (event: PointerEvent<HTMLButtonElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    for (const reveal of reveals) reveal.hold();
  };
  const release = (): void => {
    for (const reveal of reveals) reveal.release();
  };
  /** Space and Enter hold the button down as the pointer does. */
  const pressed = useRef(false);
  const press = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (event.repeat || !HOLDING.includes(event.key)) return;
    pressed.current = true;
    for (const reveal of reveals) reveal.hold();
  };
  const letGo = (): void => {
    if (pressed.current) release();
    pressed.current = false;
  };
  const keep = (): void => {
    for (const reveal of reveals) if (reveal.kept === kept) reveal.keep?.();
  };
  return (
    <div className={styles['controls']}>
      <button
        type="button"
        className="button"
        disabled={kept}
        onPointerDown={hold}
        onPointerUp={release}
        onPointerCancel={release}
        onLostPointerCapture={release}
        onKeyDown={press}
        onKeyUp={letGo}
        onBlur={letGo}
        onContextMenu={(event) => event.preventDefault()}
      >
        <Icon name="eye" size={16} />
        {holdLabel} <Kbd action="reveal" />
      </button>
      {reveals.some((reveal) => reveal.keep !== null) && (
        <button type="button" className="button" data-on={kept} aria-pressed={kept} onClick={keep}>
          {kept ? t.reveal.veil : t.reveal.keep} <Kbd action="keep" />
        </button>
      )}
      <span className={styles['say']} role="status">
        {statuses.includes('asking') ? t.reveal.asking : statuses.includes('clear') ? t.reveal.clear : ''}
      </span>
      {refused !== undefined && <ProblemNotice error={refused} />}
    </div>
  );
};
