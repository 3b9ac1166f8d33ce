// A database of tests does not wait for the disk: what is written to it has to outlive the processes that the tests kill, and a kernel
// that goes on keeps what PostgreSQL handed to it. It need not outlive the machine.
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';

const SETTINGS = ['fsync = off', 'full_page_writes = off'];

/** From its next start on; nothing runs on the data folder now. */
export const notForKeeps = (data: string): Promise<void> =>
  appendFile(join(data, 'postgres', 'postgresql.conf'), `\n${SETTINGS.join('\n')}\n`);
