import {
  associatedTokenAddress,
  authorizationAddress,
  coordinatorInstanceAddress,
  participantAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import {
  COORDINATOR_ACCOUNT_SIZE,
  decodeCoordinatorAccount,
  encodeCoordinatorAccount,
} from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount, CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import type { Participant, Run, RunUpdateParams, TreasurerInstructions } from '#core/layouts/generated/treasurer.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeMint, encodeTokenAccount, readTokenAccount } from '#practice/chain/token-accounts.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { openToEverybody } from './run-on-stage.ts';
import { type Stage, testAddress } from './stage.ts';
import { programInstruction, runInstruction } from './trace-instructions.ts';

/** Addresses of a rewarded run, by their names in the treasurer's interface. */
export type TreasurerKeys = {
  readonly payer: Address;
  readonly authority: Address;
  readonly run: Address;
  readonly run_collateral: Address;
  readonly collateral_mint: Address;
  readonly coordinator_instance: Address;
  readonly coordinator_account: Address;
};

/** A rewarded run that exists on a stage. */
export type StagedRewardedRun = ReturnType<typeof createRewardedRun>;

/** One wallet that pays, owns and lets in; the names follow from the run id. */
export function treasurerKeys(owner: Address, runId: string, parts: Partial<TreasurerKeys> = {}): TreasurerKeys {
  const run = parts.run ?? treasurerRunAddress(treasurerIndexOf(runId)).address;
  const mint = parts.collateral_mint ?? testAddress(70);
  return {
    payer: owner,
    authority: owner,
    run,
    run_collateral: associatedTokenAddress(run, mint).address,
    collateral_mint: mint,
    coordinator_instance: coordinatorInstanceAddress(runId).address,
    coordinator_account: testAddress(50),
    ...parts,
  };
}

/** `run_create` with the owner as both authorities. */
export function runCreateInstruction(
  keys: TreasurerKeys,
  runId: string,
  changes: Partial<TreasurerInstructions['run_create']['params']> = {},
): Instruction {
  const authority = addressToBytes(keys.authority);
  const params = {
    index: treasurerIndexOf(runId),
    run_id: runId,
    client_version: 'v1',
    main_authority: authority,
    join_authority: authority,
    ...changes,
  };
  return programInstruction('treasurer', 'run_create', { params }, keys);
}

/** `run_update` arguments of which only the given parts are present. */
export function runUpdateParams(parts: Partial<RunUpdateParams> = {}): RunUpdateParams {
  return {
    metadata: null,
    config: null,
    model: null,
    progress: null,
    epoch_earning_rate_total_shared: null,
    epoch_slashing_rate_per_client: null,
    paused: null,
    client_version: null,
    ...parts,
  };
}

/** A rewarded run open to everybody, its vault still empty. */
export function createRewardedRun(stage: Stage, runId = 'atlas-7') {
  const owner = stage.fund(1);
  const keys = treasurerKeys(owner, runId);
  putMint(stage, keys.collateral_mint);
  putEmptyCoordinatorAccount(stage, keys.coordinator_account);
  stage.land([runCreateInstruction(keys, runId)]);
  const open = {
    authority: owner,
    instance: keys.coordinator_instance,
    account: keys.coordinator_account,
    authorization: authorizationAddress(owner, SYSTEM_PROGRAM).address,
  };
  stage.land(openToEverybody(open));
  const wallet = (user: Address) => associatedTokenAddress(user, keys.collateral_mint).address;
  const claimKeys = (user: Address) => ({
    ...keys,
    user,
    payer: user,
    user_collateral: wallet(user),
    participant: participantAddress(keys.run, user).address,
  });
  const read = (): CoordinatorAccount => decodeCoordinatorAccount(bytesAt(stage, keys.coordinator_account));
  const instruction = <N extends keyof TreasurerInstructions>(
    name: N,
    params: TreasurerInstructions[N]['params'],
    user = owner,
  ) => programInstruction('treasurer', name, { params }, name === 'run_update' ? keys : claimKeys(user));
  return {
    keys,
    owner,
    read,
    instruction,
    readRun: (): Run => decodeAccount('treasurer', 'Run', bytesAt(stage, keys.run)).value,
    readParticipant: (user: Address): Participant =>
      decodeAccount('treasurer', 'Participant', bytesAt(stage, claimKeys(user).participant)).value,
    /** Native units in the vault. */
    vault: () => tokensAt(stage, keys.run_collateral),
    /** Native units in a user's token account. */
    held: (user: Address) => tokensAt(stage, wallet(user)),
    /** Gives tokens to the vault. */
    fill: (amount: bigint) => putTokens(stage, keys.run_collateral, keys.collateral_mint, keys.run, amount),
    /** A wallet with SOL and an empty token account. */
    fundUser: (seed: number): Address => {
      const user = stage.fund(seed);
      putTokens(stage, wallet(user), keys.collateral_mint, user, 0n);
      return user;
    },
    /** A coordinator instruction anybody may send. */
    open: <N extends keyof CoordinatorInstructions>(name: N, args: CoordinatorInstructions[N], user = owner) =>
      runInstruction(name, args, open, user),
    update: (parts: Partial<RunUpdateParams>) => stage.land([instruction('run_update', runUpdateParams(parts))]),
    wait: (seconds: bigint): void => {
      stage.clock.unixTimestamp += seconds;
      stage.clock.slot += 5n * seconds;
    },
  };
}

/** A mint with 6 decimals. */
export function putMint(stage: Stage, mint: Address): void {
  const data = encodeMint({ authority: addressToBytes(testAddress(71)), supply: 0n, decimals: 6 });
  stage.accounts.set(mint, { lamports: rentExemptMinimum(data.length), data, owner: TOKEN_PROGRAM, executable: false });
}

/** A token account holding native units. */
export function putTokens(stage: Stage, at: Address, mint: Address, owner: Address, amount: bigint): void {
  const data = encodeTokenAccount({ mint: addressToBytes(mint), owner: addressToBytes(owner), amount });
  stage.accounts.set(at, { lamports: rentExemptMinimum(data.length), data, owner: TOKEN_PROGRAM, executable: false });
}

/** What System `CreateAccount` leaves for a new run. */
export function putEmptyCoordinatorAccount(stage: Stage, at: Address): void {
  stage.accounts.set(at, {
    lamports: rentExemptMinimum(COORDINATOR_ACCOUNT_SIZE),
    data: new Uint8Array(COORDINATOR_ACCOUNT_SIZE),
    owner: DEFAULT_PROGRAM_IDS.coordinator,
    executable: false,
  });
}

/** Makes users known to the run, with points that no epoch paid. */
export function putEarnings(stage: Stage, account: Address, earnings: readonly (readonly [Address, bigint])[]): void {
  const before = stage.accounts.get(account);
  if (before === undefined) throw new Error('no run');
  const value = decodeCoordinatorAccount(before.data);
  value.state.clients_state.clients = earnings.map(([user, earned]) => ({
    id: { signer: addressToBytes(user), p2p_identity: new Uint8Array(32) },
    _unused: new Uint8Array(8),
    earned,
    slashed: 0n,
    active: 0n,
  }));
  stage.accounts.set(account, { ...before, data: encodeCoordinatorAccount(value) });
}

function bytesAt(stage: Stage, address: Address): Uint8Array {
  const account = stage.accounts.get(address);
  if (account === undefined) throw new Error(`nothing at ${address}`);
  return account.data;
}

function tokensAt(stage: Stage, address: Address): bigint | undefined {
  return readTokenAccount(stage.accounts.get(address))?.amount;
}
