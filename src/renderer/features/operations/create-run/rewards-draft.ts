import { z } from 'zod';
import type { MintLook } from '#core/rewards/treasury-view.ts';
import { U64_MAX } from '#core/units/decimal.ts';
import { readAmount } from '#renderer/lib/token-amount.ts';
import { addressError } from '../address-error.ts';

/** The rewards of a run to create, as typed. Amounts are display units of the mint. */
export const RewardsDraft = z.strictObject({
  isOn: z.boolean(),
  mint: z.string(),
  /** Empty: the one derived from the run id. */
  treasurerIndex: z.string(),
  earning: z.string(),
  slashing: z.string(),
  topUp: z.string(),
  funder: z.string(),
});

export type RewardsDraft = z.output<typeof RewardsDraft>;

/** Points without tokens: what a run has unless its owner decides otherwise. */
export const NO_REWARDS: RewardsDraft = {
  isOn: false,
  mint: '',
  treasurerIndex: '',
  earning: '',
  slashing: '',
  topUp: '',
  funder: '',
};

export type RewardsProblems = Partial<
  Record<'mint' | 'treasurerIndex' | 'earning' | 'slashing' | 'topUp' | 'funder', string>
>;

/** Digits of a u64, at most twenty. */
const WHOLE = /^\d{1,20}$/;

/**
 * What is wrong with the shape of typed rewards, by field; nothing while they are off.
 *
 * @param look - what the typed mint is, once it was read; one of another address counts as not read
 */
export function rewardsProblems(rewards: RewardsDraft, look: MintLook | undefined): RewardsProblems {
  if (!rewards.isOn) return {};
  const mint = mintProblem(rewards.mint.trim(), look);
  const treasurerIndex = indexProblem(rewards.treasurerIndex.trim());
  const decimals = decimalsOf(rewards, look);
  const [earning, slashing, topUp] = [rewards.earning, rewards.slashing, rewards.topUp].map((text) => {
    const reading = decimals === undefined ? undefined : readAmount(text, decimals);
    return reading?.kind === 'refused' ? reading.problem : undefined;
  });
  const funder = rewards.topUp.trim() !== '' && rewards.funder === '' ? 'Choose who pays the first top-up' : undefined;
  return {
    ...(mint !== undefined && { mint }),
    ...(treasurerIndex !== undefined && { treasurerIndex }),
    ...(earning !== undefined && { earning }),
    ...(slashing !== undefined && { slashing }),
    ...(topUp !== undefined && { topUp }),
    ...(funder !== undefined && { funder }),
  };
}

/** Digits after the point of the typed mint; absent until that very mint was read and may be used. */
export function decimalsOf({ mint }: RewardsDraft, look: MintLook | undefined): number | undefined {
  return look?.kind === 'mint' && look.address === mint.trim() ? look.decimals : undefined;
}

/** The rewards of a request, in native units on the wire; absent while something about them is wrong. */
export function rewardsInput(rewards: RewardsDraft, look: MintLook | undefined): Record<string, unknown> | undefined {
  const decimals = decimalsOf(rewards, look);
  if (decimals === undefined || Object.keys(rewardsProblems(rewards, look)).length > 0) return undefined;
  const native = (text: string) => {
    const reading = readAmount(text, decimals);
    return reading.kind === 'amount' && reading.native > 0n ? reading.native.toString() : undefined;
  };
  const [earning, slashing, upTo] = [native(rewards.earning), native(rewards.slashing), native(rewards.topUp)];
  const index = rewards.treasurerIndex.trim();
  return {
    mint: rewards.mint.trim(),
    decimals,
    ...(index !== '' && { treasurerIndex: BigInt(index).toString() }),
    ...(earning !== undefined && { earning }),
    ...(slashing !== undefined && { slashing }),
    ...(upTo !== undefined && { topUp: { upTo, funder: rewards.funder } }),
  };
}

function mintProblem(mint: string, look: MintLook | undefined): string | undefined {
  if (mint === '') return 'Type the mint of the reward token';
  const malformed = addressError(mint);
  if (malformed !== undefined) return malformed;
  if (look?.address !== mint) return 'The mint must be read first';
  return look.kind === 'refused' ? `${look.reason}. ${look.remedy}` : undefined;
}

function indexProblem(index: string): string | undefined {
  if (index === '') return undefined;
  if (!WHOLE.test(index)) return 'The index is a whole number in digits, or nothing';
  return BigInt(index) > U64_MAX ? `The index is at most ${U64_MAX}` : undefined;
}
