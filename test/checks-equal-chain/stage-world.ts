import { readFileSync } from 'node:fs';
import { encodeAccount } from '#core/codec/account-codec.ts';
import { decodeCoordinatorAccount, encodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import {
  associatedTokenAddress,
  authorizationAddress,
  coordinatorInstanceAddress,
  JOIN_SCOPE,
  participantAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { ACCOUNT_SIZES, DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { configurationOf } from '#core/operations/configuration-parts.ts';
import type { OperationSigners } from '#core/operations/request.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM } from '#core/solana/program-ids.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { createOperatorDesk } from '#test/practice/operator-desk.ts';
import { mintAccount, TEST_MINT, tokenAccount } from '#test/practice/rewards-desk.ts';
import { TEST_START_MS } from '#test/practice/native-chain.ts';
import { testAddress } from '#test/practice/stage.ts';
import type { WalletKind, World } from './world.ts';

/** Id of the run every world is about. */
export const RUN_ID = 'atlas-7';

const PLENTY = 50_000_000_000n;
const CONFIGS = 'test/fixtures/psyche/vectors/configs';

/** Texts of configuration files by their names in the committed vectors. */
export const configText = (name: string): string => readFileSync(`${CONFIGS}/${name}.toml`, 'utf8');

export const GOOD_CONFIG = configText('ok-hub-gcp-cosine');
const OTHER_CONFIG = configText('ok-server-adamw-linear');

/** The people of every world; keys are made from names, so their addresses never change. */
export const PEOPLE = ((desk) => ({
  owner: desk.person('owner'),
  stranger: desk.person('stranger'),
  joinAuthority: desk.person('join authority'),
  payer: desk.person('payer'),
  funder: desk.person('funder'),
  user: desk.person('user'),
  account: desk.person('account of the new run'),
}))(createOperatorDesk());

/** Keys that may join in the name of the user. */
export const DELEGATES = [1, 2, 3, 4].map((seed) => testAddress(100 + seed));

const SECONDS_A_DAY = 86_400;

const NAMES = ['owner', 'stranger', 'join authority', 'payer', 'funder', 'user'];

const EMPTY = decodeCoordinatorAccount(readFileSync('test/fixtures/psyche/fixtures/variant-0.bin'));

export function signersOf({ authority, joinAuthority, payer }: World): OperationSigners {
  const owner = PEOPLE[authority];
  return {
    payer: payer.is === 'authority' ? owner : PEOPLE.payer,
    authority: owner,
    joinAuthority: joinAuthority === 'owner' ? PEOPLE.owner : PEOPLE.joinAuthority,
  };
}

/**
 * A practice chain as the world says, and everybody's keys.
 *
 * @param payerLamports - what the payer has; plenty without it
 */
export function stageWorld(world: World, payerLamports = PLENTY) {
  const desk = createOperatorDesk({ remembersRun: world.remembersRun, accounts: accountsOf(world, payerLamports) });
  for (const name of NAMES) desk.person(name);
  return desk;
}

type Entry = readonly [Address, StoredAccount];

function accountsOf(world: World, payerLamports: bigint): Entry[] {
  const signers = signersOf(world);
  return [
    ...(payerLamports > 0n ? [wallet(signers.payer, payerLamports)] : []),
    ...(world.route === 'no run' ? [] : runEntries(world)),
    ...authorizationEntry(world, signers.joinAuthority, SYSTEM_PROGRAM),
    ...authorizationEntry(world, signers.joinAuthority, PEOPLE.user),
    ...mintEntry(world),
    ...walletEntry(PEOPLE.funder, world.funder.kind, world.funder.amount),
    ...walletEntry(PEOPLE.user, world.user.kind, 3n),
  ];
}

function runEntries(world: World): Entry[] {
  const { coordinator, treasurer } = DEFAULT_PROGRAM_IDS;
  const { address: instance, bump } = coordinatorInstanceAddress(RUN_ID);
  const index = treasurerIndexOf(RUN_ID);
  const { address: treasurerRun, bump: runBump } = treasurerRunAddress(index);
  const isRewarded = world.route !== 'plain';
  const data = encodeAccount('coordinator', 'CoordinatorInstance', {
    bump,
    main_authority: addressToBytes(isRewarded ? treasurerRun : PEOPLE.owner),
    join_authority: addressToBytes(PEOPLE.owner),
    coordinator_account: addressToBytes(PEOPLE.account),
    run_id: RUN_ID,
  });
  const run = encodeAccount('treasurer', 'Run', {
    bump: runBump,
    index,
    main_authority: addressToBytes(PEOPLE.owner),
    join_authority: addressToBytes(PEOPLE.owner),
    coordinator_account: addressToBytes(world.route === 'treasurer' ? PEOPLE.account : PEOPLE.stranger),
    coordinator_instance: addressToBytes(instance),
    collateral_mint: addressToBytes(TEST_MINT),
    total_claimed_collateral_amount: world.vault.claimedFromRun,
    total_claimed_earned_points: world.vault.claimedFromRun,
  });
  const { address: participant, bump: participantBump } = participantAddress(treasurerRun, PEOPLE.user);
  const record = encodeAccount('treasurer', 'Participant', {
    bump: participantBump,
    claimed_collateral_amount: world.user.claimed ?? 0n,
    claimed_earned_points: world.user.claimed ?? 0n,
  });
  const vault = tokenAccount(treasurerRun, world.vault.amount);
  if (world.vault.kind === 'frozen') vault.data[FROZEN.offset] = FROZEN.value;
  return [
    [instance, stored(padded(data, ACCOUNT_SIZES.CoordinatorInstance), coordinator)],
    [PEOPLE.account, stored(encodeCoordinatorAccount(coordinatorOf(world)), coordinator)],
    ...(isRewarded
      ? ([
          [treasurerRun, stored(padded(run, ACCOUNT_SIZES.Run), treasurer)],
          [associatedTokenAddress(treasurerRun, TEST_MINT).address, vault],
          ...(world.user.claimed === undefined
            ? []
            : [[participant, stored(padded(record, ACCOUNT_SIZES.Participant), treasurer)] as const]),
        ] as const)
      : []),
  ];
}

/** A run's account: an empty one with what the world says. */
function coordinatorOf({ run }: World): CoordinatorAccount {
  const account = structuredClone(EMPTY);
  const { coordinator, clients_state: people } = account.state;
  const { config, model } = configurationOf(run.configuration === 'other' ? OTHER_CONFIG : GOOD_CONFIG) ?? coordinator;
  account.state.client_version = 'latest';
  coordinator.run_id = RUN_ID;
  coordinator.run_state = run.state;
  coordinator.pending_pause = run.pendingPause;
  if (run.configuration !== 'none') Object.assign(coordinator, { config, model });
  if (run.configuration === 'broken') coordinator.config.cooldown_time = 0n;
  coordinator.progress = { epoch: run.epoch, step: run.step, epoch_start_data_index: 0n };
  const ids = Array.from({ length: run.clients }, (_, index) => clientId(index));
  people.clients = ids.map((id, index) => ({
    id,
    _unused: new Uint8Array(8),
    earned: index === 0 ? (run.earned ?? 0n) : 1n,
    slashed: 0n,
    active: 0n,
  }));
  if (run.earned === undefined) people.clients.shift();
  people.future_epoch_rates = { earning_rate_total_shared: run.rates[0], slashing_rate_per_client: run.rates[1] };
  coordinator.epoch_state.clients = ids.slice(0, run.inEpoch).map((id) => ({ id, state: 'Healthy', exited_height: 0 }));
  return account;
}

/** The first client is the user. */
function clientId(index: number) {
  const signer = index === 0 ? addressToBytes(PEOPLE.user) : new Uint8Array(32).fill(index);
  return { signer, p2p_identity: new Uint8Array(32).fill(index) };
}

function authorizationEntry(world: World, grantor: Address, grantee: Address): Entry[] {
  const kind = grantee === SYSTEM_PROGRAM ? world.anyone : world.oneUser;
  if (kind === 'missing') return [];
  const { address, bump } = authorizationAddress(grantor, grantee);
  if (kind === 'only SOL') return [wallet(address, 1_000_000n)];
  const data = encodeAccount('authorizer', 'Authorization', {
    bump,
    grantor: addressToBytes(grantor),
    grantee: addressToBytes(grantee),
    scope: JOIN_SCOPE,
    active: kind === 'active',
    delegates: grantee === SYSTEM_PROGRAM ? [] : DELEGATES.slice(0, world.delegates).map(addressToBytes),
    grantor_update_unix_timestamp: BigInt(TEST_START_MS / 1_000 - world.days * SECONDS_A_DAY),
  });
  return [[address, stored(data, DEFAULT_PROGRAM_IDS.authorizer)]];
}

function mintEntry({ mint, route }: World): Entry[] {
  // A mint with a vault is never closed and never changes hands. Source: SPL Token.
  switch (route === 'no run' || route === 'plain' ? mint : 'good') {
    case 'missing':
      return [];
    case 'good':
      return [[TEST_MINT, mintAccount()]];
    case 'of Token-2022':
      return [[TEST_MINT, mintAccount({ owner: TOKEN_2022_PROGRAM })]];
    case 'a token account':
      return [[TEST_MINT, tokenAccount(PEOPLE.stranger, 1n)]];
    case 'not initialised': {
      const account = mintAccount();
      account.data.fill(0);
      return [[TEST_MINT, account]];
    }
  }
}

/** Where a token account keeps its delegate and its state. Source: spl-token, `state.rs`. */
const DELEGATE = { offset: 72, value: 1 };
const FROZEN = { offset: 108, value: 2 };

function walletEntry(owner: Address, kind: WalletKind, amount: bigint): Entry[] {
  if (kind === 'missing') return [];
  const account = tokenAccount(kind === 'given away' ? PEOPLE.stranger : owner, amount);
  if (kind === 'frozen') account.data[FROZEN.offset] = FROZEN.value;
  if (kind === 'delegated') {
    account.data[DELEGATE.offset] = DELEGATE.value;
    account.data.set(addressToBytes(PEOPLE.stranger), DELEGATE.offset + 4);
  }
  return [[associatedTokenAddress(owner, TEST_MINT).address, account]];
}

function wallet(address: Address, lamports: bigint): Entry {
  return [address, { lamports, data: new Uint8Array(), owner: SYSTEM_PROGRAM, executable: false }];
}

function stored(data: Uint8Array, owner: Address): StoredAccount {
  return { lamports: rentExemptMinimum(data.length), data, owner, executable: false };
}

function padded(data: Uint8Array, sizeBytes: number): Uint8Array {
  const whole = new Uint8Array(sizeBytes);
  whole.set(data);
  return whole;
}
