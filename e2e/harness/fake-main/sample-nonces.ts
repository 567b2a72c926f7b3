import { NONCE_ACCOUNT_BYTES, nonceAddress } from '#core/nonces/nonce-account.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { SampleAccount } from './sample-account.ts';
import { addressOf, DEMO, OWNER, PARTNER } from './sample-addresses.ts';

/** A nonce account of a partner, whose address the operator wrote down. */
export const SOMEBODYS_NONCE: Address = addressOf('nonce of a partner');

/** Nonce accounts 1 to 6 of the demo key, and one of a partner. */
export function nonceAccounts(): SampleAccount[] {
  return [
    nonceAccount(nonceAddress(DEMO, 1), DEMO),
    nonceAccount(nonceAddress(DEMO, 2), DEMO),
    nonceAccount(nonceAddress(DEMO, 3), DEMO),
    nonceAccount(nonceAddress(DEMO, 4), OWNER),
    nonceAccount(nonceAddress(DEMO, 5), DEMO, { version: 0 }),
    nonceAccount(nonceAddress(DEMO, 6), DEMO, { state: 0 }),
    nonceAccount(SOMEBODYS_NONCE, PARTNER),
  ];
}

function nonceAccount(
  address: Address,
  authority: Address,
  { version = 1, state = 1 }: { version?: number; state?: number } = {},
): SampleAccount {
  const data = new Uint8Array(NONCE_ACCOUNT_BYTES);
  const view = new DataView(data.buffer);
  view.setUint32(0, version, true);
  view.setUint32(4, state, true);
  if (state === 1) {
    data.set(addressToBytes(authority), 8);
    data.set(addressToBytes(sampleNonceValue(address)), 40);
    view.setBigUint64(72, 5_000n, true);
  }
  return { address, owner: SYSTEM_PROGRAM, data: () => data };
}

/** What a nonce account holds now. */
export function sampleNonceValue(address: Address): Address {
  return addressOf(`value of ${address}`);
}
