// The last self-test that the viewer's agency kept: what was found and confused, by edit and method, and on what that rests.
import type { StoredSelfTest } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { selfTestQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/section.js';
import { Teach } from '../../parts/teach.js';
import { bytes, count, duration, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { ErrorTable } from './error-table.js';
import { RecallTable } from './recall-table.js';
import styles from './self-test.module.css';

const Verdict = ({ stored: { at, login, result } }: { stored: StoredSelfTest }): ReactNode => (
  <div className="head" data-holds={result.holds}>
    <strong className={result.holds ? undefined : styles['broken']}>
      {result.holds ? t.selfTest.holds : t.selfTest.broken}
    </strong>
    <span className="muted">{t.selfTest.keptBy(instant(at), login)}</span>
  </div>
);

const RestsOn = ({ result }: Pick<StoredSelfTest, 'result'>): ReactNode => {
  const { durationMs, machine } = result;
  return (
    <Facts
      rows={[
        [t.selfTest.set, t.selfTest.drawn(result.seed, result.pictures, result.copies)],
        [t.selfTest.program, result.program],
        [
          t.selfTest.methods,
          result.methods
            .map(({ name, threshold, unit, version }) => t.selfTest.methodWords(name, version, threshold, unit))
            .join(', '),
        ],
        [t.selfTest.decoder, result.decoders.join(', ')],
        [
          t.selfTest.machine,
          t.selfTest.machineWords(
            machine.cpu,
            machine.cores,
            bytes(machine.memoryBytes),
            machine.platform,
            machine.node,
          ),
        ],
        [t.selfTest.took, duration((durationMs.draw + durationMs.decode + durationMs.compare) / 1000)],
        [t.selfTest.repeat, <code key="repeat">{t.selfTest.again(result.seed, result.pictures)}</code>],
      ]}
    />
  );
};

const Result = ({ stored }: { stored: StoredSelfTest }): ReactNode => {
  const { result } = stored;
  return (
    <>
      <Verdict stored={stored} />
      <Section title={t.selfTest.recall}>
        <RecallTable result={result} />
      </Section>
      <Section title={t.selfTest.errors}>
        <ErrorTable result={result} />
      </Section>
      {result.misses.length > 0 && (
        <Section title={t.selfTest.misses} n={result.misses.length}>
          <Facts rows={result.misses.map(({ edit, picture, why }) => [edit, `${picture}: ${why}`] as const)} />
        </Section>
      )}
      {result.notProposed > 0 && <p className={styles['note']}>{t.selfTest.notProposed(count(result.notProposed))}</p>}
      <Section title={t.selfTest.restsOn}>
        <RestsOn result={result} />
      </Section>
    </>
  );
};

export const SelfTestScreen = (): ReactNode => {
  const query = useQuery(selfTestQuery);
  usePlace([{ words: t.account.title, href: '/account' }, { words: t.selfTest.title }]);
  return (
    <section className="page" aria-label={t.selfTest.title} tabIndex={0}>
      <Async query={query}>
        {({ last }) =>
          last === null ? (
            <Teach title={t.selfTest.empty} text={t.selfTest.teach} command={t.selfTest.command} />
          ) : (
            <Result stored={last} />
          )
        }
      </Async>
    </section>
  );
};
