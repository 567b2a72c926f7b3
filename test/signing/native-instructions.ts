import type { TransactionInstruction } from '@solana/web3.js';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  LOADER_V4,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
  RECENT_BLOCKHASHES_SYSVAR,
  RENT_SYSVAR,
  STAKE_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
  UPGRADEABLE_LOADER,
  VOTE_PROGRAM,
} from '#core/solana/program-ids.ts';
import { type BuiltAccount, le, someAddress, someInstruction } from '#test/builders/message-builder.ts';
import { testAddress } from '#test/practice/stage.ts';

/** Pays for each of {@link nativeInstructions} and plays most parts in them. */
export const NATIVE_PAYER = testAddress(1_001);

const me = NATIVE_PAYER;
const [a, b, c, d] = [testAddress(1_002), testAddress(1_003), testAddress(1_004), testAddress(1_005)];
const payer: BuiltAccount = [me, 'sw'];
const signer: BuiltAccount = [me, 's'];
const seed = [...le(3, 8), ...utf8('sé')];

function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function bytesOf(address: Address): number[] {
  return [...addressToBytes(address)];
}

function system(tag: number, accounts: readonly BuiltAccount[], data: readonly number[] = []): TransactionInstruction {
  return someInstruction(SYSTEM_PROGRAM, accounts, [...le(tag, 4), ...data]);
}

function token(tag: number, accounts: readonly BuiltAccount[], data: readonly number[] = []): TransactionInstruction {
  return someInstruction(TOKEN_PROGRAM, accounts, [tag, ...data]);
}

/** Every instruction of the programs each cluster has, by what they have in common, harmless and red ones. */
export function nativeInstructions(): readonly {
  readonly name: string;
  readonly instructions: readonly TransactionInstruction[];
}[] {
  return [
    { name: 'transfers of SOL', instructions: transfers() },
    { name: 'new accounts', instructions: newAccounts() },
    { name: 'room and owners', instructions: roomAndOwners() },
    { name: 'life of a nonce account', instructions: nonceLife() },
    { name: 'end of a nonce account', instructions: nonceEnd() },
    { name: 'transfers of tokens', instructions: tokenTransfers() },
    { name: 'rights over tokens', instructions: tokenRights() },
    { name: 'making and burning tokens', instructions: tokenSupply() },
    { name: 'token accounts', instructions: tokenAccounts() },
    { name: 'mints', instructions: mints() },
    { name: 'associated token accounts', instructions: associated() },
    { name: 'memos and compute budget', instructions: memosAndBudget() },
    { name: 'loaders', instructions: loaders() },
    { name: 'stake and vote', instructions: stakeAndVote() },
    { name: 'unknown programs', instructions: unknownPrograms() },
    { name: 'bytes without a meaning', instructions: undecoded() },
    { name: 'no instruction', instructions: [] },
  ];
}

function transfers() {
  return [
    system(2, [payer, [a, 'w']], le(1_500_000_000, 8)),
    system(11, [[b, 'w'], signer, [c, 'w']], [...le(7, 8), ...seed, ...bytesOf(SYSTEM_PROGRAM)]),
  ];
}

function newAccounts() {
  const sized = [...le(890_880, 8), ...le(165, 8), ...bytesOf(TOKEN_PROGRAM)];
  return [
    system(0, [payer, [a, 'sw']], sized),
    system(3, [payer, [b, 'w'], signer], [...bytesOf(me), ...seed, ...sized]),
  ];
}

function roomAndOwners() {
  return [
    system(1, [payer], bytesOf(d)),
    system(8, [[a, 'sw']], le(80, 8)),
    system(9, [[b, 'w'], signer], [...bytesOf(me), ...seed, ...le(80, 8), ...bytesOf(d)]),
    system(10, [[c, 'w'], signer], [...bytesOf(me), ...seed, ...bytesOf(d)]),
  ];
}

function nonceLife() {
  return [
    system(4, [[a, 'w'], [RECENT_BLOCKHASHES_SYSVAR], signer]),
    system(6, [[b, 'w'], [RECENT_BLOCKHASHES_SYSVAR], [RENT_SYSVAR]], bytesOf(me)),
    system(12, [[c, 'w']]),
  ];
}

function nonceEnd() {
  return [
    system(7, [[a, 'w'], signer], bytesOf(d)),
    system(5, [[a, 'w'], [b, 'w'], [RECENT_BLOCKHASHES_SYSVAR], [RENT_SYSVAR], signer], le(1_447_680, 8)),
  ];
}

function tokenTransfers() {
  return [
    token(3, [[a, 'w'], [b, 'w'], signer], le(5, 8)),
    token(12, [[a, 'w'], [c], [b, 'w'], signer], [...le(2n ** 64n - 1n, 8), 6]),
    token(12, [[a, 'w'], [c], [b, 'w'], [d], signer], [...le(3, 8), 0]),
    token(17, [[a, 'w']]),
  ];
}

function tokenRights() {
  return [
    token(4, [[a, 'w'], [b], signer], le(5, 8)),
    token(13, [[a, 'w'], [c], [b], signer], [...le(5, 8), 6]),
    token(5, [[a, 'w'], signer]),
    token(6, [[a, 'w'], signer], [2, 1, ...bytesOf(d)]),
    token(6, [[a, 'w'], signer], [3, 0]),
  ];
}

function tokenSupply() {
  return [
    token(7, [[c, 'w'], [a, 'w'], signer], le(5, 8)),
    token(14, [[c, 'w'], [a, 'w'], signer], [...le(5, 8), 6]),
    token(8, [[a, 'w'], [c, 'w'], signer], le(5, 8)),
    token(15, [[a, 'w'], [c, 'w'], signer], [...le(5, 8), 6]),
  ];
}

function tokenAccounts() {
  return [
    token(1, [[a, 'w'], [c], [me], [RENT_SYSVAR]]),
    token(16, [[a, 'w'], [c], [RENT_SYSVAR]], bytesOf(me)),
    token(18, [[a, 'w'], [c]], bytesOf(me)),
    token(22, [[a, 'w']]),
    token(9, [[a, 'w'], [b, 'w'], signer]),
    token(10, [[a, 'w'], [c], signer]),
    token(11, [[a, 'w'], [c], signer]),
  ];
}

function mints() {
  return [
    token(0, [[c, 'w'], [RENT_SYSVAR]], [6, ...bytesOf(me), 1, ...bytesOf(d)]),
    token(20, [[c, 'w']], [9, ...bytesOf(me), 0]),
    token(2, [[a, 'w'], [RENT_SYSVAR], [b], [d]], [2]),
    token(19, [[a, 'w'], [b]], [1]),
    token(21, [[c]]),
    token(23, [[c]], le(5, 8)),
    token(24, [[c]], utf8('1.5')),
  ];
}

function associated() {
  const own = associatedTokenAddress(me, c).address;
  const account: BuiltAccount = [own, 'w'];
  const create: BuiltAccount[] = [payer, account, [me], [c], [SYSTEM_PROGRAM], [TOKEN_PROGRAM]];
  const nested: BuiltAccount[] = [[a, 'w'], [b], account, [d], [c], payer, [TOKEN_PROGRAM]];
  return [
    someInstruction(ASSOCIATED_TOKEN_PROGRAM, create, []),
    someInstruction(ASSOCIATED_TOKEN_PROGRAM, [...create, [RENT_SYSVAR]], [0]),
    someInstruction(ASSOCIATED_TOKEN_PROGRAM, create, [1]),
    someInstruction(ASSOCIATED_TOKEN_PROGRAM, nested, [2]),
  ];
}

function memosAndBudget() {
  return [
    someInstruction(MEMO_PROGRAM, [signer], utf8('Pay for July, höchstens 3 €')),
    someInstruction(MEMO_V1_PROGRAM, [], [...utf8('hidden\u200B'), 0xff, 0xfe]),
    someInstruction(COMPUTE_BUDGET_PROGRAM, [], [1, ...le(65_536, 4)]),
    someInstruction(COMPUTE_BUDGET_PROGRAM, [], [2, ...le(1_400_000, 4)]),
    someInstruction(COMPUTE_BUDGET_PROGRAM, [], [3, ...le(2n ** 53n + 1n, 8)]),
    someInstruction(COMPUTE_BUDGET_PROGRAM, [], [4, ...le(1_000_000, 4)]),
  ];
}

function loaders() {
  const accounts: readonly BuiltAccount[] = [[a, 'w'], [b, 'w'], signer];
  return [
    ...[3, 4, 5, 7].map((tag) => someInstruction(UPGRADEABLE_LOADER, accounts, le(tag, 4))),
    ...[3, 5].map((tag) => someInstruction(LOADER_V4, accounts, le(tag, 4))),
  ];
}

function stakeAndVote() {
  const accounts: readonly BuiltAccount[] = [[a, 'w'], signer];
  const data = (tag: number) => [...le(tag, 4), ...bytesOf(d), 0, 0, 0, 0];
  return [
    someInstruction(STAKE_PROGRAM, accounts, data(1)),
    someInstruction(STAKE_PROGRAM, accounts, data(10)),
    someInstruction(VOTE_PROGRAM, accounts, data(1)),
    someInstruction(VOTE_PROGRAM, accounts, data(7)),
  ];
}

function unknownPrograms() {
  return [
    someInstruction(someAddress(77), [payer, [a, 'w']], [1, 2, 3]),
    someInstruction(someAddress(78), [signer], []),
    someInstruction(TOKEN_2022_PROGRAM, [[a, 'w'], [c], [b, 'w'], signer], [12, ...le(5, 8), 6]),
  ];
}

function undecoded() {
  return [
    system(2, [payer, [a, 'w']], [...le(1, 8), 0]),
    system(99, [payer]),
    token(255, [[a, 'w']]),
    someInstruction(COMPUTE_BUDGET_PROGRAM, [], [3, ...le(1, 8), 7]),
  ];
}
