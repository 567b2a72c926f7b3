import { isAppError } from '#core/errors/app-error.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import {
  BLOCKHASHES_ADDRESS,
  newestBlockhash,
  NONCE_ACCOUNT_BYTES,
  NONCE_AUTHORITY_OFFSET,
  nonceAddress,
  readNonce,
} from './nonce-account.ts';
import { nonceState } from './nonce-state.ts';
import type { NonceList, NonceRow } from './nonce-view.ts';
import type { Reservation } from './reservations.ts';

/** Where nonce accounts may be known from. */
export type NonceSources = {
  /** Keys the operator signs with: their derived addresses are looked at, and what they hold is searched for. */
  readonly own: readonly Address[];
  /** Made by transactions of this app. */
  readonly made: readonly Address[];
  /** Written down by the operator. */
  readonly remembered: readonly Address[];
  readonly reservations: readonly Reservation[];
};

/** Numbers of a key that are looked at together; the next ones only when one of these exists. */
const NUMBERS_AT_A_TIME = 20;

/** Nobody has more; a key that somebody filled with SOL on purpose cannot keep the app reading. */
const MOST_NUMBERS = 200;

/** A current and initialised nonce account begins like this: a filter that keeps the answer small. */
const BEGINNING = Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0);

/**
 * The operator's nonce accounts: by the addresses that are known, and by a search which many nodes refuse.
 *
 * @throws AppError `rpc/…` when the known addresses cannot be read
 */
export async function listNonces(sources: NonceSources, chain: ChainReader): Promise<NonceList> {
  const { own, made, remembered, reservations } = sources;
  const [derived, search, rentLamports] = await Promise.all([
    findDerived(own, chain),
    findHeld(own, chain),
    chain.readRentFloor(NONCE_ACCOUNT_BYTES),
  ]);
  const addresses = [...new Set([...derived.keys(), ...made, ...search.found, ...remembered])];
  // All of them at one slot, with the blockhash that tells which were taken in it.
  const { slot, accounts } = await chain.readAccounts([BLOCKHASHES_ADDRESS, ...addresses]);
  const facts = { own: new Set(own), reservations, newest: newestBlockhash(accounts[0]) };
  const written = new Set(remembered);
  const rows = addresses
    .map((address, index) => rowOf(address, accounts[index + 1], derived, written, facts))
    // What this app made and somebody closed is history.
    .filter(({ state, isRemembered }) => isRemembered || (state.kind !== 'missing' && state.kind !== 'not-a-nonce'));
  return { slot, rentLamports, rows, isComplete: search.isComplete };
}

function rowOf(
  address: Address,
  account: Account | undefined,
  derived: ReadonlyMap<Address, { readonly base: Address; readonly number: number }>,
  remembered: ReadonlySet<Address>,
  facts: Parameters<typeof nonceState>[2],
): NonceRow {
  const reading = readNonce(account);
  const from = derived.get(address);
  return {
    address,
    state: nonceState(address, reading, facts),
    lamports: reading.lamports,
    ...(reading.kind === 'initialised' ? { authority: reading.authority, nonce: reading.nonce } : {}),
    ...(from ? { derived: from } : {}),
    isRemembered: remembered.has(address),
  };
}

/** Addresses of own keys and numbers at which something exists. */
async function findDerived(
  own: readonly Address[],
  chain: ChainReader,
): Promise<Map<Address, { base: Address; number: number }>> {
  const found = new Map<Address, { base: Address; number: number }>();
  let bases = [...own];
  for (let first = 1; bases.length > 0 && first < MOST_NUMBERS; first += NUMBERS_AT_A_TIME) {
    const numbers = Array.from({ length: NUMBERS_AT_A_TIME }, (_, index) => first + index);
    const places = bases.flatMap((base) =>
      numbers.map((number) => ({ base, number, address: nonceAddress(base, number) })),
    );
    const { accounts } = await chain.readAccounts(places.map(({ address }) => address));
    const there = places.filter((_, index) => accounts[index] !== undefined);
    for (const { base, number, address } of there) found.set(address, { base, number });
    bases = bases.filter((base) => there.some((place) => place.base === base));
  }
  return found;
}

async function findHeld(
  own: readonly Address[],
  chain: ChainReader,
): Promise<{ readonly found: readonly Address[]; readonly isComplete: boolean }> {
  try {
    const answers = await Promise.all(
      own.map((authority) =>
        chain.readProgramAccounts({
          program: SYSTEM_PROGRAM,
          space: NONCE_ACCOUNT_BYTES,
          prefix: BEGINNING,
          matching: [{ offset: NONCE_AUTHORITY_OFFSET, bytes: addressToBytes(authority) }],
        }),
      ),
    );
    return { found: answers.flatMap(({ accounts }) => accounts.map(({ address }) => address)), isComplete: true };
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return { found: [], isComplete: false };
  }
}
