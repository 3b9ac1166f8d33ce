// Reads what an export says of media, a page at a time, as the person who asks.
import { sql } from 'kysely';
import type { ExchangeField } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import type {
  ExchangeFile,
  ExchangeListHit,
  ExchangeMedia,
  ExchangeSeries,
  ExchangeVote,
} from '../../formats/exchange/media.js';
import type { Trx } from '../../store/index.js';
import { countingHit } from '../funnel/index.js';
import { metadataOf } from '../stacks/index.js';
import { toState, verdictStates, type StateRow } from '../verdicts/index.js';
import type { Chosen } from './choose.js';

/** What has an owner and a code of its own beside the media that it is told of: a list, a series. */
export interface Told {
  readonly agencyId: string;
  /** Of a series, where it belongs to one. */
  readonly caseId: string | null;
  readonly code: string | null;
}

interface Row extends Omit<ExchangeMedia, 'files' | 'verdicts' | 'votes' | 'lists' | 'series' | 'metadata'> {
  readonly files: ExchangeFile[];
  readonly states: StateRow[];
  readonly votes: ExchangeVote[];
  readonly lists: (ExchangeListHit & Told)[];
  readonly series: (ExchangeSeries & Told)[];
  readonly metadata: Tags | null;
}

interface Tags {
  readonly camera?: Readonly<Record<string, unknown>> | null;
  readonly gps?: Readonly<Record<string, unknown>> | null;
  readonly software?: string | null;
  readonly sourceTimes?: readonly { readonly kind: string; readonly text: string }[];
}

const hex = (column: string) => sql<string>`encode(${sql.ref(column)}, 'hex')`;
const HANDLING = sql`coalesce(e.handling, c.handling)`;

const FILES = (
  files: Chosen['files'],
) => sql`coalesce((select json_agg(json_build_object('caseId', c.id, 'exhibitId', e.id, 'exhibit', e.reference,
    'path', o.path, 'container', o.container, 'times', o.source_times, 'deletion', o.deletion, 'handling', ${HANDLING}) order by c.reference, c.id, e.reference, o.path, o.id)
  from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = o.case_id where o.media_id = m.id and ${files}), '[]')`;

const VOTES = sql`coalesce((select json_agg(json_build_object('id', v.id, 'login', v.login, 'code', v.scheme || ':' || v.code, 'seen', v.seen,
    'at', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by v.at, v.id)
  from verdicts v where v.media_id = m.id and v.voter_agency_id = v.agency_id and v.retracted_at is null), '[]')`;

const LISTS = sql`coalesce((select json_agg(json_build_object('id', l.id, 'name', l.name, 'version', l.version, 'polarity', l.polarity, 'owner', l.owner,
    'agencyId', l.agency_id, 'caseId', null, 'code', l.handling)
    order by l.name, l.version, l.id)
  from list_hits h join lists l on l.id = h.list_id where h.media_id = m.id and ${countingHit('h')}), '[]')`;

const SERIES = sql`coalesce((select json_agg(json_build_object('id', n.id, 'name', n.name, 'state', coalesce((select s.state from series_steps s
      where s.entity_id = n.id order by s.at desc, s.id desc limit 1), 'open'),
    'agencyId', n.agency_id, 'caseId', n.case_id, 'code', (select c.handling from cases c where c.id = n.case_id)) order by n.name, n.id)
  from entities n where n.kind = 'series' and n.id in (select a.to_entity_id from assertions a
    where a.from_media_id = m.id and a.type = 'member-of' and a.retracted_at is null)), '[]')`;

export interface MediaToRead {
  readonly ids: readonly string[];
  readonly files: Chosen['files'];
  readonly leaveOut: readonly ExchangeField[];
  /** Which lists and series are named. */
  readonly mayTell: (one: Told) => boolean;
}

/** In the order of `ids`. Errors: EXPORT_INCOMPLETE with the media that is not seen any more. */
export const readMedia = async (trx: Trx, { files, ids, leaveOut, mayTell }: MediaToRead): Promise<ExchangeMedia[]> => {
  const wanted = sql`${[...ids]}::uuid[]`;
  const { rows } = await sql<Row>`
    with ${verdictStates(sql`v.media_id = any(${wanted})`)}
    select m.id, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency, ${hex('m.sha256')} as sha256,
      ${hex('m.sha1')} as sha1, ${hex('m.md5')} as md5, m.size_bytes as "sizeBytes", m.mime, m.kind, m.width, m.height,
      media_closed(m.id) as closed, ${hex('p.hash')} as pdq, ${FILES(files)} as files, ${VOTES} as votes, ${LISTS} as lists, ${SERIES} as series,
      coalesce((select json_agg(to_jsonb(s) order by s.scheme) from verdict_states s where s.media_id = m.id and s.agency_id = m.agency_id), '[]') as states,
      ${metadataOf(sql`m.id`)} as metadata
    from media m join agencies a on a.id = m.agency_id left join pdq_of_media(${wanted}) p on p.media_id = m.id
    where m.id = any(${wanted})`.execute(trx);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (row === undefined || row.files.length === 0)
      throw fail('EXPORT_INCOMPLETE', saying`media ${id} was taken away while the export was made: ask for it again`);
    return withLess(row, leaveOut, mayTell);
  });
};

const withLess = (
  { states, metadata, ...row }: Row,
  leaveOut: readonly ExchangeField[],
  mayTell: MediaToRead['mayTell'],
): ExchangeMedia => {
  const leaves = (field: ExchangeField): boolean => !leaveOut.includes(field);
  const opens = !row.closed;
  return {
    ...row,
    pdq: opens && leaves('signals') ? row.pdq : null,
    width: opens ? row.width : null,
    height: opens ? row.height : null,
    files: row.files.map((file) => ({
      ...file,
      path: leaves('paths') ? file.path : '',
      container: leaves('paths') ? file.container : null,
      times: leaves('times') ? file.times : [],
      deletion: leaves('times') ? file.deletion : null,
    })),
    verdicts: leaves('verdicts') ? states.map(verdictOf) : [],
    votes: leaves('verdicts') && leaves('names') ? row.votes : [],
    lists: leaves('lists') ? row.lists.filter(mayTell).map(untold) : [],
    series: leaves('series') ? row.series.filter(mayTell).map(untold) : [],
    metadata: opens && leaves('metadata') ? tagsOf(metadata) : [],
  };
};

const untold = <T extends Told>({ agencyId: _agency, caseId: _case, code: _code, ...one }: T): Omit<T, keyof Told> =>
  one;

const verdictOf = (row: StateRow): ExchangeMedia['verdicts'][number] => {
  const { scheme, state, code, tallies } = toState(row);
  const sum = (of: 'looked' | 'byStack' | 'notLooked'): number =>
    tallies.filter((tally) => tally.code === code).reduce((total, tally) => total + tally[of], 0);
  return { scheme, state, code, looked: sum('looked'), byStack: sum('byStack'), notLooked: sum('notLooked') };
};

/** In words of EXIF: what others look for first. */
const tagsOf = (tags: Tags | null): (readonly [string, string])[] => {
  if (tags === null) return [];
  const { camera, gps, software, sourceTimes } = tags;
  const taken = sourceTimes?.find(({ kind }) => kind === 'taken')?.text;
  const found: readonly (readonly [string, unknown])[] = [
    ['Make', camera?.['make']],
    ['Model', camera?.['model']],
    ['SerialNumber', camera?.['serial']],
    ['LensModel', camera?.['lens']],
    ['Software', software],
    ['DateTimeOriginal', taken],
    ['GPSLatitude', gps?.['latitudeDeg']],
    ['GPSLongitude', gps?.['longitudeDeg']],
  ];
  return found.flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
  );
};
