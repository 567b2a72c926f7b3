import {
  BLOCKHASHES_ADDRESS,
  newestBlockhash,
  NONCE_ACCOUNT_BYTES,
  nonceAfter,
  type NonceReading,
  readNonce,
} from '#core/nonces/nonce-account.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { fail, pass, warn, withAction } from './checks.ts';
import type { Facts, Step, StepSigners } from './define-operation.ts';
import { packSteps } from './pack-steps.ts';
import type { TransactionInstruction } from '@solana/web3.js';
import type { Check, Consequence } from './prepared.ts';

/** What an operation on one nonce account rests on. */
export type NonceFacts = Facts & {
  readonly nonce: NonceReading;
  /** What the account must keep while it is one, lamports, as the cluster says. */
  readonly rentLamports: bigint;
  /** Absent where the cluster does not tell. */
  readonly newestBlockhash: string | undefined;
  /** The other account the operation is about, where there is one. */
  readonly other: Account | undefined;
};

/**
 * Reads a nonce account, and one more, in one round trip and at one slot.
 *
 * @throws AppError `rpc/…`
 */
export async function readNonceFacts(
  chain: ChainReader,
  { nonceAccount, payer, other }: { nonceAccount: Address; payer: Address; other?: Address },
): Promise<NonceFacts> {
  const [{ slot, accounts }, rentLamports, floorLamports] = await Promise.all([
    chain.readAccounts([payer, nonceAccount, BLOCKHASHES_ADDRESS, ...(other === undefined ? [] : [other])]),
    chain.readRentFloor(NONCE_ACCOUNT_BYTES),
    chain.readRentFloor(0),
  ]);
  return {
    slot,
    payerLamports: accounts[0]?.lamports ?? 0n,
    floorLamports,
    rentLamports,
    nonce: readNonce(accounts[1]),
    newestBlockhash: newestBlockhash(accounts[2]),
    other: accounts[3],
  };
}

/** One transaction about one nonce account. */
export function nonceStep(
  title: string,
  instructions: readonly TransactionInstruction[],
  {
    signers,
    authority,
    watch,
    costLamports = 0n,
  }: { signers: StepSigners; authority?: Address; watch: readonly Address[]; costLamports?: bigint },
): Step[] {
  return packSteps([{ title, instructions, costLamports }], {
    signers,
    roles: authority === undefined ? {} : { [authority]: 'Nonce authority' },
    watch: [signers.payer, ...watch],
  });
}

/**
 * Whether the account holds a nonce, and whether this key may use it. Source: Agave, `system_instruction.rs`.
 *
 * @param alsoSigns - another account of the instruction that signs: the program looks for the authority among all of them
 * @param uninitialised - the chain's word where there is no authority yet: SOL is then the account's own to give
 */
export function holderChecks(
  { nonce }: NonceFacts,
  account: Address,
  authority: Address,
  alsoSigns?: Address,
  uninitialised: 'InvalidAccountData' | 'MissingRequiredSignature' = 'InvalidAccountData',
): Check[] {
  if (nonce.kind !== 'initialised') return [noNonce(nonce, account, uninitialised)];
  if (nonce.authority === authority || nonce.authority === alsoSigns) return [pass('Nonce authority', nonce.authority)];
  return [
    withAction(
      fail(
        'Nonce authority',
        `${nonce.authority} holds this nonce account, not ${authority} (MissingRequiredSignature)`,
        'Choose the key that holds it',
        'authority',
      ),
      'Choose the key',
      { kind: 'field', field: 'authority' },
    ),
  ];
}

function noNonce(
  nonce: Exclude<NonceReading, { kind: 'initialised' }>,
  account: Address,
  uninitialised: string,
): Check {
  const check = fail('Nonce account', whyNone(nonce, account, uninitialised), 'Choose one of the list', 'nonceAccount');
  return withAction(check, 'Nonce accounts', { kind: 'nonce-accounts' });
}

function whyNone(
  nonce: Exclude<NonceReading, { kind: 'initialised' }>,
  account: Address,
  uninitialised: string,
): string {
  switch (nonce.kind) {
    case 'missing':
      return `There is nothing at ${account} (InvalidAccountData)`;
    case 'uninitialised':
      return `${account} is not initialised: it has neither authority nor value (${uninitialised})`;
    case 'other':
      return nonce.owner === SYSTEM_PROGRAM
        ? `${account} is a wallet with ${nonce.space} bytes of data, not a nonce account (InvalidAccountData)`
        : `${account} belongs to the program ${nonce.owner}, not to the System program (InvalidAccountData)`;
  }
}

/** A nonce moves once in a slot. Until the next one it can neither be advanced nor closed. */
export function expiredCheck({ nonce, newestBlockhash: newest, slot }: NonceFacts): Check[] {
  if (!isTakenNow(nonce, newest)) return [];
  return [
    fail(
      'Advanced a moment ago',
      `Its value was made in slot ${slot}, and moves once in a slot (NonceBlockhashNotExpired 7)`,
      'Wait for the next slot: less than a second',
    ),
  ];
}

/** Whether the value was made by the newest blockhash: in this slot it cannot move again, nor can a transaction live by it. */
export function isTakenNow(nonce: NonceReading, newest: string | undefined): boolean {
  return nonce.kind === 'initialised' && newest !== undefined && nonce.nonce === nonceAfter(newest);
}

/** A key nobody has cannot sign. */
export function lostCheck(authority: Address, field: string): Check[] {
  if (authority !== SYSTEM_PROGRAM) return [];
  const reason = `${authority} is the System program: nobody can sign as it, and the SOL could never be taken out`;
  return [warn('Authority nobody has', reason, 'Choose a key that you or a partner holds', field)];
}

/**
 * Whether the account that gets SOL may hold it.
 *
 * @param lamports - it gets
 */
export function destinationChecks(
  { other, floorLamports }: NonceFacts,
  { to, nonceAccount, lamports }: { to: Address; nonceAccount: Address; lamports: bigint },
): Check[] {
  if (to === nonceAccount) {
    return [warn('Destination', 'The SOL stays in the nonce account itself', 'Choose a wallet of yours', 'to')];
  }
  const after = (other?.lamports ?? 0n) + lamports;
  if ((other?.space ?? 0) > 0 || after >= floorLamports) return [pass('Destination', to)];
  return [
    fail(
      'Destination',
      `${to} would hold ${after} lamports; an account needs ${floorLamports} to exist (InsufficientFundsForRent)`,
      'Send more, or choose a wallet that has SOL already',
      'to',
    ),
  ];
}

/** What it means that a nonce account is gone. */
export function closingConsequences(isClosing: boolean, nonce: NonceReading): Consequence[] {
  if (!isClosing || nonce.kind !== 'initialised') return [];
  return [
    {
      about: 'final',
      text: `The nonce account is gone. Whatever was signed with its value ${nonce.nonce} can never land any more`,
    },
  ];
}
