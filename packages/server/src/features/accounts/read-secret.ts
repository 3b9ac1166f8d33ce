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

/** Errors: ARGUMENT_INVALID where there is neither a terminal to type at nor `stdin`: asked before work that would be in vain. */
export const requireSecretSource = (stdin: boolean, flag: string): void => {
  if (!stdin && !process.stdin.isTTY)
    throw fail('ARGUMENT_INVALID', `no terminal to type at: give ${flag} and pipe it in`);
};

/** Errors: ARGUMENT_INVALID where there is no source, or nothing comes from it. */
export const readSecret = async (question: string, stdin: boolean, flag: string): Promise<string> => {
  requireSecretSource(stdin, flag);
  const secret = stdin ? await fromStdin() : await typed(question);
  if (secret === '') throw fail('ARGUMENT_INVALID', `${question} is empty`);
  return secret;
};

/** A secret that is set: typed twice, for nobody sees what was typed. Errors: ARGUMENT_INVALID. */
export const readNewSecret = async (question: string, stdin: boolean, flag: string): Promise<string> => {
  const secret = await readSecret(question, stdin, flag);
  if (!stdin && (await typed(`${question} again`)) !== secret)
    throw fail('ARGUMENT_INVALID', 'what was typed the second time is not the same');
  return secret;
};
