// Where a number of the funnel leads: to files at their paths, or to the review of contents, one by one as they are counted.
import type { FunnelStep } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';

/** Steps that are files at paths rather than contents. */
const FILE_STEPS: ReadonlySet<FunnelStep> = new Set(['seized', 'unreadable', 'duplicate']);

interface StepLinkProps extends Pick<ComponentProps<'a'>, 'className' | 'style' | 'title' | 'aria-label' | 'children'> {
  /** Of what the step is a part, as the address says it. */
  readonly within: Readonly<Record<string, string>>;
  readonly step: FunnelStep;
}

export const StepLink = ({ within, step, ...anchor }: StepLinkProps): ReactNode =>
  FILE_STEPS.has(step) ? (
    <Link to="/files" search={{ ...within, step }} {...anchor} />
  ) : (
    <Link to="/review" search={{ ...within, step, collapse: 'media' }} {...anchor} />
  );
