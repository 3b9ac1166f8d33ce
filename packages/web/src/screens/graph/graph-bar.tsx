// The line above the graph: how much is shown, what the filter leaves, how it grows, and the picture of it.
import { GRADES_FOUND } from '@redthread/core/domain';
import type { ReactNode } from 'react';
import type { GraphSearch } from '../../app/search-schemas.js';
import type { Shown } from '../../graph/graph-model.js';
import { Choice, Field } from '../../parts/field.js';
import { t } from '../../text/index.js';
import styles from './graph.module.css';

const words = t.graph;

interface BarProps {
  readonly shown: Shown;
  readonly leftOut: number;
  readonly search: GraphSearch;
  /** How many would be expanded at once. */
  readonly next: number;
  readonly change: (part: Partial<GraphSearch>) => void;
  readonly onExpandAll: () => void;
  readonly onFit: () => void;
  readonly onPng: (element: Element) => void;
}

export const GraphBar = ({ shown, leftOut, search, next, change, onExpandAll, onFit, onPng }: BarProps): ReactNode => (
  <div className={styles['bar']}>
    <strong>{words.counts(shown.nodes.length, shown.edges.length)}</strong>
    <Choice
      words={words.grade}
      value={search.grade ?? ''}
      onChange={({ currentTarget }) => change({ grade: GRADES_FOUND.find((one) => one === currentTarget.value) })}
    >
      <option value="">{words.anyGrade}</option>
      {GRADES_FOUND.map((one) => (
        <option key={one} value={one}>
          {t.grades[one]}
        </option>
      ))}
    </Choice>
    {(['since', 'until'] as const).map((end) => (
      <Field
        key={end}
        type="date"
        words={words[end]}
        value={search[end] ?? ''}
        onChange={({ currentTarget: { value } }) => change({ [end]: value === '' ? undefined : value })}
      />
    ))}
    <span className="muted" role="status">
      {[
        ...(shown.hidden > 0 ? [words.hidden(shown.hidden)] : []),
        ...(shown.timeless > 0 ? [words.timeless(shown.timeless)] : []),
        ...(leftOut > 0 ? [words.leftOut(leftOut)] : []),
      ].join(' ')}
    </span>
    <span className={styles['push']} />
    {next > 0 && (
      <button type="button" className="button" title={words.expandAllHint} onClick={onExpandAll}>
        {words.expandAll(next)}
      </button>
    )}
    <button type="button" className="button plain" onClick={onFit}>
      {words.fit}
    </button>
    <button
      type="button"
      className="button"
      title={words.pngHint}
      onClick={({ currentTarget }) => onPng(currentTarget)}
    >
      {words.png}
    </button>
  </div>
);
