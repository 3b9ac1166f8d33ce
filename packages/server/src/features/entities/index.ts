// Public door of the entities, series and assertions.
export { readAssertions } from './assertion-queries.js';
export { assertRelation } from './assertions.js';
export { entitiesById, stepsOf } from './queries.js';
export { entityRoutes } from './routes.js';
export { keepEntity, keepRelation } from './kept.js';
export { seriesNamed } from './named-entity.js';
export { seriesOfMedia, seriesWithMedia, type SeriesMedia } from './series-media.js';
export { addMembers } from './series.js';
export { createEntity, detailOf, ownSeries, recordsOf, setSeriesState } from './service.js';
export { statementsOf } from './statements.js';
