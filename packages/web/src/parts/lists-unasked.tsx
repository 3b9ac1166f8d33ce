// Lists that could not be asked: that something is not on them is not known, and nobody shall take it for known.
import type { SearchResult } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { t } from '../text/index.js';

export const ListsUnasked = ({ lists }: { lists: SearchResult['listsUnasked'] }): ReactNode =>
  lists.map(({ code, name, version }) => (
    <p key={`${name} ${version}`} role="alert">
      {t.lists.unasked(`${name} ${version}`, code)}
    </p>
  ));
