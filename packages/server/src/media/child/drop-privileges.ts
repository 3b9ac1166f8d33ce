// Called by a child after its modules are loaded: from then on it is nobody, and hostile bytes may come.
import { isRoot, NOBODY_ID } from './confined.js';

/** Gives up root for good. Does nothing for other users, who have nothing to give up. Throws if the kernel refuses. */
export const dropPrivileges = (): void => {
  if (!isRoot()) return;
  process.setgroups?.([]);
  process.setgid?.(NOBODY_ID);
  process.setuid?.(NOBODY_ID);
};
