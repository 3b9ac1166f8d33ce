// Public door of requests: what two persons do to exhibits and cases, legal holds, and whoever carries it out.
export { requestRoutes } from './routes.js';
export { runRequest, runWaiting } from './run/run.js';
