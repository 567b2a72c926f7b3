import { readNonce, nonceAddress } from '#core/nonces/nonce-account.ts';
import type { OperationInput, OperationSigners } from '#core/operations/request.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { base58 } from '@scure/base';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { createAuthorizationDesk } from './authorization-desk.ts';

/** Lamports a nonce account must keep on the practice network. */
export const NONCE_RENT = rentExemptMinimum(80);

/** An operator's desk with somebody who pays, and another who holds the nonce accounts and owns no SOL. */
export function createNonceDesk(options: Parameters<typeof createAuthorizationDesk>[0] = {}) {
  const desk = createAuthorizationDesk(options);
  const holder = desk.person('nonce holder');
  const signers: OperationSigners = { payer: desk.payer, authority: desk.payer, joinAuthority: desk.payer };
  const account = nonceAddress(desk.payer, 1);
  const stored = (address: Address) => {
    const found = desk.chain.account(address);
    return found && { ...found, address, space: found.data.length };
  };
  return {
    ...desk,
    signers,
    holder,
    /** The first nonce account of the payer. */
    account,
    create: (count = 1): OperationInput => ({
      kind: 'create-nonce-accounts',
      base: desk.payer,
      authority: holder,
      first: 1,
      count,
    }),
    nonceOf: (address: Address = account) => readNonce(stored(address)),
    /** The value of a nonce; throws when there is none. */
    valueOf(address: Address = account): string {
      const nonce = readNonce(stored(address));
      if (nonce.kind !== 'initialised') throw new Error(`no nonce at ${address}`);
      return nonce.nonce;
    },
    sendNext: (operation: OperationInput) => desk.sendNext(operation, signers),
    failures: (operation: OperationInput) => desk.failures(operation, signers),
    prepare: (operation: OperationInput) => desk.prepare(operation, signers),
  };
}

/** A nonce account as it lies in the chain; name what matters. */
export function nonceAccount({
  authority,
  nonce = SYSTEM_PROGRAM,
  version = 1,
  state = 1,
  lamports = NONCE_RENT,
}: {
  authority: Address;
  nonce?: string;
  version?: number;
  state?: number;
  lamports?: bigint;
}): StoredAccount {
  const data = new Uint8Array(80);
  const view = new DataView(data.buffer);
  view.setUint32(0, version, true);
  view.setUint32(4, state, true);
  if (state === 1) {
    data.set(addressToBytes(authority), 8);
    data.set(base58.decode(nonce), 40);
    view.setBigUint64(72, 5000n, true);
  }
  return { lamports, data, owner: SYSTEM_PROGRAM, executable: false };
}
