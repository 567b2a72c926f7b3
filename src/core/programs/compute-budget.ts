import { ComputeBudgetProgram, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import type { Address } from '#core/solana/address.ts';
import { TRANSACTION_MAX_BYTES, wireSizeOf } from '#core/transactions/build.ts';
import type { Fees } from '#core/transactions/fees.ts';

/**
 * The instructions with their compute limit and price before them: bytes `02` and a u32, `03` and a u64, little-endian. A nonce
 * advance stays first, as the runtime wants it. Source: Agave, `ComputeBudgetInstruction`, `get_durable_nonce`.
 *
 * Fewest approvals come first, so no plan is packed differently for its fees: where 1,232 bytes cannot hold both, the price
 * is left out, and then the limit.
 */
export function withFees(
  instructions: readonly TransactionInstruction[],
  fees: Fees | undefined,
  payer: Address,
): readonly TransactionInstruction[] {
  if (!fees) return instructions;
  const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: fees.unitLimit });
  const price = ComputeBudgetProgram.setComputeUnitPrice({ microLamports: fees.microLamports });
  const asked = fees.microLamports === 0n ? [[limit]] : [[limit, price], [limit]];
  const fitting = asked
    .map((added) => inserted(instructions, added))
    .find((whole) => wireSizeOf(whole, payer) <= TRANSACTION_MAX_BYTES);
  return fitting ?? instructions;
}

/** Whether a transaction bids for its place. */
export function hasPrice(instructions: readonly TransactionInstruction[]): boolean {
  return instructions.some(
    ({ programId, data }) => programId.equals(ComputeBudgetProgram.programId) && data[0] === SET_UNIT_PRICE,
  );
}

/** `ComputeBudgetInstruction::SetComputeUnitPrice`. */
const SET_UNIT_PRICE = 3;

function inserted(
  instructions: readonly TransactionInstruction[],
  added: readonly TransactionInstruction[],
): TransactionInstruction[] {
  const [first] = instructions;
  const start = first && isNonceAdvance(first) ? 1 : 0;
  return [...instructions.slice(0, start), ...added, ...instructions.slice(start)];
}

/** `SystemInstruction::AdvanceNonceAccount`, u32 little-endian. */
const ADVANCE_NONCE = [4, 0, 0, 0];

function isNonceAdvance({ programId, data }: TransactionInstruction): boolean {
  return programId.equals(SystemProgram.programId) && ADVANCE_NONCE.every((byte, index) => data[index] === byte);
}
