import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';
import { RunId, TreasurerIndexHint } from '../run-fields.ts';
import { TokenDecimals } from '../set-rates/input.ts';

/** Sends tokens into the vault of a run with rewards, from where only claims take them out. */
export const TopUpInput = z.strictObject({
  kind: z.literal('top-up'),
  runId: RunId,
  treasurerIndex: TreasurerIndexHint,
  /** Native units of the mint. */
  amount: U64,
  /** As the form read them when the amount was typed; compared with the mint's own bytes before anything is signed. */
  decimals: TokenDecimals,
  /** Whose token account pays; this key signs. */
  funder: AddressText,
  /**
   * Everything ever paid into the vault when the form was opened, native units (`RunTreasury.deposited`). When more has come
   * in since, the same request is refused: sent again by mistake, it cannot pay twice.
   */
  depositedBefore: U64,
});

export type TopUpInput = z.output<typeof TopUpInput>;
