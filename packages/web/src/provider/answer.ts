// What the provider sent the browser back with, and the window that a proof is made in. Read before the router looks at the address, and taken
// out of it at once: it is good once, and belongs into no history.
import { ProviderAddress } from '@redthread/core/contract';
import { callJson } from '../api/client.js';

export const PROVIDER_PATH = '/sign-in/provider';
/** Of the window that a proof is made in; it comes back from the provider knowing so. */
const PROOF_MARK = 'redthread.proof';
const CHANNEL = 'redthread.proof';

const read = (): string | null => {
  const { pathname, search } = window.location;
  if (pathname !== PROVIDER_PATH || search === '' || search === '?prove') return null;
  window.history.replaceState(window.history.state, '', PROVIDER_PATH);
  return search;
};

const answer = read();

/** Null where somebody opened the page by hand. */
export const providerAnswer = (): string | null => answer;

/** Whether this window was opened to prove something, and has yet to be sent to the provider. */
export const isToProve = (): boolean =>
  window.location.pathname === PROVIDER_PATH && window.location.search === '?prove';

export const isProof = (): boolean => window.sessionStorage.getItem(PROOF_MARK) !== null;

export const goToProve = async (): Promise<void> => {
  const { address } = await callJson('/session/proof/provider', ProviderAddress, { method: 'POST', proven: true });
  window.sessionStorage.setItem(PROOF_MARK, 'yes');
  window.location.replace(address);
};

/** Tells the page that waits, and closes the window where that is allowed. */
export const tellProven = (): void => {
  window.sessionStorage.removeItem(PROOF_MARK);
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('proven');
  channel.close();
  window.close();
};

/** Opens the window, and calls back when it has proven who sits there; answers what ends the waiting. */
export const proveInWindow = (onProven: () => void): (() => void) => {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => onProven();
  window.open(`${PROVIDER_PATH}?prove`, '_blank', 'popup,width=520,height=720');
  return () => channel.close();
};
