// How reasons are made of comparisons, and grouped into those that support a grade and those that were tried.
import type { Note, Reason } from '../contract/comparison.js';
import type { Grade } from '../domain/grade.js';
import { signalOf, type Comparison, type Signal, type SignalMethod } from '../signals/index.js';
import { likelihoodBits } from './bits.js';
import { countedOf, ratesAt, type Pipeline } from './pipelines.js';

export interface MediaComparison {
  readonly grade: Grade;
  /** What supports the grade, strongest first; empty for `none`. */
  readonly reasons: readonly Reason[];
  /** What was compared and does not support it, with its measured value, so that thresholds can be studied. */
  readonly tried: readonly Reason[];
  readonly notes: readonly Note[];
}

export const compareBoth = (
  method: SignalMethod,
  a: readonly Signal[],
  b: readonly Signal[],
  hint?: Comparison,
): Comparison | null => {
  const [signalA, signalB] = [signalOf(a, method), signalOf(b, method)];
  if (!signalA || !signalB) return null;
  const orientation = hint?.where.b.orientation;
  return method.compare(signalA, signalB, orientation === undefined ? {} : { orientation });
};

/** `counts`: whether the methods together grant the grade; then each reason keeps what its own method says, or the last of a pipeline what all of it does. */
export const reasonOf = (
  method: SignalMethod,
  comparison: Comparison,
  counts: boolean,
  pipeline?: Pipeline,
): Reason => {
  const grade = counts && comparison.grade !== null ? comparison.grade : 'none';
  const rates = pipeline === undefined ? method.rates : ratesAt(pipeline, comparison.value);
  const isCounted = grade !== 'none' && 'errors' in rates;
  return {
    method: method.name,
    version: method.version,
    grade,
    value: comparison.value,
    threshold: comparison.threshold,
    unit: comparison.unit,
    bits: grade === 'none' ? 0 : likelihoodBits(rates),
    ...(isCounted ? { counted: countedOf(rates, pipeline) } : {}),
    where: comparison.where,
  };
};

export const split = (grade: Grade, all: readonly Reason[], notes: readonly Note[]): MediaComparison =>
  supported(
    grade,
    all.filter((reason) => reason.grade !== 'none'),
    all.filter((reason) => reason.grade === 'none'),
    notes,
  );

export const supported = (
  grade: Grade,
  reasons: readonly Reason[],
  tried: readonly Reason[],
  notes: readonly Note[],
): MediaComparison => ({ grade, reasons: [...reasons].sort((x, y) => y.bits - x.bits), tried, notes });

export const unsupported = (tried: readonly Reason[], note?: Note): MediaComparison => ({
  grade: 'none',
  reasons: [],
  tried,
  notes: note ? [note] : [],
});
