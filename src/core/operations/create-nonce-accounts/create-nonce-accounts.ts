import type { TransactionInstruction } from '@solana/web3.js';
import {
  NONCE_ACCOUNT_BYTES,
  nonceAddress,
  type NonceReading,
  nonceSeed,
  readNonce,
} from '#core/nonces/nonce-account.ts';
import {
  allocateNonce,
  createNonceAccount,
  initializeNonce,
  type NumberedNonce,
  sendLamports,
} from '#core/programs/nonce.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { formatSol } from '#core/units/lamports.ts';
import { fail, pass, warn, withAction } from '../checks.ts';
import { defineOperation, type Facts, type OperationContext, type Step } from '../define-operation.ts';
import { lostCheck } from '../nonce-facts.ts';
import { fitsOne, packSteps } from '../pack-steps.ts';
import type { Check } from '../prepared.ts';
import { solanaLine } from '../solana-line.ts';
import { missingLamports } from '../step-costs.ts';
import { countText } from '../time-text.ts';
import type { CreateNonceAccountsInput } from './input.ts';

type Place = NumberedNonce & { readonly address: Address; readonly found: NonceReading };

type CreateFacts = Facts & { readonly places: readonly Place[]; readonly rentLamports: bigint };

/** Makes nonce accounts, as many per transaction as fit. Those that exist are left out. Source: Agave, `system_instruction.rs`. */
export const createNonceAccounts = defineOperation<CreateNonceAccountsInput, CreateFacts>({
  async gather({ base, first, count }, { chain, signers }) {
    const numbers = Array.from({ length: count }, (_, index) => first + index);
    const addresses = numbers.map((number) => nonceAddress(base, number));
    const [{ slot, accounts }, rentLamports, floorLamports] = await Promise.all([
      chain.readAccounts([signers.payer, ...addresses]),
      chain.readRentFloor(NONCE_ACCOUNT_BYTES),
      chain.readRentFloor(0),
    ]);
    return {
      slot,
      payerLamports: accounts[0]?.lamports ?? 0n,
      floorLamports,
      rentLamports,
      places: numbers.map((number, index) => ({
        base,
        number,
        address: nonceAddress(base, number),
        found: readNonce(accounts[index + 1]),
      })),
    };
  },

  check({ authority }, { places, rentLamports }) {
    const waiting = places.filter(isWaiting);
    const others = places.filter(({ found }) => found.kind === 'initialised' && found.authority !== authority);
    return [
      ...(waiting.length === 0
        ? [nothingToDo(places)]
        : [pass('Nonce accounts', `${waiting.length} to make, each with ${formatSol(rentLamports)} SOL of rent`)]),
      ...waiting.filter(({ found }) => isTaken(found)).map(takenCheck),
      ...(others.length === 0
        ? []
        : [
            warn(
              'Held by another key',
              `${others.map(({ address }) => address).join(', ')} exist and are left out: another key than ${authority} holds them`,
              'Hand them over, or begin at a higher number',
              'first',
            ),
          ]),
      ...lostCheck(authority, 'authority'),
    ];
  },

  plan: ({ authority, base }, { places, rentLamports }, { signers }) =>
    groupsOf(places.filter(isWaiting), authority, rentLamports, signers).flatMap((group): Step[] =>
      packSteps(
        [
          {
            title: titleOf(group),
            instructions: group.flatMap((place) => instructionsFor(place, authority, rentLamports, signers)),
            costLamports: group.reduce((sum, { found }) => sum + missingLamports(rentLamports, found), 0n),
          },
        ],
        {
          signers,
          roles: { [base]: 'Base of the addresses' },
          watch: [signers.payer, ...group.map(({ address }) => address)],
        },
      ),
    ),

  changes: (_input, { places }) =>
    places.filter(isWaiting).map(({ address, number, found }) => ({
      label: nonceSeed(number),
      before: found.kind === 'missing' ? 'Nothing' : 'Not a nonce account yet',
      after: `Nonce account ${address}`,
    })),

  consequences({ authority }, { places }) {
    if (!places.some(isWaiting)) return [];
    return [
      { about: 'people', text: `Only ${authority} can use, cancel, hand over and empty them` },
      {
        about: 'time',
        text: 'A transaction built on one has no end of life: it can land until its value is used or cancelled. Solana plans to remove durable nonces; the SOL can be taken out then too',
      },
    ];
  },

  rent: (_input, { places, rentLamports }) => {
    const lamports = places
      .filter(isWaiting)
      .reduce((sum, { found }) => sum + missingLamports(rentLamports, found), 0n);
    return { lamports, note: lamports === 0n ? '' : 'Comes back when the nonce accounts are closed' };
  },

  command: ({ authority }, { places, rentLamports }) =>
    places
      .filter(isWaiting)
      .map(({ number }) =>
        solanaLine('create-nonce-account', ['base.json', formatSol(rentLamports)], {
          seed: nonceSeed(number),
          'nonce-authority': authority,
        }),
      )
      .join('\n'),
});

function isWaiting({ found }: Place): boolean {
  return found.kind !== 'initialised';
}

/** What no instruction of ours can turn into a nonce account: it has data, or another owner. */
function isTaken(found: NonceReading): boolean {
  return found.kind === 'other' && (found.owner !== SYSTEM_PROGRAM || found.space > 0);
}

/** Anybody can send SOL to an address before there is anything, where a plain creation would be refused. */
function instructionsFor(
  place: Place,
  authority: Address,
  rentLamports: bigint,
  { payer }: OperationContext['signers'],
): TransactionInstruction[] {
  const { address, found } = place;
  if (found.kind === 'missing' || isTaken(found)) {
    return createNonceAccount(place, { payer, authority, rentLamports });
  }
  const missing = missingLamports(rentLamports, found);
  return [
    ...(missing > 0n ? [sendLamports(payer, address, missing)] : []),
    ...(found.kind === 'other' ? [allocateNonce(place)] : []),
    initializeNonce(address, authority),
  ];
}

function groupsOf(
  places: readonly Place[],
  authority: Address,
  rentLamports: bigint,
  signers: OperationContext['signers'],
): Place[][] {
  const groups: Place[][] = [];
  for (const place of places) {
    const last = groups.at(-1);
    const joined = [...(last ?? []), place];
    const instructions = joined.flatMap((each) => instructionsFor(each, authority, rentLamports, signers));
    if (last && fitsOne(instructions, signers)) last.push(place);
    else groups.push([place]);
  }
  return groups;
}

function titleOf(group: readonly Place[]): string {
  const [first] = group;
  return group.length === 1 && first
    ? `Create the nonce account ${nonceSeed(first.number)}`
    : `Create ${group.map(({ number }) => nonceSeed(number)).join(', ')}`;
}

function nothingToDo(places: readonly Place[]): Check {
  const reason = `${countText(places.length, 'account')} of these numbers: all exist already`;
  return withAction(fail('Nothing to do', reason, 'Begin at a higher number', 'first'), 'Change the number', {
    kind: 'field',
    field: 'first',
  });
}

function takenCheck({ address, number }: Place): Check {
  const reason = `${nonceSeed(number)} would be at ${address}, where something else is (AccountAlreadyInUse 0)`;
  return withAction(fail('Address is taken', reason, 'Leave this number out', 'first'), 'Change the number', {
    kind: 'field',
    field: 'first',
  });
}
