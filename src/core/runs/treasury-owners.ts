import { decodeAccount } from '#core/codec/account-codec.ts';
import { isAppError } from '#core/errors/app-error.ts';
import type { Account } from '#core/ports.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';

/** A run as its instance names it. */
type NamedRun = { readonly instance: Address; readonly account: Address; readonly mainAuthority: Address };

/**
 * Who owns runs, for a list: the key that a treasury names for the run that is its own, else the main authority itself. What
 * one run's page does with more reads (`operations/run-facts.ts`) would take too long for ten thousand.
 *
 * @param treasuries - the treasurer program's Run accounts; what is no Run is left out
 */
export function ownersOfRuns(treasuries: readonly Account[]): (run: NamedRun) => Address {
  const byAddress = new Map(treasuries.flatMap(readTreasury));
  return ({ instance, account, mainAuthority }) => {
    const treasury = byAddress.get(mainAuthority);
    return treasury?.instance === instance && treasury.account === account ? treasury.mainAuthority : mainAuthority;
  };
}

function readTreasury({ address, data }: Account): [Address, NamedRun][] {
  try {
    const { value } = decodeAccount('treasurer', 'Run', data);
    const run = {
      instance: addressFromBytes(value.coordinator_instance),
      account: addressFromBytes(value.coordinator_account),
      mainAuthority: addressFromBytes(value.main_authority),
    };
    return [[address, run]];
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return [];
  }
}
