// Command lines in this process: some commands of the program, as a script reads what they print; and what they print to, for a test of its own.
import { Command } from 'commander';
import type { Io } from '../../packages/server/src/app/cli/io.js';

export interface Said {
  readonly out: string[];
  readonly notes: string[];
  /** What the program would end with, where the command says so. */
  exitCode?: typeof process.exitCode;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Register = (program: Command, io: Io) => void;

/** No terminal: `json` takes what is printed as JSON, and the rest is kept line by line. */
export const recordingIo = (said: Said, json: (value: unknown) => void): Io => ({
  out: (line) => void said.out.push(line),
  json,
  note: (line) => void said.notes.push(line),
  live: () => undefined,
  settle: () => undefined,
  interactive: false,
  colour: false,
  columns: 100,
});

/** Runs one command line of the store in `data`; answers what went to stdout and to stderr, line by line. */
export const commandLine =
  (data: string, commands: readonly Register[]) =>
  async (...words: string[]): Promise<Said> => {
    const said: Said = { out: [], notes: [] };
    const io = recordingIo(said, (value) => said.out.push(JSON.stringify(value)));
    const program = new Command('redthread').option('--data <folder>').option('--as <login>').exitOverride();
    for (const register of commands) register(program, io);
    const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
    const kept = process.exitCode;
    process.exitCode = undefined;
    try {
      await program.parseAsync(['node', 'redthread', ...words, '--data', data]);
      said.exitCode = process.exitCode;
      return said;
    } finally {
      // A program ends with its command; this process goes on, with other files of tests.
      process.exitCode = kept;
      for (const [signal, known] of before)
        for (const one of process.listeners(signal)) if (!known.includes(one)) process.off(signal, one);
    }
  };

export const jsonOf = <T>(lines: readonly string[]): T[] => lines.map((line) => JSON.parse(line) as T);
