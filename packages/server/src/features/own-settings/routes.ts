// A person's own keys and language over the API.
import { KeySettings, LanguageSetting } from '@redthread/core/contract';
import { answers, ctxOf, type Api, type RouteDeps } from '../../app/http/contract.js';
import { readKeys, readLanguage, setKeys, setLanguage } from './service.js';

const tags = ['session'];
const audit = { exempt: 'by which keys and in which language somebody works is their own' } as const;

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

  api.get(
    '/me/language',
    {
      config: { access: 'read', audit },
      schema: { tags, summary: 'The language that you chose for the pages', response: answers(LanguageSetting) },
    },
    (request) => readLanguage(store, ctxOf(request)),
  );

  api.put(
    '/me/language',
    {
      config: { access: 'write', audit },
      schema: {
        tags,
        summary: 'Choose the language of the pages; null is that of the browser',
        body: LanguageSetting,
        response: answers(LanguageSetting),
      },
    },
    (request) => setLanguage(store, ctxOf(request), request.body),
  );
};
