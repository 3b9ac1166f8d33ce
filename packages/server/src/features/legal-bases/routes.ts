// Legal bases over the API.
import { Id, LegalBasis, LegalBasisAdd, LegalBasisWithdraw } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { addBasis, listBases, withdrawBasis } from './service.js';

const params = z.object({ id: Id });
const Bases = z.object({ items: z.array(LegalBasis) });

export const legalBasisRoutes = (api: Api, { store }: RouteDeps): void => {
  for (const kind of ['exhibit', 'media'] as const)
    api.get(
      kind === 'exhibit' ? '/exhibits/:id/legal-bases' : '/media/:id/legal-bases',
      {
        config: viewed('legal bases', kind),
        schema: {
          tags: ['work'],
          summary: `What allows to open files of this ${kind} that their provider has not viewed`,
          params,
          response: answers(Bases),
        },
      },
      async (request) => ({ items: await listBases(store, ctxOf(request), { [kind]: request.params.id }) }),
    );

  api.post(
    '/legal-bases',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Record a legal basis for an exhibit or a media: what waited for it is opened',
        body: LegalBasisAdd,
        response: answers(Bases),
      },
    },
    async (request) => ({ items: await addBasis(store, ctxOf(request), request.body) }),
  );

  api.post(
    '/legal-bases/:id/withdraw',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Withdraw a legal basis that was recorded by mistake; both stay on record',
        params,
        body: LegalBasisWithdraw,
        response: answers(LegalBasis),
      },
    },
    (request) => withdrawBasis(store, ctxOf(request), request.params.id, request.body.reason),
  );
};
