// Whether a list shows what is over as well.
import type { ReactNode } from 'react';
import { t } from '../text/index.js';

export const AlsoOver = ({ all, onAll }: { all: boolean; onAll: (all: boolean) => void }): ReactNode => (
  <label>
    <input type="checkbox" checked={all} onChange={(event) => onAll(event.currentTarget.checked)} /> {t.tasks.all}
  </label>
);
