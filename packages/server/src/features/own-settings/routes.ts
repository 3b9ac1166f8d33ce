// A person's own keys over the API.
import { KeySettings } from '@redthread/core/contract';
import { answers, ctxOf, type Api, type RouteDeps } from '../../app/http/contract.js';
import { readKeys, setKeys } from './service.js';

const tags = ['session'];
const audit = { exempt: 'by which keys somebody works is their own' } as const;

export const ownSettingRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/me/keys',
    {
      config: { access: 'read', audit },
      schema: { tags, summary: 'The keys that you chose', response: answers(KeySettings) },
    },
    (request) => readKeys(store, ctxOf(request)),
  );

  api.put(
    '/me/keys',
    {
      config: { access: 'write', audit },
      schema: {
        tags,
        summary: 'Choose keys, all at once; what is left out keeps its own',
        body: KeySettings,
        response: answers(KeySettings),
      },
    },
    (request) => setKeys(store, ctxOf(request), request.body),
  );
};
