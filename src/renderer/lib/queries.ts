import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { z } from 'zod';
import type {
  AuthorizationQuestion,
  CanJoinQuestion,
  JoinKitQuestion,
} from '#core/authorizations/authorization-view.ts';
import type { ConfigReport } from '#core/config/config-report.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { type Address, parseAddress } from '#core/solana/address.ts';
import { useClient } from './client.tsx';

/** How often facts that main pushes no event for are read again, in milliseconds. */
const CONNECTION_EVERY = 2_000;
const RUN_EVERY = 2_000;
const RUNS_EVERY = 10_000;
const PENDING_EVERY = 1_000;
const TREASURY_EVERY = 4_000;
const PREPARED_EVERY = 10_000;

export function useAppStatus() {
  const client = useClient();
  return useQuery({ queryKey: ['app'], queryFn: () => client.app.status({}) });
}

export function useConnection() {
  const client = useClient();
  return useQuery({
    queryKey: ['connection'],
    queryFn: () => client.networks.status({}),
    refetchInterval: CONNECTION_EVERY,
  });
}

/** What is deployed at the addresses of the three programs of the network in use. */
export function useDeployedPrograms() {
  const client = useClient();
  return useQuery({
    queryKey: ['programs'],
    queryFn: () => client.networks.programs({}),
    refetchInterval: ({ state }) => (state.data?.kind === 'reading' ? PENDING_EVERY : RUNS_EVERY),
  });
}

export function useNetworks() {
  const client = useClient();
  return useQuery({ queryKey: ['networks'], queryFn: () => client.networks.list({}) });
}

export function usePracticeStatus() {
  const client = useClient();
  return useQuery({
    queryKey: ['practice'],
    queryFn: () => client.practice.status({}),
    refetchInterval: CONNECTION_EVERY,
  });
}

/** Simulated clients of a run of the practice network; nothing is asked of any other network. */
export function useSimulatedClients(runId: string, isPractice: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ['clients', runId],
    queryFn: () => client.practice.clients({ runId }),
    refetchInterval: RUN_EVERY,
    enabled: isPractice,
  });
}

export function useSigners() {
  const client = useClient();
  return useQuery({ queryKey: ['signers'], queryFn: () => client.signers.list({}), refetchInterval: RUNS_EVERY });
}

export function useRuns() {
  const client = useClient();
  return useQuery({ queryKey: ['runs'], queryFn: () => client.runs.list({}), refetchInterval: RUNS_EVERY });
}

export function useRun(runId: string) {
  const client = useClient();
  return useQuery({ queryKey: ['run', runId], queryFn: () => client.runs.read({ runId }), refetchInterval: RUN_EVERY });
}

/** Rewards, vault and runway of a run, or the points of one without tokens. */
export function useTreasury(runId: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['treasury', runId],
    queryFn: () => client.runs.treasury({ runId }),
    refetchInterval: TREASURY_EVERY,
  });
}

/** What every client of a run earned and claimed. */
export function useClaims(runId: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['claims', runId],
    queryFn: () => client.rewards.claims({ runId }),
    refetchInterval: TREASURY_EVERY,
  });
}

/** What a typed address is as a mint; nothing is asked before it is an address. */
export function useMintLook(text: string) {
  const client = useClient();
  const mint = addressOrNone(text);
  return useQuery({
    queryKey: ['mint', mint],
    queryFn: () => client.rewards.mint({ mint: given(mint) }),
    enabled: mint !== undefined,
  });
}

/** A wallet's tokens of a mint; nothing is asked while either is missing. */
export function useHolding(mintText: string, ownerText: string) {
  const client = useClient();
  const mint = addressOrNone(mintText);
  const owner = addressOrNone(ownerText);
  return useQuery({
    queryKey: ['holding', mint, owner],
    queryFn: () => client.rewards.holding({ mint: given(mint), owner: given(owner) }),
    enabled: mint !== undefined && owner !== undefined,
    refetchInterval: TREASURY_EVERY,
  });
}

/** Authorizations given by one key, to one key, or both; those of the operator's own keys when neither is named. */
export function useAuthorizations(question: AuthorizationQuestion | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: ['authorizations', question],
    queryFn: () => {
      if (!question) throw new Error('there is nothing to list authorizations of');
      return client.authorizations.list(question);
    },
    enabled: question !== undefined,
    refetchInterval: RUNS_EVERY,
  });
}

/** The operator's nonce accounts on the network in use. */
export function useNonces() {
  const client = useClient();
  return useQuery({ queryKey: ['nonces'], queryFn: () => client.nonces.list({}), refetchInterval: RUNS_EVERY });
}

/** Whether a key could join a run. An answer about another key never stands in for it. */
export function useCanJoin(question: CanJoinQuestion | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: ['can-join', question],
    queryFn: () => {
      if (!question) throw new Error('there is no key to ask about');
      return client.authorizations.canJoin(question);
    },
    enabled: question !== undefined,
    refetchInterval: TREASURY_EVERY,
  });
}

/** What to send to a user so that it can join. */
export function useJoinKit(question: JoinKitQuestion | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: ['join-kit', question],
    queryFn: () => {
      if (!question) throw new Error('there is nobody to write a join kit for');
      return client.authorizations.joinKit(question);
    },
    enabled: question !== undefined,
    // It may hold a URL with a key in it: gone as soon as it is not shown.
    gcTime: 0,
  });
}

/** What repeated ticks are doing. */
export function useTicker() {
  const client = useClient();
  return useQuery({
    queryKey: ['ticker'],
    queryFn: () => client.ticker.status({}),
    refetchInterval: ({ state }) => (state.data?.kind === 'ticking' ? PENDING_EVERY : false),
  });
}

export function useTransactions() {
  const client = useClient();
  return useQuery({ queryKey: ['transactions'], queryFn: () => client.transactions.list({}) });
}

/** One transaction, read again every second until it has ended. */
export function useTransaction(id: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['transaction', id],
    queryFn: () => client.transactions.read({ id }),
    refetchInterval: ({ state }) =>
      state.data?.outcome && state.data.outcome.kind !== 'unknown' ? false : PENDING_EVERY,
  });
}

/** What a transaction in base64 is; nothing is asked for an empty text. A review that it brought stands until the text changes. */
export function useHanded(text: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['handed', text],
    queryFn: () => client.transactions.look({ text }),
    enabled: text.trim() !== '',
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

export function useLook(text: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['look', text],
    queryFn: () => client.inspector.look({ text }),
    enabled: text.trim() !== '',
  });
}

/** Checks, cost and plan of a filled form; the last answer stays while a new one is on its way. */
export function usePrepared(request: OperationRequest | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: ['prepare', request && JSON.stringify(z.encode(OperationRequest, request))],
    queryFn: () => {
      if (!request) throw new Error('there is no request to prepare');
      return client.operations.prepare(request);
    },
    enabled: request !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: PREPARED_EVERY,
  });
}

/** What a configuration text says; nothing is asked for an empty one. */
export function useConfigReport(text: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['config', text],
    queryFn: () => client.config.check({ text }),
    enabled: text !== '',
    ...(text !== '' && { placeholderData: keepPreviousData<ConfigReport> }),
  });
}

/** Everything read about who may join. */
const JOINING = ['authorizations', 'can-join'] as const;

/** Everything read about rewards. */
const REWARDS = ['treasury', 'claims', 'mint', 'holding'] as const;

/** Everything that passing time on the practice network, or starting it over, may change. */
export const PRACTICE_TOUCHED = [
  'practice',
  'connection',
  'runs',
  'run',
  'signers',
  'transactions',
  'clients',
  'nonces',
  ...REWARDS,
  ...JOINING,
] as const;

/** Reads again what main says has changed. Events are facts: they carry no data to show. */
export function useMainEvents() {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    const stops = [
      client.app.changed(() => refresh(queries, 'app')),
      client.networks.changed(() =>
        refresh(
          queries,
          'networks',
          'connection',
          'programs',
          'practice',
          'runs',
          'run',
          'signers',
          'prepare',
          'look',
          ...REWARDS,
          ...JOINING,
          'join-kit',
          'nonces',
        ),
      ),
      client.signers.changed(() => refresh(queries, 'signers', 'runs', 'prepare', 'authorizations', 'nonces')),
      client.ticker.changed(() => refresh(queries, 'ticker', 'run')),
      client.transactions.changed(() =>
        refresh(
          queries,
          'transactions',
          'transaction',
          'runs',
          'run',
          'signers',
          'prepare',
          ...REWARDS,
          'nonces',
          ...JOINING,
        ),
      ),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, queries]);
}

/** Marks everything read under these keys as out of date. */
export function refresh(queries: QueryClient, ...keys: readonly string[]): void {
  for (const key of keys) void queries.invalidateQueries({ queryKey: [key] });
}

function addressOrNone(text: string): Address | undefined {
  try {
    return parseAddress(text.trim());
  } catch {
    return undefined;
  }
}

function given(address: Address | undefined): Address {
  if (address === undefined) throw new Error('a query that waits for an address was asked without it');
  return address;
}
