// Every address of the application. Screens are loaded when they are first opened.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isSignedOut } from '../api/problem.js';
import { meQuery } from '../api/queries.js';
import { PROVIDER_PATH } from '../provider/answer.js';
import { NotFound } from '../parts/not-found.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { parseSearch, stringifySearch } from './search-params.js';
import * as search from './search-schemas.js';

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <ProblemNotice error={error} retry={reset} />,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: search.signInSearch,
  component: lazyRouteComponent(() => import('../screens/sign-in/sign-in-screen.js'), 'SignInScreen'),
});

const provider = createRoute({
  getParentRoute: () => root,
  path: PROVIDER_PATH,
  component: lazyRouteComponent(() => import('../screens/sign-in/provider-screen.js'), 'ProviderScreen'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../screens/setup/setup-screen.js'), 'SetupScreen'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery);
    } catch (error) {
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search: { next: location.href } });
      throw error;
    }
  },
  component: lazyRouteComponent(() => import('./shell.js'), 'Shell'),
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operations', replace: true });
  },
});

const operations = createRoute({
  getParentRoute: () => shell,
  path: '/operations',
  component: lazyRouteComponent(() => import('../screens/operations/operations-screen.js'), 'OperationsScreen'),
});

const operation = createRoute({
  getParentRoute: () => shell,
  path: '/operations/$operationId',
  component: lazyRouteComponent(() => import('../screens/operations/operation-screen.js'), 'OperationScreen'),
});

const caseRoute = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('../screens/case/case-screen.js'), 'CaseScreen'),
});

const addExhibit = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$caseId/add',
  validateSearch: search.addExhibitSearch,
  component: lazyRouteComponent(() => import('../screens/add-exhibit/add-exhibit-screen.js'), 'AddExhibitScreen'),
});

const exhibit = createRoute({
  getParentRoute: () => shell,
  path: '/exhibits/$exhibitId',
  component: lazyRouteComponent(() => import('../screens/exhibit/exhibit-screen.js'), 'ExhibitScreen'),
});

const review = createRoute({
  getParentRoute: () => shell,
  path: '/review',
  validateSearch: search.reviewSearch,
  component: lazyRouteComponent(() => import('../screens/review/review-screen.js'), 'ReviewScreen'),
});

const files = createRoute({
  getParentRoute: () => shell,
  path: '/files',
  validateSearch: search.filesSearch,
  component: lazyRouteComponent(() => import('../screens/files/files-screen.js'), 'FilesScreen'),
});

const media = createRoute({
  getParentRoute: () => shell,
  path: '/media/$mediaId',
  component: lazyRouteComponent(() => import('../screens/media/media-screen.js'), 'MediaScreen'),
});

const compare = createRoute({
  getParentRoute: () => shell,
  path: '/compare',
  validateSearch: search.compareSearch,
  component: lazyRouteComponent(() => import('../screens/compare/compare-screen.js'), 'CompareScreen'),
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  validateSearch: search.connectionsSearch,
  component: lazyRouteComponent(() => import('../screens/connections/connections-screen.js'), 'ConnectionsScreen'),
});

const verdicts = createRoute({
  getParentRoute: () => shell,
  path: '/verdicts',
  validateSearch: search.verdictsSearch,
  component: lazyRouteComponent(() => import('../screens/verdicts/verdicts-screen.js'), 'VerdictsScreen'),
});

const seriesList = createRoute({
  getParentRoute: () => shell,
  path: '/series',
  validateSearch: search.seriesSearch,
  component: lazyRouteComponent(() => import('../screens/series/series-list-screen.js'), 'SeriesListScreen'),
});

const series = createRoute({
  getParentRoute: () => shell,
  path: '/series/$seriesId',
  component: lazyRouteComponent(() => import('../screens/series/series-screen.js'), 'SeriesScreen'),
});

const entities = createRoute({
  getParentRoute: () => shell,
  path: '/entities',
  validateSearch: search.entitiesSearch,
  component: lazyRouteComponent(() => import('../screens/entities/entities-screen.js'), 'EntitiesScreen'),
});

const entity = createRoute({
  getParentRoute: () => shell,
  path: '/entities/$entityId',
  validateSearch: search.entitySearch,
  component: lazyRouteComponent(() => import('../screens/entities/entity-screen.js'), 'EntityScreen'),
});

const chats = createRoute({
  getParentRoute: () => shell,
  path: '/chats',
  validateSearch: search.chatsSearch,
  component: lazyRouteComponent(() => import('../screens/chats/chats-screen.js'), 'ChatsScreen'),
});

const chat = createRoute({
  getParentRoute: () => shell,
  path: '/chats/$chatId',
  validateSearch: search.chatSearch,
  component: lazyRouteComponent(() => import('../screens/chats/conversation-screen.js'), 'ConversationScreen'),
});

const chatGroup = createRoute({
  getParentRoute: () => shell,
  path: '/chats/$chatId/group',
  component: lazyRouteComponent(() => import('../screens/chats/group-screen.js'), 'GroupScreen'),
});

const lists = createRoute({
  getParentRoute: () => shell,
  path: '/lists',
  component: lazyRouteComponent(() => import('../screens/lists/lists-screen.js'), 'ListsScreen'),
});

const packages = createRoute({
  getParentRoute: () => shell,
  path: '/packages',
  component: lazyRouteComponent(() => import('../screens/packages/packages-screen.js'), 'PackagesScreen'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: search.auditSearch,
  component: lazyRouteComponent(() => import('../screens/audit/audit-screen.js'), 'AuditScreen'),
});

const searchRoute = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  validateSearch: search.textSearch,
  component: lazyRouteComponent(() => import('../screens/search/search-screen.js'), 'SearchScreen'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../screens/account/account-screen.js'), 'AccountScreen'),
});

const care = createRoute({
  getParentRoute: () => shell,
  path: '/care',
  component: lazyRouteComponent(() => import('../screens/care/care-screen.js'), 'CareScreen'),
});

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(() => import('../screens/keys/keys-screen.js'), 'KeysScreen'),
});

const graph = createRoute({
  getParentRoute: () => shell,
  path: '/graph',
  validateSearch: search.graphSearch,
  component: lazyRouteComponent(() => import('../screens/graph/graph-screen.js'), 'GraphScreen'),
});

const map = createRoute({
  getParentRoute: () => shell,
  path: '/map',
  validateSearch: search.mapSearch,
  component: lazyRouteComponent(() => import('../screens/map/map-screen.js'), 'MapScreen'),
});

const times = createRoute({
  getParentRoute: () => shell,
  path: '/times',
  validateSearch: search.timesSearch,
  component: lazyRouteComponent(() => import('../screens/times/times-screen.js'), 'TimesScreen'),
});

const windDown = createRoute({
  getParentRoute: () => shell,
  path: '/end',
  component: lazyRouteComponent(() => import('../screens/care/wind-down-screen.js'), 'WindDownScreen'),
});

const selfTest = createRoute({
  getParentRoute: () => shell,
  path: '/self-test',
  component: lazyRouteComponent(() => import('../screens/self-test/self-test-screen.js'), 'SelfTestScreen'),
});

const administration = createRoute({
  getParentRoute: () => shell,
  path: '/administration',
  component: lazyRouteComponent(
    () => import('../screens/administration/administration-screen.js'),
    'AdministrationScreen',
  ),
});

const notices = createRoute({
  getParentRoute: () => shell,
  path: '/notices',
  validateSearch: search.noticesSearch,
  component: lazyRouteComponent(() => import('../screens/notices/notices-screen.js'), 'NoticesScreen'),
});

const standing = createRoute({
  getParentRoute: () => shell,
  path: '/standing',
  validateSearch: search.standingSearch,
  component: lazyRouteComponent(() => import('../screens/standing/standing-screen.js'), 'StandingScreen'),
});

const requests = createRoute({
  getParentRoute: () => shell,
  path: '/requests',
  validateSearch: search.requestsSearch,
  component: lazyRouteComponent(() => import('../screens/requests/requests-screen.js'), 'RequestsScreen'),
});

const breakGlass = createRoute({
  getParentRoute: () => shell,
  path: '/break-glass',
  component: lazyRouteComponent(() => import('../screens/break-glass/break-glass-screen.js'), 'BreakGlassScreen'),
});

const nowhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound });

const routeTree = root.addChildren([
  signIn,
  provider,
  setup,
  shell.addChildren([
    home,
    operations,
    operation,
    caseRoute,
    addExhibit,
    exhibit,
    review,
    files,
    media,
    compare,
    connections,
    verdicts,
    seriesList,
    series,
    entities,
    entity,
    chats,
    chat,
    chatGroup,
    lists,
    packages,
    audit,
    searchRoute,
    account,
    care,
    graph,
    keys,
    map,
    times,
    windDown,
    selfTest,
    administration,
    notices,
    standing,
    requests,
    breakGlass,
    nowhere,
  ]),
]);

export const createAppRouter = (client: QueryClient) =>
  createRouter({
    routeTree,
    context: { client },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ({ error, reset }) => <ProblemNotice error={error} retry={reset} />,
    defaultNotFoundComponent: NotFound,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
