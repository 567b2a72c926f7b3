import { PublicKey, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import { NONCE_ACCOUNT_BYTES, nonceAddress, nonceSeed } from '#core/nonces/nonce-account.ts';
import type { Address } from '#core/solana/address.ts';

/** A nonce account at an address derived from a key and a number. */
export type NumberedNonce = { readonly base: Address; readonly number: number };

/**
 * Makes a nonce account where nothing is yet. The payer signs, and the base.
 *
 * @param rentLamports - that keep 80 bytes alive, as the cluster says
 */
export function createNonceAccount(
  { base, number }: NumberedNonce,
  { payer, authority, rentLamports }: { payer: Address; authority: Address; rentLamports: bigint },
): TransactionInstruction[] {
  const account = nonceAddress(base, number);
  return [
    SystemProgram.createAccountWithSeed({
      fromPubkey: new PublicKey(payer),
      newAccountPubkey: new PublicKey(account),
      basePubkey: new PublicKey(base),
      seed: nonceSeed(number),
      lamports: Number(rentLamports),
      space: NONCE_ACCOUNT_BYTES,
      programId: SystemProgram.programId,
    }),
    initializeNonce(account, authority),
  ];
}

/** Gives an address that holds only SOL the size of a nonce account: anybody can send SOL anywhere. The base signs. */
export function allocateNonce({ base, number }: NumberedNonce): TransactionInstruction {
  return SystemProgram.allocate({
    accountPubkey: new PublicKey(nonceAddress(base, number)),
    basePubkey: new PublicKey(base),
    seed: nonceSeed(number),
    space: NONCE_ACCOUNT_BYTES,
    programId: SystemProgram.programId,
  });
}

/** Nobody signs: whoever comes first decides the authority, so it goes into the transaction that makes the account. */
export function initializeNonce(account: Address, authority: Address): TransactionInstruction {
  return SystemProgram.nonceInitialize({
    noncePubkey: new PublicKey(account),
    authorizedPubkey: new PublicKey(authority),
  });
}

export function sendLamports(from: Address, to: Address, lamports: bigint): TransactionInstruction {
  return SystemProgram.transfer({ fromPubkey: new PublicKey(from), toPubkey: new PublicKey(to), lamports });
}

/** Takes the nonce: what was signed with its value is dead. The authority signs. */
export function advanceNonce(account: Address, authority: Address): TransactionInstruction {
  return SystemProgram.nonceAdvance({
    noncePubkey: new PublicKey(account),
    authorizedPubkey: new PublicKey(authority),
  });
}

export function authorizeNonce(account: Address, authority: Address, newAuthority: Address): TransactionInstruction {
  return SystemProgram.nonceAuthorize({
    noncePubkey: new PublicKey(account),
    authorizedPubkey: new PublicKey(authority),
    newAuthorizedPubkey: new PublicKey(newAuthority),
  });
}

/** All lamports close the account; less must leave its rent. The authority signs. */
export function withdrawNonce(
  account: Address,
  { authority, to, lamports }: { authority: Address; to: Address; lamports: bigint },
): TransactionInstruction {
  const instruction = SystemProgram.nonceWithdraw({
    noncePubkey: new PublicKey(account),
    authorizedPubkey: new PublicKey(authority),
    toPubkey: new PublicKey(to),
    lamports: 0,
  });
  // web3.js takes a number here, which holds no more than 53 bits.
  instruction.data.writeBigUInt64LE(lamports, TAG_BYTES);
  return instruction;
}

/** A System instruction begins with its number as u32. */
const TAG_BYTES = 4;
