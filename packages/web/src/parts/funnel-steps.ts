// Where a number of the funnel leads: to files at their paths, or to the review of contents.
import type { FunnelStep } from '@redthread/core/contract';

const FILE_STEPS: ReadonlySet<FunnelStep> = new Set(['seized', 'unreadable', 'duplicate']);

/** Steps that are files at paths rather than contents. */
export const isFileStep = (step: FunnelStep): boolean => FILE_STEPS.has(step);

/** Contents one by one, as they are counted. */
export const stepSearch = (step: FunnelStep) => ({ step, collapse: 'media' as const });
