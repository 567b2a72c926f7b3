import { associatedTokenAddress, participantAddress } from '#core/layouts/addresses.ts';
import { COORDINATOR_ACCOUNT_SIZE } from '#core/layouts/coordinator-account.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { NetworkKey } from '#practice/genesis/derive-key.ts';
import { createMintInstructions } from '#practice/genesis/token-instructions.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import type { Attempt, CodeWorld } from './code-world.ts';
import type { RunOnChain } from './run-on-chain.ts';
import { createAccount } from './system-instructions.ts';
import { programInstruction } from './trace-instructions.ts';
import { runCreateInstruction, treasurerKeys } from './treasurer-run.ts';

/** What a rewarded run is made of, nothing of it made yet. */
export function rewardedParts(world: CodeWorld, runId: string) {
  const [owner, account] = [world.person(), world.chain.keyFor(`account of ${runId}`)];
  const mint = world.chain.keyFor(`mint of ${runId}`);
  const keys = treasurerKeys(owner.address, runId, {
    collateral_mint: mint.address,
    coordinator_account: account.address,
  });
  const mintSteps = createMintInstructions(owner.address, mint.address, { decimals: 6, authority: owner.address });
  return { owner, account, mint, keys, mintSteps };
}

/** Who and what a claim is about; `host` is any run, for its way of sending. */
type Rewarded = {
  readonly owner: NetworkKey;
  readonly mint: NetworkKey;
  readonly host: RunOnChain;
  readonly keys: Readonly<Record<string, Address>> & { readonly run: Address };
};

/** A rewarded run, and its owner as a participant who has earned nothing. */
export function rewarded(world: CodeWorld): Rewarded {
  const runId = `paid-${world.person().address.slice(0, 8)}`;
  const { owner, account, mint, keys, mintSteps } = rewardedParts(world, runId);
  const host = world.newRun();
  const create = createAccount(owner.address, account.address, {
    lamports: rentExemptMinimum(COORDINATOR_ACCOUNT_SIZE),
    sizeBytes: COORDINATOR_ACCOUNT_SIZE,
    owner: DEFAULT_PROGRAM_IDS.coordinator,
  });
  host.send(mintSteps, [owner, mint]);
  host.send([create, runCreateInstruction(keys, runId)], [owner, account]);
  const all = {
    ...keys,
    user: owner.address,
    user_collateral: associatedTokenAddress(owner.address, mint.address).address,
    participant: participantAddress(keys.run, owner.address).address,
  };
  host.send([programInstruction('treasurer', 'participant_create', { params: {} }, all)], [owner]);
  const run = { owner, mint, keys: all, host };
  return { ...run, keys: { ...all, user_collateral: extraTokens(world, run, owner.address) } };
}

/** A claim by the owner. */
export function claimOf({ owner, keys }: Rewarded, points: bigint, changes: Record<string, Address> = {}): Attempt {
  const claim = programInstruction(
    'treasurer',
    'participant_claim',
    { params: { claim_earned_points: points } },
    { ...keys, ...changes },
  );
  return { instructions: [claim], signers: [owner] };
}

/** `TokenInstruction::InitializeAccount3`. Source: spl-token, `instruction.rs`. */
const INITIALIZE_ACCOUNT_3 = 18;
const TOKEN_ACCOUNT_BYTES = 165;

/** A token account anywhere, of whatever owner. */
export function extraTokens(
  world: CodeWorld,
  { owner, mint, host }: Pick<Rewarded, 'owner' | 'mint' | 'host'>,
  holder: Address,
): Address {
  const key = world.chain.keyFor(`tokens of ${holder} ${world.chain.transactionCount()}`);
  const create = createAccount(owner.address, key.address, {
    lamports: rentExemptMinimum(TOKEN_ACCOUNT_BYTES),
    sizeBytes: TOKEN_ACCOUNT_BYTES,
    owner: TOKEN_PROGRAM,
  });
  const meta = (address: Address, isWritable: boolean) => ({ address, isSigner: false, isWritable });
  const initialize = {
    programId: TOKEN_PROGRAM,
    accounts: [meta(key.address, true), meta(mint.address, false)],
    data: Uint8Array.of(INITIALIZE_ACCOUNT_3, ...addressToBytes(holder)),
  };
  host.send([create, initialize], [owner, key]);
  return key.address;
}
