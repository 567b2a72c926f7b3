import { treasurerIndexOf, treasurerRunAddress } from '#core/layouts/addresses.ts';
import { claimableOf, runwayOf, shareOf } from '#core/rewards/treasury.ts';
import type { ClaimLedger, ClaimRow, MintLook, RunTreasury, TokenHolding } from '#core/rewards/treasury-view.ts';
import type { Address } from '#core/solana/address.ts';
import { addressOf, DEMO, JOIN, OWNER } from './sample-addresses.ts';

export const DEMO_MINT = addressOf('demo mint');
export const OTHER_MINT = addressOf('token 2022 mint');

/** Digits after the point of the demo mint. */
const DECIMALS = 6;
const TOKEN = 10n ** 6n;

/** An epoch of the sample runs, seconds. */
const EPOCH_SECONDS = 4_200n;

/** Vaults in every condition, in native units: well funded, owing more than it has, and empty. */
const VAULTS: Readonly<
  Record<string, { funded: bigint; earned: bigint; claimed: bigint; earning: bigint; clients: number }>
> = {
  'atlas-1b-run-07': {
    funded: 812_450n * TOKEN,
    earned: 401_250n * TOKEN + 125n,
    claimed: 187_500n * TOKEN,
    earning: 12_500n * TOKEN,
    clients: 48,
  },
  'nightly-paused': {
    funded: 1_200n * TOKEN,
    earned: 9_000n * TOKEN,
    claimed: 4_000n * TOKEN,
    earning: 250n * TOKEN,
    clients: 3,
  },
  'helios-new': { funded: 0n, earned: 0n, claimed: 0n, earning: 500n * TOKEN, clients: 3 },
};

/** The Run of the treasurer behind a run that has one. */
export function treasurerRunOf(runId: string): Address | undefined {
  return VAULTS[runId] && treasurerRunAddress(treasurerIndexOf(runId)).address;
}

/** Rewards of a run: from a treasury, or points only. */
export function sampleTreasury(runId: string, slot: bigint, paidIn: bigint): RunTreasury {
  const vault = VAULTS[runId];
  if (!vault) {
    return {
      kind: 'plain',
      slot,
      sharing: { count: 2, basis: 'minimum' },
      current: shareOf(0n, 0n, 2),
      future: shareOf(1_000n, 10n, 2),
      earned: runId === 'practice-run-1' ? 0n : 1_284_000n,
      ...(runId === 'spoofed' && { foreignTreasurer: addressOf('foreign treasurer') }),
    };
  }
  const funded = vault.funded + paidIn;
  const owed = vault.earned - vault.claimed;
  const surplus = funded > owed ? funded - owed : 0n;
  const lasts = (earning: bigint) => {
    const { epochs } = runwayOf(surplus, earning, undefined);
    return epochs === undefined ? {} : { epochs, seconds: epochs * EPOCH_SECONDS };
  };
  const current = vault.earned === 0n ? 0n : (vault.earning * 8n) / 10n;
  return {
    kind: 'rewarded',
    slot,
    treasurerRun: treasurerRunAddress(treasurerIndexOf(runId)).address,
    index: treasurerIndexOf(runId),
    isDefaultIndex: runId !== 'nightly-paused',
    mainAuthority: DEMO,
    mint: DEMO_MINT,
    vault: addressOf(`vault ${runId}`),
    decimals: DECIMALS,
    funded,
    earned: vault.earned,
    claimed: vault.claimed,
    owed,
    missing: owed > funded ? owed - funded : 0n,
    surplus,
    deposited: funded + vault.claimed,
    sharing: { count: vault.clients, basis: vault.clients > 3 ? 'epoch' : 'minimum' },
    current: shareOf(current, 0n, vault.clients),
    future: shareOf(vault.earning, 5n * TOKEN, vault.clients),
    runwayCurrent: lasts(current),
    runwayFuture: lasts(vault.earning),
  };
}

/** A ledger of 48 clients, the operator's own among them; of two on a run whose vault runs dry. */
export function sampleClaims(runId: string, slot: bigint, paidIn: bigint): ClaimLedger {
  const vault = VAULTS[runId];
  if (!vault) return { slot, rows: [] };
  const others =
    vault.earned === 0n ? [] : Array.from({ length: vault.clients - 2 }, (_, index) => addressOf(`client ${index}`));
  const users = vault.earned === 0n ? [] : [DEMO, ...others, JOIN];
  const earnedEach = users.length === 0 ? 0n : vault.earned / BigInt(users.length);
  const rows = users.map((user, index) => {
    const earned = index % 17 === 5 ? earnedEach / 3n : earnedEach;
    return rowOf(user, earned, index % 3 === 1 ? earned : index % 3 === 2 ? earned / 2n : 0n);
  });
  return { slot, token: { mint: DEMO_MINT, decimals: DECIMALS, funded: vault.funded + paidIn }, rows };
}

function rowOf(user: Address, earned: bigint, claimed: bigint): ClaimRow {
  const { unclaimed, isOverclaimed } = claimableOf(earned, claimed, 0n);
  return { user, isOwn: user === DEMO || user === JOIN, earned, slashed: 0n, claimed, unclaimed, isOverclaimed };
}

/** The demo mint, one of Token-2022, and nothing anywhere else. */
export function sampleMint(mint: Address): MintLook {
  if (mint === DEMO_MINT) {
    return {
      kind: 'mint',
      address: mint,
      decimals: DECIMALS,
      supply: 1_000_000n * TOKEN,
      mintAuthority: OWNER,
      warnings: [
        {
          reason: `${OWNER} can make more of this token at any time, which may take the value of what clients earn`,
          remedy: 'Go on if you trust that key',
        },
      ],
    };
  }
  if (mint === OTHER_MINT) {
    return {
      kind: 'refused',
      address: mint,
      reason: 'It belongs to Token-2022; the treasurer takes classic SPL tokens only (AccountOwnedByWrongProgram 3007)',
      remedy: 'Choose the mint of a classic SPL token',
    };
  }
  return {
    kind: 'refused',
    address: mint,
    reason: 'Nothing exists at this address',
    remedy: 'Check the address and the network',
  };
}

/** The demo key is rich, the join authority's account is frozen, nobody else has one. */
export function sampleHolding(owner: Address): TokenHolding {
  const account = addressOf(`tokens of ${owner}`);
  if (owner === DEMO) return { account, exists: true, isFrozen: false, amount: 1_000_000n * TOKEN };
  if (owner === JOIN) return { account, exists: true, isFrozen: true, amount: 10n * TOKEN };
  return { account, exists: false, isFrozen: false, amount: 0n };
}
