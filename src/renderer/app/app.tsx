import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { type AppClient, ClientProvider } from '#renderer/lib/client.tsx';
import { AppGate } from './app-gate.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { theme, tokenVariables } from './theme.ts';
import { followSystem } from './follow-system.ts';

/** The whole page. Nothing is kept in the browser's own storage: main owns the settings. */
export function App({ client, nonce }: { client: AppClient; nonce: string }) {
  const [queries] = useState(createQueries);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={tokenVariables}
      defaultColorScheme="auto"
      colorSchemeManager={followSystem}
      getStyleNonce={() => nonce}
      deduplicateCssVariables={false}
    >
      <ErrorBoundary>
        <QueryClientProvider client={queries}>
          <ClientProvider client={client}>
            <AppGate />
          </ClientProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}

/** Failures are drawn where they happen, with a way to try again; nothing is repeated behind the operator's back. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 1_000, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}
