import type { AppContract } from '#ipc/contract.ts';
import type { HandlersOf } from '#ipc/contract-types.ts';
import { type ClientCounts, countActivities } from '#core/practice/client-activity.ts';
import { canJoin } from '#core/authorizations/can-join.ts';
import { joinKit } from '#core/authorizations/join-kit.ts';
import { listNonces } from '#core/nonces/list-nonces.ts';
import { listAuthorizations } from '#core/authorizations/list-authorizations.ts';
import { AppError } from '#core/errors/app-error.ts';
import { insertMissingKeys } from '#core/config/insert-missing.ts';
import { parseConfig } from '#core/config/parse-config.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { reportConfig } from '#core/config/report-config.ts';
import { dumpUser } from '#core/dump/dump-user.ts';
import { followPlan } from '#core/dump/read-plan.ts';
import { planRunFacts } from '#core/dump/run-facts.ts';
import { stringifyJson } from '#core/dump/stringify-json.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { DEFAULT_FEE_POLICY } from '#core/networks/fee-policy.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import type { Connection } from '#core/networks/connection.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { TickerStatus } from '#core/runs/ticker-status.ts';
import type { Address } from '#core/solana/address.ts';
import type { Signer, SignerRoles } from '#core/signers/signer.ts';
import { addressOf, DEMO, GENESIS } from './sample-addresses.ts';
import { SAMPLE_RESERVATIONS, SOMEBODYS_NONCE } from './sample-nonces.ts';
import { samplePrograms } from './sample-programs.ts';
import { createSampleChain } from './sample-chain.ts';
import { prepareOnSample, reviewOnSample } from './sample-review.ts';
import { sampleRuns, stateOfRun } from './sample-runs.ts';
import { DEMO_MINT, treasurerRunOf } from './sample-treasury.ts';
import { SAMPLE_USERS_FILE } from './sample-users.ts';
import {
  SAMPLE_BALANCES,
  SAMPLE_ROLES,
  SAMPLE_PASSPHRASE,
  SAMPLE_SIGNERS,
  SAMPLE_WORDS,
  sampleNewSigner,
} from './sample-signers.ts';
import { createFakeJournal } from './fake-journal.ts';
import { createRewards } from '#main/services/rewards.ts';
import type { Scenario } from './scenario.ts';

const MAINNET_GENESIS = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
const DEVNET_GENESIS = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';
const STARTED = Date.now();

/** A configuration as the book prints it: two keys short. */
const SHORT_CONFIG = PRACTICE_CONFIG_TEXT.replace(/^waiting_for_members_extra_time.*\n/m, '').replace(
  /^cold_start_warmup_steps.*\n/m,
  '',
);

/** Answers of every call for a scenario. */
export function fakeHandlers(
  scenario: Scenario,
  tell: (channel: string, payload: unknown) => void,
): HandlersOf<AppContract> {
  const isEmpty = scenario.state === 'empty';
  let settings = { theme: scenario.theme };
  let door = scenario.door;
  let draft = '';
  let roles: SignerRoles = isEmpty ? {} : SAMPLE_ROLES;
  let signers: readonly Signer[] = isEmpty ? [] : SAMPLE_SIGNERS;
  let profiles = sampleProfiles();
  let clients: ClientCounts = isEmpty ? [] : [{ activity: 'joining', count: 2 }];
  let clusterTime = Math.floor(STARTED / 1_000);
  let ticker: TickerStatus = { kind: 'idle' };
  const accepted = new Set<Address>();
  const remembered = new Set<Address>(isEmpty ? [] : [SOMEBODYS_NONCE]);
  const plans = new Map<string, { request: OperationRequest; step: number; reviews: number }>();
  const chain = createSampleChain(scenario, { slot: slotNow, paidIn });
  const journal = createFakeJournal(scenario, chain, tell);
  const rewards = createRewards({
    connections: { current: () => ({ node: chain, profile: { programs: DEFAULT_PROGRAM_IDS } }) },
    signers: { addresses: () => SAMPLE_SIGNERS.map(({ address }) => address) },
  });
  const status = () => ({ version: '0.1.0', ...(door && { door }), settings, notices: [] });
  const practice = () => ({
    kind: 'running' as const,
    rpcUrl: 'http://127.0.0.1:8899',
    webSocketUrl: 'ws://127.0.0.1:8900',
    genesisHash: GENESIS,
    clusterTime,
    demoMint: DEMO_MINT,
  });
  const signerOf = (id: string) => {
    const signer = signers.find((one) => one.id === id);
    if (!signer) throw new AppError('ipc/malformed', { channel: 'signers', path: 'id' });
    return signer;
  };

  /** Native units that confirmed top-ups have brought into a vault. */
  function paidIn(runId: string): bigint {
    return [...plans.values()].reduce((sum, { request: { operation }, step }) => {
      return operation.kind === 'top-up' && operation.runId === runId && step > 0 ? sum + operation.amount : sum;
    }, 0n);
  }

  async function reviewed(planId: string) {
    const plan = plans.get(planId);
    if (!plan) throw new AppError('plan/unknown', {});
    plan.reviews += 1;
    return reviewOf(plan, planId, `${planId} ${plan.step} ${plan.reviews}`);
  }

  function reviewOf({ request, step }: { request: OperationRequest; step: number }, planId: string, reviewId: string) {
    return reviewOnSample({ request, step, planId, reviewId }, { chain, scenario });
  }

  /** Bytes of a run's account; of one that only fills the list, those of a run that waits. */
  async function accountData(runId: string): Promise<Uint8Array> {
    const read = (id: string) => chain.readAccounts([addressOf(`account ${id}`)]);
    const [found] = (await read(runId)).accounts;
    const [waiting] = found ? [found] : (await read('practice-run-1')).accounts;
    return waiting?.data ?? new Uint8Array();
  }

  return {
    app: {
      status,
      chooseDoor(input) {
        door = input.door;
        return status();
      },
      saveSettings(input) {
        settings = input;
        return status();
      },
    },
    networks: {
      list: () => ({ profiles: [...profiles], activeId: scenario.network === 'practice' ? 'practice' : 'mainnet' }),
      save(profile) {
        profiles = [...profiles.filter(({ id }) => id !== profile.id), profile];
        return profile;
      },
      remove({ id }) {
        profiles = profiles.filter((profile) => profile.id !== id);
        return {};
      },
      activate: () => connectionOf(scenario, door),
      test: (profile) => ({
        rpc: { kind: 'ok', url: profile.rpcUrl, milliseconds: 84, detail: 'Agave 2.3.6' },
        webSocket: {
          kind: 'failed',
          url: profile.webSocketUrl || 'wss://rpc.example.org',
          code: 'rpc/unreachable',
          params: { origin: 'wss://rpc.example.org' },
        },
        genesisHash: MAINNET_GENESIS,
        cluster: 'mainnet',
      }),
      importCliConfig: () => ({ kind: 'cancelled' }),
      status: () => connectionOf(scenario, door),
      programs: () => samplePrograms(scenario, accepted),
      acceptProgram({ program }) {
        accepted.add(program);
        return samplePrograms(scenario, accepted);
      },
    },
    practice: {
      status: practice,
      advance({ seconds }) {
        clusterTime += seconds;
        return practice();
      },
      faucet: () => ({ signature: addressOf('faucet') }),
      createMint: ({ decimals }) => ({ mint: addressOf(`mint with ${decimals} decimals`) }),
      giveTokens: () => ({}),
      reset: practice,
      addClients({ count }) {
        clients = countActivities([
          ...activitiesOf(clients),
          ...Array.from({ length: count }, () => 'joining' as const),
        ]);
        return { counts: clients, refusals: [] };
      },
      removeClients() {
        clients = [];
        return { counts: clients, refusals: [] };
      },
      clients: () => ({ counts: clients, refusals: [] }),
    },
    signers: {
      list: () => ({ signers: [...signers], roles, balances: { ...SAMPLE_BALANCES } }),
      addKeyfile: () => ({ kind: 'locked', handle: 'chosen', fileName: 'cold-storage.age' }),
      unlockKeyfile() {
        throw new AppError('keyfile/wrong-passphrase', { fileName: 'cold-storage.age' });
      },
      encryptKeyfile({ id }) {
        const signer = signerOf(id);
        if (signer.source.kind !== 'keyfile') throw new AppError('signer/absent', { address: signer.address });
        const { fileName } = signer.source;
        const encrypted = { ...signer, source: { ...signer.source, fileName: 'join_authority.age', encrypted: true } };
        signers = signers.map((each) => (each.id === id ? encrypted : each));
        return { kind: 'encrypted', signer: encrypted, oldFileName: fileName };
      },
      createKey({ withWords }) {
        const words = withWords ? SAMPLE_WORDS : '';
        return { kind: 'created', signer: sampleNewSigner(), words: new TextEncoder().encode(words) };
      },
      addAddress({ address, label }) {
        const signer: Signer = { id: address, label, address, source: { kind: 'address-only' } };
        signers = [...signers, signer];
        return signer;
      },
      rename: ({ id, label }) => ({ ...signerOf(id), label }),
      remove({ id }) {
        signers = signers.filter((signer) => signer.id !== id);
        return {};
      },
      allowOpenPermissions: ({ id }) => signerOf(id),
      chooseRoles(chosen) {
        roles = chosen;
        return roles;
      },
      lookUpLedger: () => ({ kind: 'locked' }),
    },
    runs: {
      list: () => ({ slot: slotNow(), rows: isEmpty ? [] : sampleRuns(10_000) }),
      read: async ({ runId }) => ({
        slot: slotNow(),
        readAt: Date.now(),
        runId,
        instance: coordinatorInstanceAddress(runId).address,
        account: addressOf(`account ${runId}`),
        mainAuthority: DEMO,
        joinAuthority: DEMO,
        accountData: await accountData(runId),
        accountLamports: 830_244_480n,
        openToAnyone: stateOfRun(runId) !== 'Warmup',
        clusterTime: Math.floor(Date.now() / 1_000),
        ...withTreasurer(runId),
      }),
      treasury: ({ runId }) => rewards.treasury(runId),
      dump: ({ runId }) => ({
        json: JSON.stringify(
          { coordinator_account: { run_id: runId, status: { state: 'Training', epoch: 6, step: 21_543 } } },
          null,
          2,
        ),
      }),
      configText: () => ({ text: PRACTICE_CONFIG_TEXT }),
      saveDump: () => ({ kind: 'saved', fileName: 'run.json' }),
      async dumpUser({ runId, user }) {
        const facts = await followPlan(planRunFacts({ runId, programs: DEFAULT_PROGRAM_IDS, user }), chain);
        return { json: facts.user ? stringifyJson(dumpUser(facts, facts.user)) : '' };
      },
      saveUserDump: () => ({ kind: 'saved', fileName: 'user.json' }),
    },
    rewards: {
      claims: ({ runId }) => rewards.claims(runId),
      mint: ({ mint }) => rewards.mint(mint),
      holding: ({ mint, owner }) => rewards.holding(mint, owner),
    },
    authorizations: {
      list: (question) =>
        listAuthorizations(question, {
          chain,
          programs: DEFAULT_PROGRAM_IDS,
          own: new Set(signers.map(({ address }) => address)),
        }),
      canJoin: (question) => canJoin(question, { chain, programs: DEFAULT_PROGRAM_IDS }),
      joinKit: (question) =>
        joinKit(question, {
          rpcUrl: scenario.network === 'practice' ? 'http://127.0.0.1:8899' : 'https://rpc.example.org/v2/k3y',
          webSocketUrl: scenario.network === 'practice' ? 'ws://127.0.0.1:8900' : 'wss://rpc.example.org/v2/k3y',
        }),
      openUsers: () => ({ kind: 'opened', fileName: 'users.csv', text: SAMPLE_USERS_FILE }),
    },
    nonces: {
      list: () =>
        listNonces(
          {
            own: signers.filter(({ source }) => source.kind === 'keyfile').map(({ address }) => address),
            made: [],
            remembered: [...remembered],
            reservations: isEmpty ? [] : SAMPLE_RESERVATIONS,
          },
          chain,
        ),
      remember({ address }) {
        remembered.add(address);
        return {};
      },
      forget({ address }) {
        remembered.delete(address);
        return {};
      },
    },
    config: {
      open: () => ({ kind: 'opened', fileName: 'config.toml', text: SHORT_CONFIG }),
      check: ({ text }) => reportConfig(text),
      insertMissing({ text }) {
        const reading = parseConfig(text);
        return { text: reading.kind === 'refused' ? insertMissingKeys(text, reading.problems) : text };
      },
      sample: () => ({ text: PRACTICE_CONFIG_TEXT }),
      saveDraft({ text }) {
        draft = text;
        return {};
      },
      readDraft: () => ({ text: draft }),
    },
    operations: {
      prepare: async (request) => (await prepareOnSample(request, chain, scenario)).prepared,
      async begin(request) {
        const planId = `plan ${plans.size + 1}`;
        plans.set(planId, { request, step: 0, reviews: 0 });
        const step = await reviewed(planId);
        if (!step) throw new AppError('plan/nothing-to-do', {});
        return step;
      },
      async review({ planId }) {
        const plan = plans.get(planId);
        if (plan && journal.isConfirmed(planId, plan.step)) plan.step += 1;
        const step = await reviewed(planId);
        return step ? { kind: 'step', step } : { kind: 'done' };
      },
      async approve({ reviewId, typed, passphrases = [] }) {
        const [planId = '', plan] = [...plans].find(([id]) => reviewId.startsWith(`${id} `)) ?? [];
        const step = plan && (await reviewOf(plan, planId, reviewId));
        if (!plan || !step) throw new AppError('plan/unknown', {});
        if (typed !== step.typedPhrase) throw new AppError('plan/phrase', { phrase: step.typedPhrase });
        if (passphrases.some(({ passphrase }) => new TextDecoder().decode(passphrase) !== SAMPLE_PASSPHRASE)) {
          throw new AppError('keyfile/wrong-passphrase', { fileName: 'cold-key.age' });
        }
        return { transactionId: journal.send(planId, plan.step, step) };
      },
      discard({ planId }) {
        plans.delete(planId);
        return {};
      },
    },
    ticker: {
      start({ count, intervalMs }) {
        ticker = { kind: 'ticking', runId: 'practice-run-1', count, intervalMs, landed: 3 };
        tell('ticker.changed', {});
        return ticker;
      },
      stop() {
        if (ticker.kind === 'ticking') ticker = { ...ticker, kind: 'ended', why: 'stopped', reason: '', remedy: '' };
        tell('ticker.changed', {});
        return ticker;
      },
      status: () => ticker,
    },
    transactions: {
      list: async () => (isEmpty ? [] : journal.list()),
      read: ({ id }) => journal.read(id),
      landed: ({ id }) => journal.landed(id),
      annotate({ id, label, note }) {
        journal.annotate(id, { label, note });
        tell('transactions.changed', { id });
        return {};
      },
      saveWire: () => ({ kind: 'saved', fileName: 'transaction.txt' }),
      saveJournal: () => ({ kind: 'saved', fileName: 'journal-2026-11-22.json', records: 1_204 }),
      saveBooks: () => ({ kind: 'saved', fileName: 'books-2026-11-22.csv', movements: 318, open: 2 }),
    },
    inspector: {
      async look({ text }) {
        if (text.includes(' '))
          return {
            kind: 'unrecognised',
            reason: 'It is neither an address nor a run id: run ids hold at most 32 bytes',
          };
        if (text === 'nobody')
          return {
            kind: 'nothing',
            slot: slotNow(),
            tried: [{ what: 'Run “nobody”', address: coordinatorInstanceAddress('nobody').address }],
          };
        const runId = text === addressOf('account atlas-1b-run-07') || text.length < 32 ? 'atlas-1b-run-07' : undefined;
        return {
          kind: 'account',
          address: addressOf('account atlas-1b-run-07'),
          owner: DEFAULT_PROGRAM_IDS.coordinator,
          executable: false,
          lamports: 830_244_480n,
          rentFloor: 830_244_480n,
          slot: slotNow(),
          readAt: Date.now(),
          data: await accountData('atlas-1b-run-07'),
          ...(runId && { runId }),
        };
      },
    },
  };
}

function withTreasurer(runId: string) {
  const treasurerRun = treasurerRunOf(runId);
  return treasurerRun ? { treasurerRun } : {};
}

function slotNow(): bigint {
  return 4_211n + BigInt(Math.floor((Date.now() - STARTED) / 400));
}

function connectionOf(scenario: Scenario, door: Scenario['door']): Connection {
  if (door === undefined || door === 'offline') return { kind: 'offline' };
  const profile =
    scenario.network === 'practice'
      ? { profileId: 'practice', profileName: 'Practice' }
      : { profileId: 'mainnet', profileName: 'Mainnet' };
  if (scenario.network === 'unreachable')
    return { kind: 'unreachable', ...profile, code: 'rpc/unreachable', params: { origin: 'https://rpc.example.org' } };
  return {
    kind: 'online',
    ...profile,
    ...identityOf(scenario.network),
    slot: slotNow(),
    answeredAt: Date.now(),
    rpcUrl: scenario.network === 'practice' ? 'http://127.0.0.1:8899' : 'https://rpc.example.org',
    webSocketUrl: scenario.network === 'practice' ? 'ws://127.0.0.1:8900' : 'wss://rpc.example.org',
    unencrypted: false,
  };
}

function identityOf(network: Scenario['network']) {
  if (network === 'practice') return { genesisHash: GENESIS, cluster: 'practice' } as const;
  if (network === 'contradicting')
    return { genesisHash: DEVNET_GENESIS, cluster: 'devnet', contradicts: 'devnet' } as const;
  return { genesisHash: MAINNET_GENESIS, cluster: 'mainnet' } as const;
}

function sampleProfiles(): readonly NetworkProfile[] {
  const cluster = {
    kind: 'cluster',
    webSocketUrl: '',
    commitment: 'confirmed',
    programs: DEFAULT_PROGRAM_IDS,
    allowUnencrypted: false,
    fees: DEFAULT_FEE_POLICY,
  } as const;
  return [
    { ...cluster, id: 'practice', name: 'Practice', kind: 'practice', rpcUrl: '', expected: 'any' },
    { ...cluster, id: 'localnet', name: 'Localnet', rpcUrl: 'http://127.0.0.1:8899', expected: 'any' },
    { ...cluster, id: 'devnet', name: 'Devnet', rpcUrl: 'https://api.devnet.example.org', expected: 'devnet' },
    { ...cluster, id: 'mainnet', name: 'Mainnet', rpcUrl: 'https://rpc.example.org', expected: 'mainnet' },
  ];
}

function activitiesOf(counts: ClientCounts) {
  return counts.flatMap(({ activity, count }) => Array.from({ length: count }, () => activity));
}
