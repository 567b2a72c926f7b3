import { associatedTokenAddress, treasurerIndexOf, treasurerRunAddress } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS, RUN_ID_MAX_BYTES } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import { csvLine } from './csv.ts';
import type { JournaledTransaction, SignedEntry } from './entry.ts';
import type { Money, Movement } from './money-movements.ts';

/** 1 SOL = 10⁹ lamports. */
const SOL_DECIMALS = 9;

const COLUMNS = [
  'time_utc',
  'slot',
  'network',
  'genesis_hash',
  'outcome',
  'kind',
  'direction',
  'asset',
  'mint',
  'amount',
  'amount_native',
  'decimals',
  'amount_is',
  'from',
  'to',
  'what',
  'run',
  'transaction',
  'signature',
  'label',
  'note',
] as const;

/** The first line of the books. */
export const BOOKS_HEAD: string = csvLine(COLUMNS);

/** What all transactions together tell about tokens: vaults of runs, mints of accounts, decimals of mints. */
export type KnownTokens = {
  readonly vaults: ReadonlySet<string>;
  readonly mints: ReadonlyMap<string, Address>;
  readonly decimals: ReadonlyMap<string, number>;
};

/** Collects what confirmed transactions prove about tokens. An address means something on its own cluster only. */
export function knownTokens(moneys: readonly Money[]): KnownTokens {
  const vaults = new Set<string>();
  const mints = new Map<string, Address>();
  const decimals = new Map<string, number>();
  for (const { transaction, movements, facts } of moneys) {
    const { genesisHash } = transaction.signed;
    for (const { account, mint, isVault } of facts) {
      if (isVault) vaults.add(on(genesisHash, account));
      if (mint !== undefined) mints.set(on(genesisHash, account), mint);
    }
    for (const movement of movements) {
      if (movement.mint === undefined || movement.decimals === undefined) continue;
      decimals.set(on(genesisHash, movement.mint), movement.decimals);
    }
  }
  return { vaults, mints, decimals };
}

/** The lines of one transaction in the books: one per movement of money, amounts in native units and in the token's own. */
export function booksLines({ transaction, movements }: Money, known: KnownTokens): string {
  return movements.map((movement) => booksLine(transaction, movement, known)).join('');
}

function booksLine({ signed, end, annotation }: JournaledTransaction, movement: Movement, known: KnownTokens): string {
  const { mint, decimals } = tokenOf(movement, signed, known);
  const { amount } = movement;
  const slot = end && 'slot' in end.outcome ? { decimal: end.outcome.slot.toString() } : undefined;
  const cells: Record<(typeof COLUMNS)[number], Parameters<typeof csvLine>[0][number]> = {
    time_utc: new Date(end?.at ?? signed.at).toISOString(),
    slot,
    network: signed.networkName,
    genesis_hash: signed.genesisHash,
    outcome: end?.outcome.kind,
    kind: isTopUp(movement, mint, signed, known) ? 'top-up' : movement.kind,
    direction: movement.kind === 'claim' ? 'in' : 'out',
    asset: movement.asset,
    mint,
    amount: decimals === undefined ? undefined : { decimal: formatDecimal(amount, decimals) },
    amount_native: { decimal: amount.toString() },
    decimals: decimals === undefined ? undefined : { decimal: decimals.toString() },
    amount_is: movement.isCeiling ? 'at most' : 'exact',
    from: movement.from,
    to: movement.to,
    what: movement.what,
    run: signed.runId,
    transaction: signed.title,
    signature: signed.signature,
    label: annotation?.label,
    note: annotation?.note,
  };
  return csvLine(COLUMNS.map((column) => cells[column]));
}

function tokenOf(
  { asset, mint, decimals, from, to }: Movement,
  { genesisHash }: SignedEntry,
  known: KnownTokens,
): { mint: Address | undefined; decimals: number | undefined } {
  if (asset === 'SOL') return { mint: undefined, decimals: SOL_DECIMALS };
  const of = (account: Address | undefined) =>
    account === undefined ? undefined : known.mints.get(on(genesisHash, account));
  const named = mint ?? of(from) ?? of(to);
  return {
    mint: named,
    decimals: decimals ?? (named === undefined ? undefined : known.decimals.get(on(genesisHash, named))),
  };
}

/** A transfer into the vault of a run: one that another transaction shows, or the one derived from the run id. */
function isTopUp({ kind, to }: Movement, mint: Address | undefined, signed: SignedEntry, known: KnownTokens): boolean {
  if (kind !== 'token-transfer' || to === undefined) return false;
  return known.vaults.has(on(signed.genesisHash, to)) || defaultVault(signed, mint) === to;
}

function defaultVault({ runId, programs }: SignedEntry, mint: Address | undefined): Address | undefined {
  if (runId === undefined || mint === undefined) return undefined;
  if (new TextEncoder().encode(runId).length > RUN_ID_MAX_BYTES) return undefined;
  const { treasurer } = programs ?? DEFAULT_PROGRAM_IDS;
  return associatedTokenAddress(treasurerRunAddress(treasurerIndexOf(runId), treasurer).address, mint).address;
}

function on(genesisHash: string, address: Address): string {
  return `${genesisHash} ${address}`;
}
