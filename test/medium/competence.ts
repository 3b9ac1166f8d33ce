// The test before a vote, taken with every answer right.
import { planExercise } from '@redthread/synth';
import { CANNOT_SAY } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { SHIPPED_SCHEMES } from '@redthread/core/schemes';
import { answerTest, beginTest } from '../../packages/server/src/features/verdicts/index.js';
import type { Store } from '../../packages/server/src/store/index.js';

/** In a scheme that is shipped, such as `vic-default@2.0`. */
export const passTest = async (store: Store<'app' | 'owner'>, ctx: Context, scheme: string): Promise<void> => {
  const { id } = await beginTest(store, ctx, scheme);
  const { seed } = await store.owner
    .selectFrom('competence_tests')
    .select('seed')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const codes = SHIPPED_SCHEMES.find(({ id: name, version }) => `${name}@${version}` === scheme)?.codes ?? [];
  const { questions } = planExercise(
    seed,
    codes.map(({ code }) => code),
  );
  await answerTest(
    store,
    ctx,
    id,
    questions.map(({ answer }) => answer ?? CANNOT_SAY),
  );
};
