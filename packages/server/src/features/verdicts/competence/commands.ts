// redthread verdict test, answer, tests: the test before a vote, as a folder of drawn pictures and a file of answers.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { Id, type CompetenceTest } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../../app/cli/io.js';
import { table } from '../../../app/cli/table.js';
import { makeOutFolder } from '../../../app/data-folder.js';
import { recordView, withLocalSession } from '../../accounts/index.js';
import { testLines, testOutcome } from '../print.js';
import { answerTest, beginTest, listTests, testPicture } from './tests.js';

const TEST_FILE = 'test.json';
const ANSWERS_FILE = 'answers.csv';
const Kept = z.object({ id: Id });

const pictureName = (number: number): string => `${String(number).padStart(2, '0')}.jpg`;

const writeFolder = (folder: string, test: CompetenceTest, pictures: readonly Buffer[]): void => {
  for (const [at, picture] of pictures.entries()) writeFileSync(join(folder, pictureName(at + 1)), picture);
  writeFileSync(
    join(folder, TEST_FILE),
    `${JSON.stringify({ id: test.id, scheme: test.scheme, signs: test.standIns }, null, 2)}\n`,
  );
  writeFileSync(
    join(folder, ANSWERS_FILE),
    ['picture,code', ...pictures.map((_, at) => `${pictureName(at + 1)},`), ''].join('\n'),
  );
};

/** Errors: ARGUMENT_INVALID. */
const readAnswers = (folder: string): { readonly id: string; readonly answers: readonly string[] } => {
  try {
    const { id } = Kept.parse(JSON.parse(readFileSync(join(folder, TEST_FILE), 'utf8')));
    const lines = readFileSync(join(folder, ANSWERS_FILE), 'utf8').split(/\r?\n/).slice(1);
    const given = new Map(
      lines.map((line) => line.split(',')).map(([picture = '', code = '']) => [picture.trim(), code.trim()]),
    );
    const numbers = [...given.keys()].filter((name) => name !== '').length;
    return { id, answers: Array.from({ length: numbers }, (_, at) => given.get(pictureName(at + 1)) ?? '') };
  } catch (error) {
    throw fail('ARGUMENT_INVALID', `${folder}: no ${TEST_FILE} and ${ANSWERS_FILE} of a test`, { cause: error });
  }
};

export const registerTestCommands = (verdict: Command, program: Command, io: Io): void => {
  verdict
    .command('test <scheme@version>')
    .description('begin the test before a vote: drawn pictures in a folder, and a file for the answers')
    .requiredOption('--out <folder>', 'where to')
    .action(async (scheme: string, { out }: { readonly out: string }) => {
      const test = await withLocalSession(program, [], async ({ store, ctx }) => {
        makeOutFolder(out);
        const begun = await beginTest(store, ctx, scheme);
        const pictures: Buffer[] = [];
        for (let number = 1; number <= begun.questions; number++)
          pictures.push(await testPicture(store, ctx, begun.id, number));
        writeFolder(out, begun, pictures);
        return begun;
      });
      table(
        [{ title: 'sign' }, { title: 'stands for' }, { title: '' }],
        test.standIns.map(({ sign, code, title }) => [sign.en, code, title.en]),
      ).forEach(io.out);
      io.out('');
      io.out('Of two signs the one that is listed first counts; where nothing can be told, the answer is cannot-say.');
      io.out(`Write the codes into ${join(out, ANSWERS_FILE)}, then: redthread verdict answer ${out}`);
    });

  verdict
    .command('answer <folder>')
    .description('answer a test; nine of ten pictures have to be right')
    .option('--json', 'print JSON')
    .action(async (folder: string, { json }: { readonly json?: boolean }) => {
      const { id, answers } = readAnswers(folder);
      const test = await withLocalSession(program, [], ({ store, ctx }) => answerTest(store, ctx, id, answers));
      if (json === true) return io.json(test);
      io.out(testOutcome(test));
    });

  verdict
    .command('tests')
    .description('your tests; for administrators and coordinators those of the agency')
    .option('--json', 'print JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const tests = await withLocalSession(program, [], async (session) => {
        const answer = await listTests(session.store, session.ctx);
        await recordView(session, 'competence tests', { count: answer.length });
        return answer;
      });
      if (json === true) return tests.forEach((test) => io.json(test));
      if (tests.length === 0) return io.note('no tests');
      testLines(tests).forEach(io.out);
    });
};
