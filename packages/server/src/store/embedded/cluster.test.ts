import { userInfo } from 'node:os';
import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clusterPaths, openPath } from './cluster.js';

it.runIf(process.platform === 'linux')('refuses a folder that takes no folders, and leaves it as it was', async () => {
  const { mode } = statSync('/proc');
  const { uid, gid, username } = userInfo();
  const user = { name: username, ids: uid === 0 ? { uid, gid } : null };
  await expect(openPath(clusterPaths('/proc'), user)).rejects.toMatchObject({ code: 'DB_PATH_UNREACHABLE' });
  expect(statSync('/proc').mode).toBe(mode);
});
