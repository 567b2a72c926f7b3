import { createContext, type ReactNode, useContext } from 'react';
import type { AppContract } from '#ipc/contract.ts';
import type { ClientOf } from '#ipc/contract-types.ts';

/** Main, as this page sees it. */
export type AppClient = ClientOf<AppContract>;

const ClientContext = createContext<AppClient | undefined>(undefined);

export function ClientProvider({ client, children }: { client: AppClient; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

/** The client of the nearest provider. */
export function useClient(): AppClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('there is no ClientProvider above this component');
  return client;
}
