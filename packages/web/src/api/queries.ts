// One query a resource: its key, its call and how fresh it has to be. Screens take these and nothing else.
import {
  Agency,
  AgencyExposure,
  AtRiskMark,
  ApiKey,
  Ask,
  Assertion,
  AuditPage,
  BreakGlass,
  CareState,
  Case,
  CaseAccess,
  CompetenceTest,
  Comparison,
  ConnectionExpansion,
  ConnectionFile,
  ConnectionPage,
  Contact,
  Contribution,
  CustodyEntry,
  EntityDetail,
  EntityPage,
  Exhibit,
  Exposure,
  FailureRow,
  FirstGenerationQueue,
  Funnel,
  GraphLayout,
  GraphNeighbours,
  HandlingCode,
  Invitation,
  KeySettings,
  LanguageSetting,
  LastSelfTest,
  LegalBasis,
  List,
  ListUpload,
  ListedScheme,
  MatchPage,
  Me,
  Media,
  MediaPlaces,
  MediaTimes,
  MediaVerdicts,
  NegativeDigest,
  StandingDetail,
  StandingSearch,
  ThreadNote,
  NoticePage,
  OccurrencePage,
  Outcome,
  Operation,
  ProviderOffer,
  PackageKeys,
  PackageReceipt,
  PhoneReportPersonPage,
  PhoneReports,
  PictureResult,
  QueuePage,
  RecordState,
  ReportPreview,
  Review,
  ReviewFacets,
  ReviewShape,
  ReviewWindow,
  SearchResult,
  SecondFactors,
  SecondPerson,
  SeriesConnections,
  SeriesMemberPage,
  SeriesOutcome,
  SeriesStatements,
  SeriesSuggestions,
  Session,
  SetupState,
  SignInProviderState,
  SignInRule,
  StackPage,
  Status,
  Task,
  TwoPersonRequest,
  User,
  VerdictRule,
  page,
  type GraphStart,
  type NoteSubject,
  type TaskSubject,
} from '@redthread/core/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callJson, type Query } from './client.js';

/** Short lists come bare or as a page; both read the same. */
const listOf = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), z.object({ items: z.array(item) }).transform((list) => list.items)]);

export const get = <T extends z.ZodType>(path: string, schema: T, query?: Query) =>
  queryOptions({
    queryKey: [path, query ?? {}] as const,
    queryFn: ({ signal }) => callJson(path, schema, { ...(query === undefined ? {} : { query }), signal }),
  });

export const pages = <T extends z.ZodType<{ next: string | null }>>(path: string, schema: T, query: Query) =>
  infiniteQueryOptions({
    queryKey: [path, 'pages', query] as const,
    queryFn: ({ signal, pageParam }) =>
      callJson(path, schema, { query: { ...query, cursor: pageParam === '' ? undefined : pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last: z.output<T>) => last.next,
  });

export const PROGRESS_POLL_MS = 1000;
export const STATUS_POLL_MS = 2000;
/** Events have their seal within two seconds. */
const RECORD_POLL_MS = 2000;
/** Marks are made by colleagues, and run out. */
const AT_RISK_POLL_MS = 60_000;
/** Exhibits are taken in beside the server, and requests asked for, at any time. */
const ARRIVAL_POLL_MS = 2000;

export type ScopeQuery = {
  readonly operation?: string | undefined;
  readonly case?: string | undefined;
  readonly exhibit?: string | undefined;
};

const working = (exhibit: Exhibit | undefined): boolean =>
  exhibit !== undefined && exhibit.state !== 'complete' && exhibit.state !== 'failed';

export const meQuery = queryOptions({ ...get('/me', Me), staleTime: Infinity });
export const careQuery = queryOptions({ ...get('/me/care', CareState), staleTime: Infinity, retry: false });
export const ownKeysQuery = queryOptions({ ...get('/me/keys', KeySettings), staleTime: Infinity, retry: false });
export const ownLanguageQuery = queryOptions({
  ...get('/me/language', LanguageSetting),
  staleTime: Infinity,
  retry: false,
});
export const secondFactorsQuery = get('/me/second-factors', SecondFactors);
export const sessionsQuery = get('/me/sessions', listOf(Session));
export const providersQuery = queryOptions({ ...get('/session/providers', listOf(ProviderOffer)), retry: false });
export const signInProviderQuery = get('/sign-in-provider', SignInProviderState);
export const signInRuleQuery = get('/sign-in-rule', SignInRule);
export const exposureQuery = get('/me/exposure', Exposure);
export const agencyExposureQuery = get('/exposure', AgencyExposure);
export const statusQuery = queryOptions({ ...get('/status', Status), refetchInterval: STATUS_POLL_MS, retry: false });

export const operationsQuery = get('/operations', listOf(Operation));
export const operationQuery = (id: string) => get(`/operations/${id}`, Operation);
export const casesQuery = (operation?: string) => get('/cases', listOf(Case), { operation });
export const atRiskQuery = (on: { readonly case?: string; readonly series?: string } = {}) =>
  queryOptions({ ...get('/at-risk', listOf(AtRiskMark), on), refetchInterval: AT_RISK_POLL_MS });
export const caseAccessQuery = (id: string) => get(`/cases/${id}/access`, listOf(CaseAccess));
export const breakGlassQuery = get('/break-glass', listOf(BreakGlass));
export const handlingQuery = get('/handling', listOf(HandlingCode));
export const caseQuery = (id: string) => get(`/cases/${id}`, Case);

export const exhibitsQuery = (scope: { case?: string; operation?: string }) =>
  queryOptions({
    ...get('/exhibits', listOf(Exhibit), scope),
    refetchInterval: (query) => (query.state.data?.some(working) === true ? PROGRESS_POLL_MS : ARRIVAL_POLL_MS),
  });
export const exhibitQuery = (id: string) =>
  queryOptions({
    ...get(`/exhibits/${id}`, Exhibit),
    refetchInterval: (query) => (working(query.state.data) ? PROGRESS_POLL_MS : false),
  });
export const phoneReportsQuery = (id: string) => get(`/exhibits/${id}/reports`, PhoneReports);
export const reportPeopleQuery = (id: string, limit: number) =>
  get(`/exhibits/${id}/report-people`, PhoneReportPersonPage, { limit });
export const failuresQuery = (id: string) => pages(`/exhibits/${id}/failures`, page(FailureRow), { limit: 200 });

export const funnelQuery = (scope: ScopeQuery) => get('/funnel', Funnel, scope);
export const stacksQuery = (query: Query) => pages('/stacks', StackPage, { limit: 200, ...query });
/** Its windows move under the feet of nobody: read again for what colleagues do, kept while they are near. */
const WINDOW_KEPT_MS = 60_000;
const WINDOW_POLL_MS = 20_000;
export const reviewQuery = (id: string) =>
  queryOptions({ ...get(`/reviews/${id}`, Review), retry: false, staleTime: Infinity });
export const reviewsQuery = get('/reviews', listOf(Review));
export const shapeQuery = (id: string) =>
  queryOptions({ ...get(`/reviews/${id}/shape`, ReviewShape), staleTime: Infinity, gcTime: WINDOW_KEPT_MS });
export const reviewFacetsQuery = (id: string) =>
  queryOptions({ ...get(`/reviews/${id}/facets`, ReviewFacets), staleTime: Infinity, retry: false });
export const windowQuery = (id: string, from: number, limit: number) =>
  queryOptions({
    queryKey: ['/reviews', 'tiles', id, from] as const,
    queryFn: ({ signal }) => callJson(`/reviews/${id}/tiles`, ReviewWindow, { query: { from, limit }, signal }),
    gcTime: WINDOW_KEPT_MS,
    staleTime: WINDOW_POLL_MS,
    refetchInterval: WINDOW_POLL_MS,
  });

export const occurrencesQuery = (query: Query) => pages('/occurrences', OccurrencePage, { limit: 100, ...query });
export const connectionsQuery = (query: Query) => pages('/connections', ConnectionPage, { limit: 100, ...query });
export const firstGenerationQuery = (scope: ScopeQuery) => get('/first-generation', FirstGenerationQueue, scope);
/** Of a case or an exhibit, over two connections. */
export const expansionQuery = (start: ScopeQuery) =>
  pages('/connections/expansion', ConnectionExpansion, { limit: 50, ...start });
/** One, with all that was ever decided on it. */
export const connectionQuery = (id: string) => get(`/connections/${id}`, ConnectionFile);

export const legalBasesQuery = (kind: 'exhibits' | 'media', id: string) =>
  get(`/${kind}/${id}/legal-bases`, listOf(LegalBasis));
export const mediaQuery = (id: string) => get(`/media/${id}`, Media);
export const mediaOccurrencesQuery = (id: string) => pages(`/media/${id}/occurrences`, OccurrencePage, { limit: 100 });
export const mediaMatchesQuery = (id: string) => pages(`/media/${id}/matches`, MatchPage, { limit: 100 });
export const mediaStackQuery = (id: string) => get(`/media/${id}/stack`, listOf(Media));
export const mediaVerdictsQuery = (id: string) => get(`/media/${id}/verdicts`, MediaVerdicts);
export const mediaAssertionsQuery = (id: string) => get(`/media/${id}/assertions`, listOf(Assertion));
export const entitiesQuery = (query: Query) => pages('/entities', EntityPage, { limit: 100, ...query });
/** Records of a kind by part of a name or by a number; without either the newest. */
export const foundEntitiesQuery = (kind: string, q: string) =>
  get('/entities', EntityPage, { kind, q: q === '' ? undefined : q, limit: 20 });
export const entityQuery = (id: string, at?: string) => get(`/entities/${id}`, EntityDetail, { at });
export const seriesMembersQuery = (id: string) => pages(`/series/${id}/members`, SeriesMemberPage, { limit: 100 });
export const seriesSuggestionsQuery = (id: string) => get(`/series/${id}/suggestions`, SeriesSuggestions);
export const seriesStatementsQuery = (id: string) => get(`/series/${id}/statements`, SeriesStatements);
export const seriesConnectionsQuery = (id: string, kind: 'series' | 'cases', leads: boolean) =>
  get(`/series/${id}/connections`, SeriesConnections, { with: kind, leads });
/** `about`: a case, an exhibit, or two media. */
export const reportPreviewQuery = (about: Query) => get('/reports/preview', ReportPreview, about);
export const compareQuery = (a: string, b: string) => get('/compare', Comparison, { a, b });

export const graphPath = ({ kind, id }: GraphStart): string => `/${kind === 'case' ? 'cases' : 'entities'}/${id}/graph`;
export const graphQuery = (start: GraphStart) => get(graphPath(start), GraphNeighbours);
export const graphLayoutQuery = (start: GraphStart) => get(`${graphPath(start)}/layout`, GraphLayout);

export const placesQuery = (query: Query) => get('/places', MediaPlaces, query);
export const timesQuery = (query: Query) => get('/times', MediaTimes, query);

export const searchQuery = (q: string) => get('/search', SearchResult, { q });
/** By a picture that this tab holds, or by a region of it. */
export const pictureQuery = (name: string, file: Blob | null, region?: string) =>
  queryOptions({
    queryKey: ['/search/picture', name, region] as const,
    queryFn: ({ signal }) =>
      callJson('/search/picture', PictureResult, {
        method: 'POST',
        query: { region },
        bytes: file ?? new Blob(),
        signal,
      }),
    enabled: file !== null,
    // Each time that it is asked stands in the record.
    staleTime: Infinity,
    retry: false,
  });
/** What codes mean changes with the instance, not while it is looked at. */
export const schemesQuery = queryOptions({ ...get('/schemes', listOf(ListedScheme)), staleTime: Infinity });
export const verdictRuleQuery = get('/verdict-rule', VerdictRule);
export const verdictQueueQuery = (kind: string, query: Query = {}) =>
  pages('/verdict-queue', QueuePage, { limit: 100, kind, ...query });
export const competenceTestsQuery = get('/competence-tests', listOf(CompetenceTest));
export const listsQuery = get('/lists', listOf(List));
export const standingQuery = get('/standing-searches', listOf(StandingSearch), { ended: true });
export const standingOneQuery = (id: string) => get(`/standing-searches/${id}`, StandingDetail);
export const negativeListQuery = get('/negative-list', listOf(NegativeDigest));
const RESTS: ReadonlySet<ListUpload['state']> = new Set(['read', 'counted', 'failed']);
export const listUploadsQuery = queryOptions({
  ...get('/list-uploads', listOf(ListUpload)),
  refetchInterval: (query) =>
    query.state.data?.some(({ state }) => !RESTS.has(state)) === true ? PROGRESS_POLL_MS : false,
  retry: false,
});
export const contributionsQuery = get('/contributions', listOf(Contribution));
export const packageKeysQuery = get('/package-keys', PackageKeys);
export const packagesQuery = get('/packages', listOf(PackageReceipt));
export const selfTestQuery = get('/self-test', LastSelfTest);
export const auditQuery = (query: Query) => pages('/audit', AuditPage, { limit: 100, ...query });
export const setupQuery = get('/setup', SetupState);
export const usersQuery = get('/users', listOf(User));
export const agenciesQuery = get('/agencies', listOf(Agency));
export const invitationsQuery = get('/invitations', listOf(Invitation));
export const noticesQuery = (unread: boolean) => pages('/notices', NoticePage, { limit: 100, unread });
/** Agreed on, and not at its end. */
export const underWay = ({ state }: TwoPersonRequest): boolean => state === 'approved' || state === 'running';
export const requestsQuery = (all: boolean) =>
  queryOptions({
    ...get('/requests', listOf(TwoPersonRequest), { all }),
    refetchInterval: (query) => (query.state.data?.some(underWay) === true ? PROGRESS_POLL_MS : ARRIVAL_POLL_MS),
  });
export const notesQuery = ({ kind, id }: NoteSubject) => get('/notes', listOf(ThreadNote), { [kind]: id });
export const tasksQuery = ({ kind, id }: TaskSubject, all: boolean) => get('/tasks', listOf(Task), { [kind]: id, all });
export const asksQuery = (operation: string, all: boolean) => get('/asks', listOf(Ask), { operation, all });
export const contactsQuery = (caseId: string) => get('/contacts', listOf(Contact), { case: caseId, all: true });
export const outcomesQuery = get('/outcomes', listOf(Outcome));
export const seriesOutcomeQuery = (id: string) => get(`/series/${id}/outcome`, SeriesOutcome);
export const secondsQuery = get('/seconds', listOf(SecondPerson));
export const custodyQuery = (item: 'exhibits' | 'cases', id: string) =>
  get(`/${item}/${id}/custody`, listOf(CustodyEntry));
export const recordStateQuery = queryOptions({ ...get('/audit/record', RecordState), refetchInterval: RECORD_POLL_MS });
export const historyQuery = (item: 'media' | 'cases', id: string) =>
  pages(`/${item}/${id}/history`, AuditPage, { limit: 50 });
export const apiKeysQuery = get('/api-keys', listOf(ApiKey));

/** What is read again once something was said of records and media, or was taken back. */
export const ASSERTED = ['/entities', '/media', '/series'];
/** What counts votes, and is read again when it is looked at. */
export const REVIEWED_PATHS = ['/verdict-queue', '/funnel'];
