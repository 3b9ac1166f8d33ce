// Entry of the connector process that a server starts.
import { runChildProcess } from '../app/child-process.js';
import { runConnector } from './connector-process.js';

await runChildProcess(runConnector);
