export { isCyberTipReport, readCyberTipReport } from './read-cybertip.js';
