import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { nonceAfter } from '#core/nonces/nonce-account.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { findNonceUse } from '#practice/chain/durable-nonce.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { nonceAccount } from '#test/practice/nonce-desk.ts';
import { countOf, reportCounts } from '#test/signing/report-counts.ts';
import { runsFor } from '#test/signing/share-of-work.ts';
import { addressToBytes, parseAddress, type Address } from './address.ts';
import { passCanonicalGate } from './canonical-gate.ts';
import { encodeMessage, type Message } from './message.ts';
import { readLifetime } from './nonce.ts';
import { MEMO_PROGRAM, RECENT_BLOCKHASHES_SYSVAR, SYSTEM_PROGRAM } from './program-ids.ts';

const counts = { cases: 0, nonces: 0, alive: 0, cancellable: 0 };
afterAll(() => {
  const { cases, nonces, alive, cancellable } = counts;
  reportCounts(
    'T8',
    `${countOf(cases)} first instructions: ${countOf(nonces)} are nonce advances (${countOf(cancellable)} name who can cancel), ` +
      `${countOf(alive)} keep a transaction alive on the practice network; 0 differences`,
  );
});

const [payer, held, other, authority, stranger] = [1, 2, 3, 4, 5].map(someAddress) as [
  Address,
  Address,
  Address,
  Address,
  Address,
];
const STATIC_KEYS = [
  payer,
  authority,
  stranger,
  held,
  other,
  SYSTEM_PROGRAM,
  MEMO_PROGRAM,
  RECENT_BLOCKHASHES_SYSVAR,
] as const;
/** Payer and authority sign and are writable, a stranger signs read-only, two accounts are writable, the rest is read. */
const HEADER = { requiredSignatures: 3, readonlySigned: 1, readonlyUnsigned: 3 };
const indexOf = (key: Address) => STATIC_KEYS.indexOf(key);
const NEWEST = someAddress(60);

type Case = {
  readonly message: Message;
  readonly account: StoredAccount | undefined;
};

const mostly = <T>(most: T, ...rest: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(most) }, { weight: 1, arbitrary: fc.constantFrom(...rest) });
const tag = mostly([4, 0, 0, 0], [5, 0, 0, 0], [4, 1, 0, 0], [4, 0, 0, 1], [0, 0, 0, 4], [4, 0, 0], []);
const tail = mostly<number[]>([], [0], [1, 2, 3], [4, 0, 0, 0]);
/** The nonce account is at home, read-only, a signer, the payer, from a table (writable, read-only), or not there. */
const nonceIndex = mostly<number | undefined>(
  indexOf(held),
  indexOf(other),
  0,
  indexOf(MEMO_PROGRAM),
  indexOf(RECENT_BLOCKHASHES_SYSVAR),
  8,
  9,
  undefined,
);
const program = mostly(indexOf(SYSTEM_PROGRAM), indexOf(MEMO_PROGRAM), indexOf(held));
const restIndexes = fc.oneof(
  { weight: 3, arbitrary: fc.constant([indexOf(RECENT_BLOCKHASHES_SYSVAR), indexOf(authority)]) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(0, 1, 2, 3, 4, 7, 8), { maxLength: 4 }) },
);
const nonceValue = someAddress(50);

const drawn: fc.Arbitrary<Case> = fc
  .record({
    version: fc.constantFrom<('legacy' | 0)[]>('legacy', 0),
    place: mostly(0, 1),
    program,
    tag,
    tail,
    nonceIndex,
    restIndexes,
    recent: mostly<Address>(nonceValue, someAddress(51)),
    stored: mostly<
      'held' | 'missing' | 'other owner' | 'other size' | 'old version' | 'empty' | 'of a stranger' | 'too new'
    >('held', 'missing', 'other owner', 'other size', 'old version', 'empty', 'of a stranger', 'too new'),
  })
  .map(
    ({
      version,
      place,
      program: programIndex,
      tag: tagged,
      tail: more,
      nonceIndex: first,
      restIndexes: rest,
      recent,
      stored,
    }) => {
      const isInTable = (index: number) => index >= STATIC_KEYS.length;
      const given = [...(first === undefined ? [] : [first]), ...rest].filter(
        (index) => version === 0 || !isInTable(index),
      );
      const advance = { programIndex, accountIndexes: given, data: Uint8Array.of(...tagged, ...more), dataOffset: 0 };
      const memo = { programIndex: indexOf(MEMO_PROGRAM), accountIndexes: [], data: Uint8Array.of(104), dataOffset: 0 };
      const message: Message = {
        version,
        header: HEADER,
        staticKeys: STATIC_KEYS,
        recentBlockhash: stored === 'too new' ? nonceAfter(NEWEST) : recent,
        instructions: place === 0 ? [advance, memo] : [memo, advance],
        lookups: version === 0 ? [{ table: someAddress(40), writableIndexes: [3], readonlyIndexes: [4] }] : [],
      };
      return { message, account: accountOf(stored) };
    },
  );

describe('what counts as a durable nonce', () => {
  test('is what the runtime counts as one, whatever stands around it', () => {
    fc.assert(
      fc.property(drawn, ({ message: built, account }) => {
        const message = passCanonicalGate(encodeMessage(built));
        const lifetime = readLifetime(message);
        const due = runtimeNonce(message);
        counts.cases += 1;
        counts.nonces += due === undefined ? 0 : 1;
        expect(lifetime.kind === 'nonce' ? lifetime.nonceAccount : undefined).toBe(due);
        expect(lifetime.kind === 'nonce' ? lifetime.nonce : lifetime.blockhash).toBe(message.recentBlockhash);
        const named = lifetime.kind === 'nonce' ? lifetime.nonceAuthority : undefined;
        expect(named).toBe(due === undefined ? undefined : onlySignerOf(message));
        counts.cancellable += named === undefined ? 0 : 1;

        const isAlive =
          findNonceUse(message, (address) => (address === due ? account : undefined), NEWEST) !== undefined;
        expect(isAlive).toBe(due !== undefined && keepsAlive(message, account));
        counts.alive += isAlive ? 1 : 0;

        const review = summarize(encodeMessage(built), { own: [payer] });
        expect(review.lifetime.kind).toBe(due === undefined ? 'blockhash' : 'nonce');
        const codes = review.flags.map(({ code }) => code);
        expect(codes.includes('lifetime/never-expires')).toBe(due !== undefined);
        expect(codes.includes('lifetime/foreign-nonce-authority')).toBe(due !== undefined && named !== payer);
      }),
      { numRuns: runsFor(5_000) },
    );
    expect(Math.min(counts.nonces, counts.cases - counts.nonces, counts.alive, counts.cancellable)).toBeGreaterThan(0);
  });
});

/**
 * The rule in the words of the runtime. Source: Agave, `SVMMessage::get_durable_nonce`, with `require_static_nonce_account`.
 */
function runtimeNonce({ instructions, staticKeys, header }: Message): Address | undefined {
  const marker = instructions[0];
  if (!marker || staticKeys[marker.programIndex] !== SYSTEM_PROGRAM) return undefined;
  const { data, accountIndexes } = marker;
  if (data.length < 4 || new DataView(data.slice().buffer).getUint32(0, true) !== 4) return undefined;
  const index = accountIndexes[0];
  if (index === undefined || index >= staticKeys.length) return undefined;
  const writableSigners = header.requiredSignatures - header.readonlySigned;
  const isWritable =
    index < header.requiredSignatures ? index < writableSigners : index < staticKeys.length - header.readonlyUnsigned;
  return isWritable ? staticKeys[index] : undefined;
}

/** Who signs the first instruction. Source: Agave, `get_ix_signers`. */
function signersOf({ instructions, staticKeys, header }: Message): Set<Address> {
  const signing = (instructions[0]?.accountIndexes ?? []).filter((index) => index < header.requiredSignatures);
  return new Set(signing.flatMap((index) => staticKeys[index] ?? []));
}

/** Bytes tell who can cancel only where one key alone signs the advance: the runtime takes the authority in any place. */
function onlySignerOf(message: Message): Address | undefined {
  const [first, ...others] = signersOf(message);
  return others.length === 0 ? first : undefined;
}

/** Source: Agave, `check_load_and_advance_message_nonce_account`. */
function keepsAlive(message: Message, account: StoredAccount | undefined): boolean {
  if (!account || account.owner !== SYSTEM_PROGRAM || account.data.length !== 80) return false;
  const { data } = account;
  if (data[0] !== 1 || data[4] !== 1) return false;
  if (Buffer.compare(data.subarray(40, 72), addressBytes(message.recentBlockhash)) !== 0) return false;
  if (message.recentBlockhash === nonceAfter(NEWEST)) return false;
  return [...signersOf(message)].some((signer) => Buffer.compare(addressBytes(signer), data.subarray(8, 40)) === 0);
}

function addressBytes(text: string): Uint8Array {
  return addressToBytes(parseAddress(text));
}

function accountOf(stored: string): StoredAccount | undefined {
  const initialised = nonceAccount({ authority, nonce: nonceValue });
  switch (stored) {
    case 'missing':
      return undefined;
    case 'other owner':
      return { ...initialised, owner: MEMO_PROGRAM };
    case 'other size':
      return { ...initialised, data: new Uint8Array(81) };
    case 'old version':
      return nonceAccount({ authority, nonce: nonceValue, version: 0 });
    case 'empty':
      return nonceAccount({ authority, state: 0 });
    case 'of a stranger':
      return nonceAccount({ authority: stranger, nonce: nonceValue });
    case 'too new':
      return nonceAccount({ authority, nonce: nonceAfter(NEWEST) });
    default:
      return initialised;
  }
}
