// Verdicts over the API: votes, the queue, the rule of the agency, tests of competence.
import {
  CompetenceAnswers,
  CompetenceTest,
  CompetenceTestBegin,
  DecisionUndone,
  Id,
  MediaVerdicts,
  QueuePage,
  QueueQuery,
  Verdict,
  VerdictRetract,
  VerdictRule,
  VerdictRuleSet,
  VerdictVote,
  VotesCast,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, Bytes, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { answerTest, beginTest, listTests, testPicture } from './competence/tests.js';
import { listQueue } from './queue.js';
import { readRule, setRule } from './rule.js';
import { castVotes, readVerdicts, retract, undoDecision } from './vote.js';

const params = z.object({ id: Id });
const tags = ['verdicts'];
const jpeg = { 200: { description: 'A drawn picture', content: { 'image/jpeg': { schema: Bytes } } } };

export const verdictRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/media/:id/verdicts',
    {
      config: viewed('verdicts', 'media'),
      schema: {
        tags,
        summary: 'Votes on a media, what they come to, and apart from them what lists say',
        params,
        response: answers(MediaVerdicts),
      },
    },
    (request) => readVerdicts(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/media/:id/verdicts',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Vote on a media, or on every media of its stack',
        params,
        body: VerdictVote,
        response: answers(VotesCast),
      },
    },
    (request) => castVotes(store, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/verdicts/:id/retract',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take an own vote back; it stays on record',
        params,
        body: VerdictRetract,
        response: answers(Verdict),
      },
    },
    (request) => retract(store, ctxOf(request), request.params.id, request.body.reason),
  );

  api.post(
    '/decisions/:id/undo',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take back all votes of an own act; what they took the place of holds again',
        params,
        response: answers(DecisionUndone),
      },
    },
    (request) => undoDecision(store, ctxOf(request), request.params.id),
  );

  api.get(
    '/verdict-queue',
    {
      config: viewed('verdict queue'),
      schema: {
        tags,
        summary: 'Media of your agency on which votes disagree, or that need a second look by you',
        querystring: QueueQuery,
        response: answers(QueuePage),
      },
    },
    (request) => listQueue(store, ctxOf(request), request.query),
  );

  api.get(
    '/verdict-rule',
    {
      config: viewed('verdict rule'),
      schema: { tags, summary: 'The rule of your agency', response: answers(VerdictRule) },
    },
    (request) => readRule(store, ctxOf(request)),
  );

  api.put(
    '/verdict-rule',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Set what your agency votes in, and how many undisputed votes decide',
        body: VerdictRuleSet,
        response: answers(VerdictRule),
      },
    },
    (request) => setRule(store, ctxOf(request), request.body),
  );

  api.get(
    '/competence-tests',
    {
      config: viewed('competence tests'),
      schema: {
        tags,
        summary: 'Your tests; for administrators and coordinators those of your agency',
        response: answers(z.object({ items: z.array(CompetenceTest) })),
      },
    },
    async (request) => ({ items: await listTests(store, ctxOf(request)) }),
  );

  api.post(
    '/competence-tests',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Begin a test of a version of a scheme, on drawn pictures',
        body: CompetenceTestBegin,
        response: answers(CompetenceTest),
      },
    },
    (request) => beginTest(store, ctxOf(request), request.body.scheme),
  );

  api.get(
    '/competence-tests/:id/pictures/:number',
    {
      config: { access: 'read', audit: { exempt: 'a drawn picture of an own test, whose beginning is on record' } },
      schema: {
        tags,
        summary: 'A picture of an own test, from 1',
        params: params.extend({ number: z.coerce.number().int().min(1).max(200) }),
        response: jpeg,
      },
    },
    async (request, reply) => {
      const { id, number } = request.params;
      return reply.type('image/jpeg').send(await testPicture(store, ctxOf(request), id, number));
    },
  );

  api.post(
    '/competence-tests/:id/answers',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Answer a test, code by code in the order of its pictures; once',
        params,
        body: CompetenceAnswers,
        response: answers(CompetenceTest),
      },
    },
    (request) => answerTest(store, ctxOf(request), request.params.id, request.body.answers),
  );
};
