// Public door of the search.
export { answerSearches, type SearchDoor, type SearchOrder, type SearchReply } from './door.js';
export { searchRoutes } from './routes.js';
