// A part of a page: a quiet heading, how many, and a way to all of it.
import type { ReactNode } from 'react';
import { count } from '../text/format.js';

interface SectionProps {
  readonly title: string;
  readonly n?: number | undefined;
  readonly more?: ReactNode;
  readonly id?: string;
  readonly children: ReactNode;
}

export const Section = ({ title, n, more, id, children }: SectionProps): ReactNode => (
  <section className="section" id={id}>
    <div className="section-head">
      <h2>{title}</h2>
      {n !== undefined && <span className="muted">{count(n)}</span>}
      {more !== undefined && <span className="more">{more}</span>}
    </div>
    {children}
  </section>
);
