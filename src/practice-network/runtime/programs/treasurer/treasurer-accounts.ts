import { encodeAccount } from '#core/codec/account-codec.ts';
import type { Participant, Run } from '#core/layouts/generated/treasurer.ts';
import { PDA_SEEDS } from '#core/layouts/programs.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { storeFields } from '../anchor/account-lifecycle.ts';
import type { createAccountList, TypedAccount } from '../anchor/accounts.ts';
import type { ProgramContext, WorkingAccount } from '../program.ts';

export type AccountList = ReturnType<typeof createAccountList>;

export const RUN = 'run';
export const PARTICIPANT = 'participant';

/** Takes a Run of this program from the list: 3012, 3007, 3002. */
export function takeRun(list: AccountList, { programId }: ProgramContext): TypedAccount<Run> {
  return list.borsh<Run>(RUN, 'treasurer', 'Run', programId);
}

/** Takes a Participant of this program from the list: 3012, 3007, 3002. */
export function takeParticipant(list: AccountList, { programId }: ProgramContext): TypedAccount<Participant> {
  return list.borsh<Participant>(PARTICIPANT, 'treasurer', 'Participant', programId);
}

/** Seeds of a Run without the bump. */
export function runSeeds(index: bigint): readonly Uint8Array[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, index, true);
  return [new TextEncoder().encode(PDA_SEEDS.treasurerRun), bytes];
}

/** Seeds by which a Run signs, bump included. */
export function runSignerSeeds({ index, bump }: Pick<Run, 'index' | 'bump'>): readonly Uint8Array[] {
  return [...runSeeds(index), Uint8Array.of(bump)];
}

/** Seeds of a Participant without the bump. */
export function participantSeeds(run: Address, user: Address): readonly Uint8Array[] {
  return [new TextEncoder().encode(PDA_SEEDS.treasurerParticipant), addressToBytes(run), addressToBytes(user)];
}

export function storeRun(account: WorkingAccount, run: Run): void {
  storeFields(account, encodeAccount('treasurer', 'Run', run));
}

export function storeParticipant(account: WorkingAccount, participant: Participant): void {
  storeFields(account, encodeAccount('treasurer', 'Participant', participant));
}
