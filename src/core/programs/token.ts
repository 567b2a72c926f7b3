import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { Address } from '#core/solana/address.ts';

/** Source: SPL Token, `TokenInstruction::TransferChecked`. */
const TRANSFER_CHECKED = 12;

/** Source: SPL Associated Token Account, `AssociatedTokenAccountInstruction::CreateIdempotent`. */
const CREATE_IDEMPOTENT = 1;

/**
 * Sends native units of a classic token. The token program compares mint and decimals, so that a wrong idea of either
 * moves nothing.
 */
export function transferChecked(transfer: {
  source: Address;
  mint: Address;
  destination: Address;
  owner: Address;
  amount: bigint;
  decimals: number;
}): TransactionInstruction {
  const data = Buffer.alloc(10);
  data.writeUInt8(TRANSFER_CHECKED, 0);
  data.writeBigUInt64LE(transfer.amount, 1);
  data.writeUInt8(transfer.decimals, 9);
  return new TransactionInstruction({
    programId: new PublicKey(TOKEN_PROGRAM),
    keys: [
      account(transfer.source, { isWritable: true }),
      account(transfer.mint),
      account(transfer.destination, { isWritable: true }),
      account(transfer.owner, { isSigner: true }),
    ],
    data,
  });
}

/** Creates an owner's associated token account; does nothing when it exists. The payer pays its rent. */
export function createTokenAccount(wanted: {
  payer: Address;
  account: Address;
  owner: Address;
  mint: Address;
}): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(ASSOCIATED_TOKEN_PROGRAM),
    keys: [
      account(wanted.payer, { isSigner: true, isWritable: true }),
      account(wanted.account, { isWritable: true }),
      account(wanted.owner),
      account(wanted.mint),
      account(SYSTEM_PROGRAM),
      account(TOKEN_PROGRAM),
    ],
    data: Buffer.of(CREATE_IDEMPOTENT),
  });
}

function account(address: Address, { isSigner = false, isWritable = false } = {}) {
  return { pubkey: new PublicKey(address), isSigner, isWritable };
}
