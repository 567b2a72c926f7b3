import { ACCOUNT_SIZES } from '#core/layouts/programs.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { createProgramAccount } from '../../anchor/account-lifecycle.ts';
import { createAccountList } from '../../anchor/accounts.ts';
import { requireCanonicalSeeds, requireWritable } from '../../anchor/constraints.ts';
import type { ProgramContext } from '../../program.ts';
import { PARTICIPANT, participantSeeds, storeParticipant, takeRun } from '../treasurer-accounts.ts';

/** Begins the record of what a wallet claims from a Run; whether it ever took part is not asked. Source: PROTOCOL §4.2. */
export function createParticipant(context: ProgramContext): void {
  const list = createAccountList(context);
  const payer = list.signer('payer');
  const user = list.signer('user');
  const { info: run } = takeRun(list, context);
  const participant = list.toBeCreated();
  list.program('system_program', SYSTEM_PROGRAM);
  const seeds = participantSeeds(run.address, user.address);
  const bump = requireCanonicalSeeds(context, PARTICIPANT, participant, seeds);
  createProgramAccount(context, {
    payer,
    account: participant,
    seeds: [...seeds, Uint8Array.of(bump)],
    sizeBytes: ACCOUNT_SIZES.Participant,
  });
  requireWritable(context, 'payer', payer);
  storeParticipant(participant, { bump, claimed_collateral_amount: 0n, claimed_earned_points: 0n });
}
