// Everything that stands around the pages: form, server state, keys, addresses.
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { KeysProvider } from './keys.js';
import { createQueryClient } from './query-client.js';
import { createAppRouter } from './router.js';
import { SCHEME_KEY, theme } from './theme.js';

const schemes = localStorageColorSchemeManager({ key: SCHEME_KEY });

const start = () => {
  const client = createQueryClient(() => {
    if (router.state.location.pathname === '/sign-in') return;
    client.clear();
    void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } });
  });
  const router = createAppRouter(client);
  return { client, router };
};

export const App = (): ReactNode => {
  const [{ client, router }] = useState(start);
  return (
    <MantineProvider theme={theme} defaultColorScheme="dark" colorSchemeManager={schemes}>
      <QueryClientProvider client={client}>
        <KeysProvider>
          <RouterProvider router={router} />
        </KeysProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
};
