// An address that leads nowhere says so, and where to go.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePlace } from '../app/place.js';
import { t } from '../text/index.js';
import { Teach } from './teach.js';

export const NotFound = (): ReactNode => {
  usePlace([{ words: t.problem.notFound.title }]);
  return (
    <Teach title={t.problem.notFound.title} text={t.problem.notFound.next}>
      <Link to="/operations" className="button">
        {t.operations.title}
      </Link>
    </Teach>
  );
};
