import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { feeOf } from '#core/solana/compute-budget.ts';
import { isSignerIndex, isWritableIndex, type Message } from '#core/solana/message.ts';
import { ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import type { GivenAccount, InstructionReading } from '#core/transactions/instructions/instruction-reading.ts';
import { readInstruction } from '#core/transactions/instructions/read-instruction.ts';
import type { JournaledTransaction } from './entry.ts';

/** Money that one instruction moved, or the fee. Native units throughout. */
export type Movement = {
  readonly kind:
    | 'fee'
    | 'rent-locked'
    | 'sol-transfer'
    | 'nonce-withdrawal'
    | 'token-transfer'
    | 'token-burn'
    | 'claim';
  readonly asset: 'SOL' | 'token';
  readonly amount: bigint;
  /** The bytes name no amount, only what it can be at most: a program creates the account and asks its rent. */
  readonly isCeiling: boolean;
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  /** Of a token, when the instruction names them. */
  readonly mint?: Address;
  readonly decimals?: number;
  readonly what: string;
};

/** What a landed transaction proves about token accounts. */
export type TokenFact = {
  readonly account: Address;
  readonly mint?: Address;
  readonly isVault?: boolean;
};

/** Everything the books take from one transaction. */
export type Money = {
  readonly transaction: JournaledTransaction;
  readonly movements: readonly Movement[];
  readonly facts: readonly TokenFact[];
};

type Read = {
  readonly program: Address;
  readonly reading: InstructionReading;
  readonly at: (role: string) => Address | undefined;
};

/**
 * What a transaction moved, decoded from its wire bytes. Confirmed: everything. Failed: the fee, which is gone all the same. Not
 * landed, or not yet: nothing.
 */
export function readMoney(transaction: JournaledTransaction): Money {
  const { signed, end } = transaction;
  const landed = end?.outcome.kind;
  if (landed !== 'confirmed' && landed !== 'failed') return { transaction, movements: [], facts: [] };
  const { message } = decodeTransaction(signed.wire);
  const fee: Movement = {
    kind: 'fee',
    asset: 'SOL',
    amount: feeOf(message).totalLamports,
    isCeiling: false,
    from: message.staticKeys[0],
    to: undefined,
    what: 'network fee',
  };
  if (landed === 'failed') return { transaction, movements: [fee], facts: [] };
  const reads = readAll(message, signed.programs ?? DEFAULT_PROGRAM_IDS);
  return { transaction, movements: [fee, ...reads.flatMap(movementsOf)], facts: reads.flatMap(factsOf) };
}

function readAll(message: Message, programs: typeof DEFAULT_PROGRAM_IDS): Read[] {
  const context = { own: new Set<Address>(), programs, noteFor: () => undefined };
  return message.instructions.flatMap(({ programIndex, accountIndexes, data }): Read[] => {
    const program = message.staticKeys[programIndex];
    if (program === undefined) return [];
    const accounts = accountIndexes.map((index) => givenAccount(message, index));
    const reading = readInstruction(program, data, accounts, context);
    const at = (role: string) => accounts[reading.roles.findIndex(({ name }) => name === role)]?.address;
    return [{ program, reading, at }];
  });
}

/** Accounts from lookup tables stay unnamed: the bytes do not say which they are. */
function givenAccount(message: Message, index: number): GivenAccount {
  return {
    address: message.staticKeys[index],
    tableEntry: undefined,
    isSigner: isSignerIndex(message, index),
    isWritable: isWritableIndex(message, index),
  };
}

function movementsOf(read: Read): Movement[] {
  const { program, reading } = read;
  if (reading.name === 'participant_claim') return claimOf(read);
  const to = reading.destinations[0]?.address;
  const ofSystem = program === SYSTEM_PROGRAM;
  return [
    ...reading.debits.map(({ account, lamports, why }): Movement => ({
      kind: ofSystem ? (SYSTEM_KINDS[reading.name] ?? 'sol-transfer') : 'rent-locked',
      asset: 'SOL',
      amount: lamports,
      isCeiling: !ofSystem,
      from: account,
      to: ofSystem ? to : undefined,
      what: ofSystem ? reading.name : why,
    })),
    ...reading.tokenDebits.map(({ account, amount, decimals, mint }): Movement => ({
      kind: reading.name.startsWith('Burn') ? 'token-burn' : 'token-transfer',
      asset: 'token',
      amount,
      isCeiling: false,
      from: account,
      to,
      ...(decimals === undefined ? {} : { decimals }),
      ...(mint === undefined ? {} : { mint }),
      what: reading.name,
    })),
  ];
}

const SYSTEM_KINDS: Readonly<Record<string, Movement['kind']>> = {
  CreateAccount: 'rent-locked',
  CreateAccountWithSeed: 'rent-locked',
  WithdrawNonceAccount: 'nonce-withdrawal',
};

/** One point is one native unit of the reward token. Source: PROTOCOL §4.2, participant_claim. */
function claimOf({ reading, at }: Read): Movement[] {
  const points = reading.fields.find(({ path }) => path === 'params.claim_earned_points')?.value;
  if (points === undefined || !/^\d{1,20}$/.test(points)) return [];
  return [
    {
      kind: 'claim',
      asset: 'token',
      amount: BigInt(points),
      isCeiling: false,
      from: at('run_collateral'),
      to: at('user_collateral'),
      what: 'rewards claimed',
    },
  ];
}

function factsOf({ program, reading, at }: Read): TokenFact[] {
  const vault = at('run_collateral');
  switch (reading.name) {
    case 'participant_claim':
      return vault === undefined ? [] : [{ account: vault, isVault: true }];
    case 'run_create': {
      const mint = at('collateral_mint');
      return vault === undefined ? [] : [{ account: vault, isVault: true, ...(mint === undefined ? {} : { mint }) }];
    }
    case 'Create':
    case 'CreateIdempotent':
      return program === ASSOCIATED_TOKEN_PROGRAM ? mintFacts(at('mint'), at('associated_account')) : [];
    case 'TransferChecked':
      return program === TOKEN_PROGRAM ? mintFacts(at('mint'), at('source'), at('destination')) : [];
    default:
      return [];
  }
}

function mintFacts(mint: Address | undefined, ...accounts: (Address | undefined)[]): TokenFact[] {
  if (mint === undefined) return [];
  return accounts.flatMap((account) => (account === undefined ? [] : [{ account, mint }]));
}
