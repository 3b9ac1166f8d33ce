// The funnel as a ribbon that narrows: what goes on stays in the band, what is explained leaves it downwards.
// Every number is a link to exactly the items that it counts.
import type { Funnel, FunnelStep } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { bytes, count, instant } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './funnel-ribbon.module.css';
import { ACROSS, EXITS, ribbonOf, STATIONS } from './funnel-shape.js';
import { ListsUnasked } from './lists-unasked.js';
import { StepLink } from './step-link.js';

const VIEW = { width: 1000, height: 100 };

export const FunnelRibbon = ({ funnel }: { funnel: Funnel }): ReactNode => {
  const of = (step: FunnelStep) => funnel.steps.find((row) => row.step === step);
  const shape = ribbonOf((step) => of(step)?.files ?? 0, VIEW);
  const label = (step: FunnelStep, at: number, volume: boolean): ReactNode => {
    const row = of(step);
    return (
      <StepLink
        key={step}
        within={{ [funnel.scope.kind]: funnel.scope.id }}
        step={step}
        className={styles['step']}
        data-step={step}
        style={{ left: `${at * 100}%` }}
        title={row?.explanation}
      >
        <span className={styles['count']}>{count(row?.files ?? 0)}</span>
        <span className={styles['name']}>{t.funnel.steps[step]}</span>
        {volume && <span className={styles['bytes']}>{bytes(row?.bytes ?? 0)}</span>}
      </StepLink>
    );
  };
  return (
    <figure className={styles['funnel']} aria-label={t.funnel.title}>
      <div className={styles['stations']}>{[...STATIONS, ...ACROSS].map(({ step, at }) => label(step, at, true))}</div>
      <svg
        viewBox={`0 0 ${VIEW.width} ${VIEW.height}`}
        preserveAspectRatio="none"
        className={styles['ribbon']}
        aria-hidden="true"
      >
        {shape.exits.map((exit) => (
          <path key={exit.step} d={exit.path} className={styles['exit']} />
        ))}
        <path d={shape.band} className={styles['band']} />
        <path d={shape.rest} className={styles['rest']} />
      </svg>
      <div className={styles['exits']}>{EXITS.map(({ step, at }) => label(step, at, false))}</div>
      <figcaption className={styles['as-of']}>{t.funnel.asOf(instant(funnel.asOf))}</figcaption>
      <ListsUnasked lists={funnel.listsUnasked} />
    </figure>
  );
};
