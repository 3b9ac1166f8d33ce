// What the browser asks of a device may be refused there, or not be offered at all: that is a problem like any other.
import { ApiProblem } from '../api/problem.js';
import { t } from '../text/index.js';

export const byDevice = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    throw new ApiProblem({
      type: 'about:blank',
      status: 0,
      code: 'PASSKEY_REFUSED',
      requestId: '',
      detail: error instanceof Error ? error.message : String(error),
      ...t.account.proof.deviceRefused,
    });
  }
};
