// The test before a vote: drawn pictures whose signs stand for the codes of one version of a scheme. Each is kept with its result,
// and one that was passed holds for a year.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { CANNOT_SAY, type CompetenceTest, type ListedScheme } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { codeToVote } from '@redthread/core/schemes';
import { drawExercise, planExercise, type Exercise } from '@redthread/synth';
import { audit, withContext, type Store, type Trx } from '../../../store/index.js';
import { requireRight } from '../../accounts/index.js';
import { schemesHere } from '../../schemes/index.js';

const DAYS_VALID = 365;
/** Of the answers that have to be right: all but one of twelve. */
const SHARE_RIGHT = 0.9;

interface TestRow {
  readonly id: string;
  readonly scheme: string;
  readonly seed: string;
  readonly login: string;
  readonly questions: number;
  readonly begun_at: Date;
  readonly answered_at: Date | null;
  readonly right_answers: number | null;
  readonly passed: boolean | null;
  readonly expires_at: Date | null;
}

const exerciseOf = (seed: string, { codes }: ListedScheme): Exercise =>
  planExercise(
    seed,
    codes.map(({ code }) => code),
  );

const toTest = (row: TestRow, scheme: ListedScheme | undefined): CompetenceTest => ({
  id: row.id,
  scheme: row.scheme,
  by: row.login,
  questions: row.questions,
  begunAt: row.begun_at.toISOString(),
  answeredAt: row.answered_at?.toISOString() ?? null,
  right: row.right_answers,
  passed: row.passed,
  expiresAt: row.expires_at?.toISOString() ?? null,
  standIns:
    row.answered_at !== null || scheme === undefined
      ? []
      : exerciseOf(row.seed, scheme).signs.flatMap(({ words }, at) => {
          const code = scheme.codes[at];
          return code === undefined ? [] : [{ sign: words, code: code.code, title: code.title }];
        }),
});

const schemeOf = async (trx: Trx, name: string): Promise<ListedScheme | undefined> =>
  (await schemesHere(trx)).all.find((scheme) => scheme.name === name);

const ownTest = async (trx: Trx, ctx: Context, id: string): Promise<TestRow> => {
  const row = await trx
    .selectFrom('competence_tests')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', ctx.actor.userId)
    .executeTakeFirst();
  if (row === undefined) throw fail('NOT_FOUND', 'no such test of yours');
  return row;
};

/** Whoever votes in a version of a scheme has passed its test, and not too long ago. Errors: COMPETENCE_REQUIRED. */
export const requireCompetence = async (trx: Trx, scheme: string): Promise<void> => {
  const { rows } = await sql`select from competence_tests t where t.user_id = app_user() and t.scheme = ${scheme}
    and t.passed and t.expires_at > now() limit 1`.execute(trx);
  if (rows.length === 0)
    throw fail('COMPETENCE_REQUIRED', saying`you have passed no test of ${scheme} that still holds`);
};

/** Own tests; for administrators and coordinators those of all their people. Newest first. */
export const listTests = (store: Store, ctx: Context): Promise<CompetenceTest[]> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const rows = await trx
        .selectFrom('competence_tests')
        .selectAll()
        .orderBy('begun_at', 'desc')
        .orderBy('id')
        .execute();
      const { all } = await schemesHere(trx);
      return rows.map((row) =>
        toTest(row, row.user_id === ctx.actor.userId ? all.find(({ name }) => name === row.scheme) : undefined),
      );
    },
    { access: 'read only' },
  );

/** Errors: FORBIDDEN, SCHEME_UNKNOWN, SCHEME_RETIRED. */
export const beginTest = (store: Store, ctx: Context, name: string): Promise<CompetenceTest> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    const { scheme } = codeToVote(await schemesHere(trx), `${name}:${CANNOT_SAY}`);
    const { agencyId, userId, login } = ctx.actor;
    const seed = randomUUID();
    const row = await trx
      .insertInto('competence_tests')
      .values({
        agency_id: agencyId,
        user_id: userId,
        login,
        scheme: scheme.name,
        seed,
        questions: exerciseOf(seed, scheme).questions.length,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await audit(trx, ctx, {
      type: 'competence-test',
      object: { kind: 'user', id: userId },
      detail: { test: row.id, scheme: scheme.name, step: 'begun', right: null, questions: row.questions },
    });
    return toTest(row, scheme);
  });
};

/** JPEG of question `number`, from 1; drawn anew each time. Errors: NOT_FOUND. */
export const testPicture = async (store: Store, ctx: Context, id: string, number: number): Promise<Buffer> => {
  const { exercise, seed } = await withContext(
    store.app,
    ctx,
    async (trx) => {
      const row = await ownTest(trx, ctx, id);
      const scheme = await schemeOf(trx, row.scheme);
      if (scheme === undefined) throw fail('NOT_FOUND', 'no such test of yours');
      return { exercise: exerciseOf(row.seed, scheme), seed: row.seed };
    },
    { access: 'read only' },
  );
  const picture = await drawExercise(seed, exercise, number - 1);
  if (picture === null) throw fail('NOT_FOUND', saying`the test has pictures 1 to ${exercise.questions.length}`);
  return picture;
};

/** Answers it once, code by code in the order of the pictures. Errors: NOT_FOUND, REQUEST_INVALID, TEST_ANSWERED. */
export const answerTest = (
  store: Store,
  ctx: Context,
  id: string,
  answers: readonly string[],
): Promise<CompetenceTest> => {
  requireRight(ctx, 'vote');
  return withContext(store.app, ctx, async (trx) => {
    const row = await ownTest(trx, ctx, id);
    const scheme = await schemeOf(trx, row.scheme);
    if (scheme === undefined) throw fail('SCHEME_UNKNOWN', row.scheme);
    if (row.answered_at !== null) throw fail('TEST_ANSWERED', id);
    const { questions } = exerciseOf(row.seed, scheme);
    if (answers.length !== questions.length)
      throw fail('REQUEST_INVALID', saying`${answers.length} answers to ${questions.length} pictures`, {
        pointer: '/answers',
      });
    const right = questions.filter(({ answer }, at) => answers[at] === (answer ?? CANNOT_SAY)).length;
    const passed = right >= Math.ceil(questions.length * SHARE_RIGHT);
    const now = await trx
      .updateTable('competence_tests')
      .set({
        answered_at: sql<Date>`now()`,
        right_answers: right,
        passed,
        expires_at: passed ? sql<Date>`now() + make_interval(days => ${DAYS_VALID})` : null,
      })
      .where('id', '=', id)
      .where('answered_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (now === undefined) throw fail('TEST_ANSWERED', id);
    await audit(trx, ctx, {
      type: 'competence-test',
      object: { kind: 'user', id: ctx.actor.userId },
      detail: { test: id, scheme: row.scheme, step: passed ? 'passed' : 'failed', right, questions: questions.length },
    });
    return toTest(now, scheme);
  });
};
