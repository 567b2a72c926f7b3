import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface, startsWith } from '#core/codec/program-interface.ts';
import type { Account } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';

/** Points a record says were claimed, `undefined` when it is none: SOL at its address makes none. */
export function claimedPoints(account: Account | undefined, treasurer: Address): bigint | undefined {
  const { discriminator } = accountInterface('treasurer', 'Participant');
  if (account?.owner !== treasurer || !startsWith(account.data, discriminator)) return undefined;
  return decodeAccount('treasurer', 'Participant', account.data).value.claimed_earned_points;
}
