// The page that a notice leads to; null where there is nothing more to see.
import type { Notice } from '@redthread/core/contract';

export const noticeHref = ({ kind, object }: Pick<Notice, 'kind' | 'object'>): string | null => {
  switch (kind) {
    case 'invitation':
      return '/operations';
    case 'invitation-answered':
      return `/operations/${object.id}`;
    case 'access-given':
      return `/cases/${object.id}`;
    case 'break-glass':
    case 'break-glass-ended':
      return '/break-glass';
    case 'request':
    case 'request-answered':
    case 'case-offered':
      // Answered on the command line (redthread requests): they have no page yet.
      return null;
  }
};
