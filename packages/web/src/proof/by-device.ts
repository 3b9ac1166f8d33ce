// What the browser asks of a device may be refused there, or not be offered at all: that is a problem like any other.
import { localProblem } from '../api/problem.js';
import { t } from '../text/index.js';

export const byDevice = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw localProblem('PASSKEY_REFUSED', t.account.proof.deviceRefused, detail);
  }
};
