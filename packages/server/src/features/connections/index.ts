// Public door of the connections.
export { connectionLines } from './commands.js';
export { bothEnds, connectionEnd } from './end.js';
export { decide } from './decide.js';
export { answerConnections, type ConnectionDoor, type ConnectionOrder, type ConnectionReply } from './door.js';
export { connectionRoutes } from './routes.js';
export { expandConnections } from './expand.js';
export { connectionsOfSeries } from './of-series.js';
export { listConnections, type AskConnections } from './service.js';
