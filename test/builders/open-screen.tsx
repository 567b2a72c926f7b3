import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { type ReactNode, useEffect } from 'react';
import type { OperationInput } from '#core/operations/request.ts';
import { createClient } from '#ipc/client.ts';
import { contract } from '#ipc/contract.ts';
import { type AppClient, ClientProvider } from '#renderer/lib/client.tsx';
import { NavigationProvider, type Screen, useNavigation } from '#renderer/lib/navigation.tsx';
import { createFakeMain } from '../../e2e/harness/fake-main/create-fake-main.ts';
import { type Scenario, scenarioOf } from '../../e2e/harness/fake-main/scenario.ts';
import { psycheBytes } from '../psyche-files.ts';

const base64 = (name: string) => Buffer.from(psycheBytes(`fixtures/${name}.bin`)).toString('base64');
const ACCOUNTS = { training: base64('mid-training'), full: base64('full') };

// Nothing is laid out here, so every element is given a size: long tables draw the rows that would be in view.
for (const [side, pixels] of Object.entries({ clientWidth: 1_000, clientHeight: 600 })) {
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => pixels });
}

type World = Partial<Omit<Scenario, 'accounts'>> & {
  /** Calls that answer otherwise than the faked main does. */
  readonly change?: (client: AppClient) => AppClient;
};

/** A screen over a faked main, with the operations that were asked about and begun, and the place its buttons led to. */
export function openScreen(element: ReactNode, { change = (client) => client, ...world }: World = {}) {
  const client = change(createClient(contract, createFakeMain(scenarioOf({ accounts: ACCOUNTS, ...world }))));
  const asked: OperationInput[] = [];
  const begun: OperationInput[] = [];
  const went: Screen[] = [];
  const onGo = (screen: Screen) => void went.push(screen);
  const watched: AppClient = {
    ...client,
    operations: {
      ...client.operations,
      prepare(request) {
        asked.push(request.operation);
        return client.operations.prepare(request);
      },
      begin(request) {
        begun.push(request.operation);
        return client.operations.begin(request);
      },
    },
  };
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <ClientProvider client={watched}>
          <NavigationProvider start={{ kind: 'runs' }}>
            <Here onGo={onGo}>{element}</Here>
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { asked, begun, went, queries };
}

function Here({ onGo, children }: { onGo: (screen: Screen) => void; children: ReactNode }) {
  const { screen } = useNavigation();
  useEffect(() => {
    if (screen.kind !== 'runs') onGo(screen);
  }, [screen, onGo]);
  return children;
}
