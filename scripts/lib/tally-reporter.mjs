// A reporter of vitest that writes one JSON line as each test ends, so that a run which is stopped has still said what it did.
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './repository.mjs';

/** Lines: `{ state: 'passed' | 'failed' | 'skipped', file, name, errors }`. A file that fails outside its tests is one failed line. */
export default class TallyReporter {
  #path = process.env.VITEST_TALLY;

  onTestCaseResult(test) {
    const { state, errors = [] } = test.result();
    this.#write(state, test.module, test.fullName, errors);
  }

  onTestModuleEnd(module) {
    const errors = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())];
    if (errors.length > 0) this.#write('failed', module, 'outside its tests', errors);
  }

  /** What no test and no file can be blamed for: a rejection that nobody handled. */
  onTestRunEnd(_modules, unhandled) {
    for (const error of unhandled) this.#write('failed', null, 'outside every file', [error]);
  }

  #write(state, module, name, errors) {
    const file = module === null ? '' : relative(ROOT, module.moduleId);
    const said = errors.map(({ stack, message }) => stack ?? message);
    appendFileSync(this.#path, `${JSON.stringify({ state, file, name, errors: said })}\n`);
  }
}
