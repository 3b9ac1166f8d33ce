// Public door of questions to other countries.
export { askRoutes } from './routes.js';
export { addAsk, answerAsk, confirmAsk, lookAtCrop } from './service.js';
