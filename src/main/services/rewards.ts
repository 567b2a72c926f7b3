import { AppError } from '#core/errors/app-error.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import type { ChainReader } from '#core/ports.ts';
import { associatedTokenAddress, participantAddress, treasurerIndexOf } from '#core/layouts/addresses.ts';
import { readRunFacts } from '#core/operations/run-facts.ts';
import { readTreasury } from '#core/operations/treasury-facts.ts';
import { lookAtMint } from '#core/rewards/mint.ts';
import { claimedPoints } from '#core/rewards/participant.ts';
import { readTokenAccount } from '#core/rewards/token-account.ts';
import { claimableOf, runwayOf, shareOf, sharingClients, sumOfEarned } from '#core/rewards/treasury.ts';
import type { ClaimLedger, MintLook, RunTreasury, TokenHolding } from '#core/rewards/treasury-view.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import type { SignerBook } from './signer-book.ts';

type Deps = {
  /** Of the cluster only what reads need. */
  readonly connections: {
    current(): { readonly node: ChainReader; readonly profile: Pick<NetworkProfile, 'programs'> };
  };
  readonly signers: Pick<SignerBook, 'addresses'>;
};

export type Rewards = ReturnType<typeof createRewards>;

/** What the chain says about the rewards of a run. Every amount is in native units, from the accounts' own bytes. */
export function createRewards({ connections, signers }: Deps) {
  return {
    /** @throws AppError `run/…`, `account/…`, `mint/unreadable` */
    async treasury(runId: string): Promise<RunTreasury> {
      const { node: chain, profile } = connections.current();
      const facts = await readRunFacts(runId, undefined, { chain, programs: profile.programs });
      const { run, ownership } = facts;
      const { current_epoch_rates: current, future_epoch_rates: future } = run.state.clients_state;
      const sharing = sharingClients(run);
      const shares = {
        sharing,
        current: shareOf(current.earning_rate_total_shared, current.slashing_rate_per_client, sharing.count),
        future: shareOf(future.earning_rate_total_shared, future.slashing_rate_per_client, sharing.count),
      };
      const read = await readTreasury(facts, chain);
      if (!read) {
        return {
          kind: 'plain',
          slot: facts.slot,
          ...shares,
          earned: sumOfEarned(run),
          ...(ownership.kind === 'foreign-treasurer' ? { foreignTreasurer: ownership.treasurerRun } : {}),
        };
      }
      const { slot, place, value, mintAddress, mint, vault, amounts } = read.treasury;
      const { config } = run.state.coordinator;
      return {
        kind: 'rewarded',
        slot,
        treasurerRun: place.treasurerRun,
        index: value.index,
        isDefaultIndex: value.index === treasurerIndexOf(runId),
        mainAuthority: facts.mainAuthority,
        mint: mintAddress,
        vault,
        decimals: decimalsOf(mint),
        ...amounts,
        ...shares,
        runwayCurrent: runwayOf(amounts.surplus, current.earning_rate_total_shared, config),
        runwayFuture: runwayOf(amounts.surplus, future.earning_rate_total_shared, config),
      };
    },

    /** @throws AppError `run/…`, `account/…`, `mint/unreadable` */
    async claims(runId: string): Promise<ClaimLedger> {
      const { node: chain, profile } = connections.current();
      const { programs } = profile;
      const facts = await readRunFacts(runId, undefined, { chain, programs });
      const { clients } = facts.run.state.clients_state;
      const users = clients.map(({ id }) => addressFromBytes(id.signer));
      const read = await readTreasury(facts, chain, ({ treasurerRun }) =>
        users.map((user) => participantAddress(treasurerRun, user, programs.treasurer).address),
      );
      const own = new Set(signers.addresses());
      const rows = clients.map(({ earned, slashed }, index) => {
        const claimed = claimedPoints(read?.accounts[index], programs.treasurer) ?? 0n;
        const { unclaimed, isOverclaimed } = claimableOf(earned, claimed, 0n);
        return { earned, slashed, claimed, unclaimed, isOverclaimed };
      });
      const withUsers = users.flatMap((user, index) => {
        const row = rows[index];
        return row ? [{ user, isOwn: own.has(user), ...row }] : [];
      });
      if (!read) return { slot: facts.slot, rows: withUsers };
      const { slot, mintAddress, mint, amounts } = read.treasury;
      return {
        slot,
        token: { mint: mintAddress, decimals: decimalsOf(mint), funded: amounts.funded },
        rows: withUsers,
      };
    },

    async mint(address: Address): Promise<MintLook> {
      const { accounts } = await connections.current().node.readAccounts([address]);
      return lookAtMint(address, accounts[0]);
    },

    /** What a wallet holds of a mint in its associated token account; one that became somebody else's holds nothing. */
    async holding(mint: Address, owner: Address): Promise<TokenHolding> {
      const account = associatedTokenAddress(owner, mint).address;
      const { accounts } = await connections.current().node.readAccounts([account]);
      const found = readTokenAccount(accounts[0]);
      const tokens = found?.owner === owner ? found : undefined;
      return {
        account,
        exists: tokens !== undefined,
        isFrozen: tokens?.isFrozen ?? false,
        amount: tokens?.amount ?? 0n,
      };
    },
  };
}

/** A treasury's mint was a mint when it was made; a node that shows another thing is not believed. */
function decimalsOf(mint: MintLook): number {
  if (mint.kind === 'refused') throw new AppError('mint/unreadable', { mint: mint.address, reason: mint.reason });
  return mint.decimals;
}
