// How the sealed record stands: how much of it is sealed, under which head, where that is anchored, when somebody verified it.
import type { RecordState } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { recordStateQuery } from '../api/queries.js';
import { Command, Copyable } from '../form/copyable.js';
import { instant } from '../text/format.js';
import { t } from '../text/index.js';
import { Async } from './async.js';
import { codeInWords } from './code-words.js';
import styles from './record-strip.module.css';

const Fact = ({ name, children }: { name: string; children: ReactNode }): ReactNode => (
  <div className={styles['fact']}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Sealed = ({ state }: { state: RecordState }): ReactNode => (
  <Fact name={t.audit.sealed}>
    <div>{t.audit.events(state.size)}</div>
    {state.waiting > 0 && state.oldestWaitingAt !== null && (
      <div>{t.audit.waiting(state.waiting, instant(state.oldestWaitingAt))}</div>
    )}
    <div className={state.sealing === 'sealing' ? 'muted' : styles['trouble']} data-sealing={state.sealing}>
      {t.audit.sealing[state.sealing]}
    </div>
  </Fact>
);

const Head = ({ head }: { head: RecordState['head'] }): ReactNode => (
  <Fact name={t.audit.head}>
    {head === null ? (
      t.audit.noHead
    ) : (
      <>
        <Copyable text={head.root} />
        <div className="muted">{t.audit.headOf(t.audit.events(head.size), instant(head.at), head.key)}</div>
      </>
    )}
  </Fact>
);

const Anchor = ({ anchors, places }: Pick<RecordState, 'anchors' | 'places'>): ReactNode => {
  const newest = (['file', 'tsa'] as const).flatMap((kind) => anchors.find((one) => one.kind === kind) ?? []);
  return (
    <Fact name={t.audit.anchor}>
      {newest.length === 0 && <div className="muted">{t.audit.noAnchor}</div>}
      {newest.map(({ at, kind, size }) => (
        <div key={kind}>{t.audit.anchorOf(t.audit.anchorKinds[kind], instant(at), t.audit.events(size))}</div>
      ))}
      {places.map(({ code, kind }) =>
        code === null ? null : (
          <div key={kind} className={styles['trouble']}>
            {t.audit.anchorFails(t.audit.anchorKinds[kind], codeInWords(code))}
          </div>
        ),
      )}
    </Fact>
  );
};

const Verified = ({ verified }: { verified: RecordState['verified'] }): ReactNode => (
  <Fact name={t.audit.verified}>
    {verified === null ? (
      <>
        <div className="muted">{t.audit.notVerified}</div>
        <Command text={t.audit.verifyCommand} />
      </>
    ) : verified.failed === 0 ? (
      t.audit.whole(instant(verified.at))
    ) : (
      <span className={styles['trouble']}>{t.audit.broken(instant(verified.at), verified.failed)}</span>
    )}
  </Fact>
);

export const RecordStrip = (): ReactNode => {
  const query = useQuery(recordStateQuery);
  return (
    <Async query={query}>
      {(state) => (
        <dl className={styles['strip']}>
          <Sealed state={state} />
          <Head head={state.head} />
          <Anchor anchors={state.anchors} places={state.places} />
          <Verified verified={state.verified} />
        </dl>
      )}
    </Async>
  );
};
