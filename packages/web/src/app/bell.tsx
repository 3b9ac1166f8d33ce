// The bell: a way to the notices, with how many of them the viewer has not read.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { statusQuery } from '../api/queries.js';
import { Icon } from '../form/icons.js';
import { count } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './shell.module.css';

export const Bell = (): ReactNode => {
  const unread = useQuery(statusQuery).data?.notices ?? 0;
  return (
    <Link to="/notices" className={styles['bell']} title={t.notices.bell(unread)} aria-label={t.notices.bell(unread)}>
      <Icon name="bell" />
      {unread > 0 && <span className={styles['unread']}>{count(unread)}</span>}
    </Link>
  );
};
