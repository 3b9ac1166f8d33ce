// Reads a password or a key where nobody looks on: from stdin, or typed without echo. Never from an argument, which the
// process list and the history of the shell would keep.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { fail } from '@redthread/core/errors';

const fromStdin = async (): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '');
};

const typed = (question: string): Promise<string> =>
  new Promise((resolve) => {
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    process.stderr.write(`${question}: `);
    const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
    reader.question('', (answer) => {
      reader.close();
      process.stderr.write('\n');
      resolve(answer);
    });
  });

/** Errors: ARGUMENT_INVALID where there is neither a terminal to type at nor `stdin`. */
export const readSecret = async (question: string, stdin: boolean, flag: string): Promise<string> => {
  if (!stdin && !process.stdin.isTTY)
    throw fail('ARGUMENT_INVALID', `no terminal to type at: give ${flag} and pipe it in`);
  const secret = stdin ? await fromStdin() : await typed(question);
  if (secret === '') throw fail('ARGUMENT_INVALID', `${question} is empty`);
  return secret;
};
