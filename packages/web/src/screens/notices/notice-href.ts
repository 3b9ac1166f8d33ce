// The page that a notice leads to.
import type { Notice } from '@redthread/core/contract';

const PAGES: Readonly<Record<string, string>> = {
  operation: '/operations',
  case: '/cases',
  series: '/series',
  media: '/media',
};
const pageOf = ({ kind, id }: Notice['object']): string => `${PAGES[kind] ?? ''}/${id}`;

export const noticeHref = ({ kind, object }: Pick<Notice, 'kind' | 'object'>): string => {
  switch (kind) {
    case 'invitation':
      return '/operations';
    case 'invitation-answered':
      return `/operations/${object.id}`;
    case 'access-given':
    case 'contact':
      return `/cases/${object.id}`;
    case 'note':
    case 'note-answered':
      return `${pageOf(object)}#notes`;
    case 'task':
    case 'task-ended':
      return `${pageOf(object)}#tasks`;
    case 'ask':
    case 'ask-second':
    case 'ask-refused':
    case 'ask-answered':
      return `${pageOf(object)}#asks`;
    case 'break-glass':
    case 'break-glass-ended':
      return '/break-glass';
    case 'request':
    case 'case-offered':
      return '/requests';
    case 'list-hits':
      return `/review?list=${object.id}`;
    case 'list-ended':
    case 'list-damaged':
    case 'list-flood':
      return '/lists';
    case 'outcome':
    case 'outcome-withdrawn':
      return '/series';
    case 'at-risk':
    case 'at-risk-ended':
      return pageOf(object);
    case 'standing-hits':
    case 'standing-ended':
      return `/standing?id=${object.id}`;
    case 'account':
      return '/account';
    case 'request-answered':
      return '/requests?all=true';
  }
};
