// Tasks over the API.
import { Id, Task, TASK_SUBJECT_KINDS, TaskChange, TaskCreate, TaskQuery, Tasks } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { subjectIn } from '../notes/index.js';
import { addTask, listTasks, showTask, stepTask } from './service.js';

const params = z.object({ id: Id });
const tags = ['work'];

export const taskRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/tasks',
    {
      config: viewed('tasks'),
      schema: {
        tags,
        summary:
          'Tasks, what is due first: of an operation, a case or a series, of your own, or all; `all`: also those that are over',
        querystring: TaskQuery,
        response: answers(Tasks),
      },
    },
    (request) => {
      const { mine, all } = request.query;
      const about = subjectIn(request.query, TASK_SUBJECT_KINDS);
      return listTasks(store, ctxOf(request), { about, mine: mine === 'true', all: all === 'true' });
    },
  );

  api.post(
    '/tasks',
    {
      config: byService,
      schema: { tags, summary: 'Set a task', body: TaskCreate, response: answers(Task) },
    },
    (request) => addTask(store, ctxOf(request), request.body),
  );

  api.get(
    '/tasks/:id',
    {
      config: viewed('task'),
      schema: { tags, summary: 'One task, with its steps', params, response: answers(Task) },
    },
    (request) => showTask(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/tasks/:id/steps',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Move a task on: its state, who is to do it, until when; what is not given stays',
        params,
        body: TaskChange,
        response: answers(Task),
      },
    },
    (request) => stepTask(store, ctxOf(request), request.params.id, request.body),
  );
};
