// Notes over the API.
import {
  Id,
  ThreadNote,
  NOTE_SUBJECT_KINDS,
  NoteAnswer,
  NoteCreate,
  NoteQuery,
  NoteRetract,
  Notes,
  NotesRead,
} from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { addNote, answerNote, listNotes, readNotesOf, retractNote } from './service.js';
import { subjectIn } from './subject.js';

const params = z.object({ id: Id });
const tags = ['work'];

export const noteRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/notes',
    {
      config: viewed('notes'),
      schema: {
        tags,
        summary: 'Notes on an operation, a case, a series or a media, thread by thread',
        querystring: NoteQuery,
        response: answers(Notes),
      },
    },
    (request) => {
      const about = subjectIn(request.query, NOTE_SUBJECT_KINDS);
      if (about === undefined) throw fail('REQUEST_INVALID', 'name an operation, a case, a series or a media');
      return listNotes(store, ctxOf(request), about);
    },
  );

  api.post(
    '/notes',
    {
      config: byService,
      schema: { tags, summary: 'Begin a thread', body: NoteCreate, response: answers(ThreadNote) },
    },
    (request) => addNote(store, ctxOf(request), request.body),
  );

  api.post(
    '/notes/:id/answers',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Answer in the thread of a note',
        params,
        body: NoteAnswer,
        response: answers(ThreadNote),
      },
    },
    (request) => answerNote(store, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/notes/read',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Say that you have read these; whoever wrote them learns of it. Answers how many were new to you',
        body: NotesRead,
        response: answers(z.object({ read: z.number().int() })),
      },
    },
    async (request) => ({ read: await readNotesOf(store, ctxOf(request), request.body.notes) }),
  );

  api.post(
    '/notes/:id/retract',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take back what you wrote; that it was there stays',
        params,
        body: NoteRetract,
        response: answers(ThreadNote),
      },
    },
    (request) => retractNote(store, ctxOf(request), request.params.id, request.body.reason),
  );
};
