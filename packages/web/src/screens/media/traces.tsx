// What a file says of its way: each trace with its method and version, and what was written by the same writer alike.
import type { Media, MediaTrace } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import styles from './media.module.css';

const words = t.review.traces;
const METHODS: Readonly<Record<string, string>> = words.methods;

/** Names come several a file; their version and method are said once each. */
const name = ({ method, version }: MediaTrace): string => `${METHODS[method] ?? method}, ${words.version(version)}`;

const groups = (traces: readonly MediaTrace[]) =>
  [...new Set(traces.map(name))].map((title) => [title, traces.filter((one) => name(one) === title)] as const);

const Said = ({ trace: { method, value, words: says } }: { trace: MediaTrace }): ReactNode => {
  const structure = method === 'jpeg-structure' || method === 'box-tree' ? value['class'] : undefined;
  return (
    <>
      {says}
      {typeof structure === 'string' && (
        <>
          {' '}
          <Link to="/review" search={{ structure }}>
            {words.alike}
          </Link>
        </>
      )}
    </>
  );
};

export const Traces = ({ traces }: { traces: Media['traces'] }): ReactNode => (
  <Section title={words.title}>
    <p className={styles['note']}>{traces.length === 0 ? words.none : words.lead}</p>
    <Facts
      rows={groups(traces).map(([title, found]) => [
        title,
        found.map((trace) => (
          <p key={JSON.stringify(trace.value)}>
            <Said trace={trace} />
          </p>
        )),
      ])}
    />
  </Section>
);
