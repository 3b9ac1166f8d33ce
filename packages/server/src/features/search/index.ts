// Public door of the search.
export { answerSearches, type SearchDoor, type SearchOrder, type SearchReply } from './door.js';
export { searchRoutes } from './routes.js';
export { keepLooking, lookAround } from './standing/rounds.js';
export { keepSearch } from './standing/service.js';
export { standingRoutes } from './standing/routes.js';
