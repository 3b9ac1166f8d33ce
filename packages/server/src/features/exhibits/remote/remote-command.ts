// What `redthread ingest --server` does: the same ingest and the same report, without a database on this machine.
import { loadConfig } from '../../../app/config.js';
import type { Io } from '../../../app/cli/io.js';
import { interruptible, progressReporter, type IngestCommand } from '../ingest-command.js';
import { printIngestReport } from '../ingest-report.js';
import { readKeyFile } from './key-file.js';
import { ingestToServer } from './remote-ingest.js';
import { serverAddress } from './server-address.js';

export interface RemoteCommand extends Omit<IngestCommand, 'inPlace'> {
  readonly server: string;
  readonly keyFile: string;
  readonly certificate: string | undefined;
  readonly patienceMinutes: number;
}

/** Answers whether some entries could not be read. */
export const runRemoteCommand = async (io: Io, command: RemoteCommand): Promise<boolean> => {
  const address = serverAddress(command.server, command.certificate);
  const key = readKeyFile(command.keyFile);
  const stopping = interruptible(io);
  const { source, case: caseReference, exhibit } = command;
  const report = await ingestToServer(
    loadConfig(),
    { address, key, source, case: caseReference, exhibit, patienceMs: command.patienceMinutes * 60_000 },
    {
      stopping,
      wait: command.wait !== false,
      viewing: command.viewing,
      passwords: command.passwords,
      onProgress: progressReporter(io, command),
      onTrouble: (line) => {
        io.settle();
        io.note(line);
      },
    },
  );
  io.settle();
  printIngestReport(io, command, report);
  return report.counts.unread > 0;
};
