import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { Participant, Run, TreasurerInstructions } from '#core/layouts/generated/treasurer.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { U64_MAX } from '#core/units/decimal.ts';
import { ProgramPanic } from '../../../instruction-failure.ts';
import { createAccountList, type TypedAccount } from '../../anchor/accounts.ts';
import { ANCHOR_ERRORS, failWith } from '../../anchor/anchor-error.ts';
import { requireSeeds, requireThat, requireWritable } from '../../anchor/constraints.ts';
import { ACCOUNT, accountBytes, requirePresentVersion } from '../../coordinator/run-accounts.ts';
import type { ProgramContext, WorkingAccount } from '../../program.ts';
import { type TokenAccount, takeTokenAccount } from '../token-accounts.ts';
import {
  PARTICIPANT,
  participantSeeds,
  RUN,
  runSignerSeeds,
  storeParticipant,
  storeRun,
  takeParticipant,
  takeRun,
} from '../treasurer-accounts.ts';
import { failInTreasurer } from '../treasurer-errors.ts';

type ClaimAccounts = {
  readonly user: WorkingAccount;
  readonly wallet: TokenAccount;
  readonly run: TypedAccount<Run>;
  readonly vault: TokenAccount;
  readonly account: WorkingAccount;
  readonly participant: TypedAccount<Participant>;
};

const WALLET = 'user_collateral';
const VAULT = 'run_collateral';

/** A handler for `participant_claim`: pays earned points out, one native token unit each. Source: PROTOCOL §4.2, §9.2. */
export function participantClaimHandler(coordinator: Address) {
  return (context: ProgramContext, { params }: TreasurerInstructions['participant_claim']): void => {
    const accounts = takeAccounts(context, coordinator);
    checkAccounts(context, accounts);
    const { run, participant, vault, wallet } = accounts;
    const points = params.claim_earned_points;
    const unclaimed = earnedPoints(accounts) - participant.value.claimed_earned_points;
    if (unclaimed < 0n) throw new ProgramPanic('attempt to subtract with overflow');
    if (points > unclaimed) failInTreasurer(context, 'participant_claim', 'InvalidParameter');
    const amount = points;
    const claimed = {
      ...participant.value,
      claimed_collateral_amount: sum(participant.value.claimed_collateral_amount, amount),
      claimed_earned_points: sum(participant.value.claimed_earned_points, points),
    };
    const total = {
      ...run.value,
      total_claimed_collateral_amount: sum(run.value.total_claimed_collateral_amount, amount),
      total_claimed_earned_points: sum(run.value.total_claimed_earned_points, points),
    };
    transfer(context, { from: vault.info.address, to: wallet.info.address, run, amount });
    storeParticipant(participant.info, claimed);
    storeRun(run.info, total);
  };
}

function takeAccounts(context: ProgramContext, coordinator: Address): ClaimAccounts {
  const list = createAccountList(context);
  const accounts = {
    user: list.signer('user'),
    wallet: takeTokenAccount(list, context, WALLET),
    run: takeRun(list, context),
    vault: takeTokenAccount(list, context, VAULT),
    account: list.zeroCopy(ACCOUNT, 'coordinator', 'CoordinatorAccount', coordinator),
    participant: takeParticipant(list, context),
  };
  list.program('token_program', TOKEN_PROGRAM);
  return accounts;
}

function checkAccounts(
  context: ProgramContext,
  { user, wallet, run, vault, account, participant }: ClaimAccounts,
): void {
  const mint = addressFromBytes(run.value.collateral_mint);
  requireWritable(context, WALLET, wallet.info);
  requireThat(context, WALLET, wallet.mint === mint);
  requireThat(context, WALLET, wallet.owner === user.address);
  requireThat(context, WALLET, !wallet.hasDelegate);
  requireWritable(context, RUN, run.info);
  requireThat(context, RUN, addressFromBytes(run.value.coordinator_account) === account.address);
  // The framework names no account in these two.
  if (vault.owner !== run.info.address) failUnnamed(context, 'ConstraintTokenOwner');
  if (vault.info.address !== associatedTokenAddress(run.info.address, mint).address) {
    failUnnamed(context, 'ConstraintAssociated');
  }
  requireWritable(context, VAULT, vault.info);
  requirePresentVersion(context, account);
  const seeds = participantSeeds(run.info.address, user.address);
  requireSeeds(context, PARTICIPANT, participant.info, [...seeds, Uint8Array.of(participant.value.bump)]);
  requireWritable(context, PARTICIPANT, participant.info);
}

function failUnnamed(context: ProgramContext, name: 'ConstraintTokenOwner' | 'ConstraintAssociated'): never {
  return failWith(context, { name, ...ANCHOR_ERRORS[name] }, { kind: 'nowhere' });
}

/** Points of the first known client that is the user; a stranger has none. */
function earnedPoints({ account, user }: ClaimAccounts): bigint {
  const { clients } = decodeCoordinatorAccount(accountBytes(account)).state.clients_state;
  return clients.find(({ id }) => addressFromBytes(id.signer) === user.address)?.earned ?? 0n;
}

function sum(a: bigint, b: bigint): bigint {
  if (a + b > U64_MAX) throw new ProgramPanic('attempt to add with overflow');
  return a + b;
}

/** `TokenInstruction::Transfer`. Source: spl-token, `instruction.rs`. */
const TRANSFER = 3;

function transfer(
  context: ProgramContext,
  { from, to, run, amount }: { from: Address; to: Address; run: TypedAccount<Run>; amount: bigint },
): void {
  const data = new Uint8Array(9);
  data[0] = TRANSFER;
  new DataView(data.buffer).setBigUint64(1, amount, true);
  const accounts = [
    { address: from, isSigner: false, isWritable: true },
    { address: to, isSigner: false, isWritable: true },
    { address: run.info.address, isSigner: true, isWritable: false },
  ];
  context.invoke({ programId: TOKEN_PROGRAM, accounts, data }, [runSignerSeeds(run.value)]);
}
