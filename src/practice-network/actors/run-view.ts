import type { ProgramIds } from '#core/layouts/programs.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { coordinatorInstanceAddress, JOIN_SCOPE } from '#core/layouts/addresses.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Chain } from '../chain/chain.ts';
import type { StoredAccount } from '../runtime/accounts.ts';

/** A run as its simulated clients see it. */
export type RunView = {
  readonly instance: Address;
  readonly account: Address;
  readonly joinAuthority: Address;
  /** The stored account the state was read from: as long as it is the same, nothing has changed. */
  readonly source: StoredAccount;
  readonly state: CoordinatorAccount['state'];
};

/** Reads a run, anew only when its account has changed. `undefined` when there is none, or of another version. */
export function createRunReader(chain: Chain, { coordinator }: ProgramIds) {
  const views = new Map<string, RunView>();
  return (runId: string): RunView | undefined => {
    const known = views.get(runId);
    const instance = known?.instance ?? coordinatorInstanceAddress(runId, coordinator).address;
    const stored = chain.account(instance);
    if (!stored || stored.owner !== coordinator) {
      views.delete(runId);
      return undefined;
    }
    const { coordinator_account: accountBytes, join_authority: authorityBytes } = decodeAccount(
      'coordinator',
      'CoordinatorInstance',
      stored.data,
    ).value;
    const account = addressFromBytes(accountBytes);
    const source = chain.account(account);
    if (known && known.source === source && known.account === account) return known;
    const state = source && stateIn(source);
    if (!source || !state) return undefined;
    const view = { instance, account, joinAuthority: addressFromBytes(authorityBytes), source, state };
    views.set(runId, view);
    return view;
  };
}

function stateIn({ data }: StoredAccount): CoordinatorAccount['state'] | undefined {
  try {
    return decodeCoordinatorAccount(data).state;
  } catch {
    return undefined;
  }
}

/**
 * The authorization a wallet shows when it joins: an active one that names it, everybody, or somebody whose delegate it
 * is. Whether it holds is for the program to say, so without any the one for everybody is named all the same.
 *
 * @param everybody - address of the authorization for everybody
 */
export function createAuthorizationFinder(chain: Chain, { authorizer }: ProgramIds) {
  return (grantor: Address, everybody: Address): ((wallet: Address) => Address) => {
    const granted = chain
      .accountsOwnedBy(authorizer)
      .flatMap(({ address, account }) => {
        const value = authorizationIn(account);
        const isOurs = value && addressFromBytes(value.grantor) === grantor;
        return isOurs && Buffer.compare(value.scope, JOIN_SCOPE) === 0 ? [{ address, value }] : [];
      })
      .map(({ address, value }) => ({
        address,
        isActive: value.active,
        wallets: new Set([addressFromBytes(value.grantee), ...value.delegates.map(addressFromBytes)]),
      }))
      .toSorted((a, b) => Number(b.isActive) - Number(a.isActive));
    return (wallet) =>
      granted.find(({ wallets }) => wallets.has(wallet) || wallets.has(SYSTEM_PROGRAM))?.address ?? everybody;
  };
}

function authorizationIn({ data }: StoredAccount): Authorization | undefined {
  try {
    return decodeAccount('authorizer', 'Authorization', data).value;
  } catch {
    return undefined;
  }
}
