// From a scope to where and when its files say that they were made, and to its chats.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ScopeQuery } from '../api/queries.js';
import { t } from '../text/index.js';

export const ScopeLinks = ({ scope }: { scope: ScopeQuery }): ReactNode => (
  <>
    <Link to="/map" search={scope} className="button">
      {t.map.title}
    </Link>
    <Link to="/times" search={scope} className="button">
      {t.times.title}
    </Link>
    <Link to="/chats" search={scope} className="button">
      {t.chats.title}
    </Link>
  </>
);
