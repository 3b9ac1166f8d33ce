// Entry of the intake process that a server starts.
import { runChildProcess } from '../app/child-process.js';
import { runIntake } from './intake-process.js';

await runChildProcess(runIntake);
