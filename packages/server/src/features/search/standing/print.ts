// Kept searches on the terminal.
import type { StandingDetail, StandingHit, StandingLook, StandingSearch } from '@redthread/core/contract';
import { minute } from '../../../app/cli/minute.js';
import { table, thousands } from '../../../app/cli/table.js';

const STATES: Readonly<Record<StandingSearch['state'], string>> = { open: 'looks', expired: 'expired', ended: 'ended' };

const DIGEST_SHOWN = 12;

/** What it looks for. */
export const lookedForInWords = ({ filter, picture, q }: StandingSearch): string => {
  if (q !== null) return q;
  if (filter !== null)
    return Object.entries(filter)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ');
  if (picture === null) return '';
  const { region, sha256 } = picture;
  return `picture ${sha256.slice(0, DIGEST_SHOWN)}${region === null ? '' : `, its part ${region}`}`;
};

export const standingLines = (searches: readonly StandingSearch[]): string[] =>
  table(
    [
      { title: 'name' },
      { title: 'looks for' },
      { title: 'state' },
      { title: 'hits', align: 'right' },
      { title: 'looked at (UTC)' },
      { title: 'until' },
      { title: 'purpose' },
    ],
    searches.map((one) => [
      one.name,
      lookedForInWords(one),
      one.failure === null || one.state !== 'open' ? STATES[one.state] : `failed: ${one.failure}`,
      thousands(one.hits),
      one.lookedAt === null ? '' : minute(one.lookedAt),
      one.expiresAt.slice(0, 10),
      one.purpose,
    ]),
  );

const whereOf = ({ case: one, exhibit, list, media }: StandingHit): string => {
  if (list !== null) return `on the list ${list.name} ${list.version}`;
  if (one !== null) return `case ${one.reference}`;
  const place = `${exhibit?.caseReference}/${exhibit?.reference}`;
  return media === null ? place : `${place}  ${media.id}`;
};

const lookLine = ({ added, at, comparable, found, lists, media, truncated }: StandingLook): string =>
  `${minute(at)}  ${thousands(found)} found${truncated ? ' and more' : ''}, ${thousands(added)} of them new, in ` +
  `${thousands(media)} unique files (${thousands(comparable)} by sight); lists asked: ${thousands(lists)}`;

export const detailLines = (search: StandingDetail): string[] => [
  ...standingLines([search]),
  ...(typeof search.picture?.note === 'string' ? [search.picture.note] : []),
  ...(search.outdated.length === 0
    ? []
    : [`${search.outdated.join(', ')} compare otherwise today than when the picture was given: keep it again`]),
  ...(search.end === null ? [] : [`ended ${minute(search.end.at)}: ${search.end.reason}`]),
  ...(search.found.length === 0
    ? ['nothing, as far as you see today']
    : table(
        [{ title: 'found (UTC)' }, { title: '' }, { title: 'grade' }, { title: 'agency' }, { title: 'where' }],
        search.found.map((hit) => [
          minute(hit.foundAt),
          hit.isAdded ? 'new' : '',
          hit.grade ?? '',
          hit.agency,
          whereOf(hit),
        ]),
      )),
  'looks:',
  ...search.looks.map(lookLine),
];
