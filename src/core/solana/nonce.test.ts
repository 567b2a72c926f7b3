import { PublicKey, SystemProgram } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { type BuiltAccount, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { passCanonicalGate } from './canonical-gate.ts';
import { encodeMessage } from './message.ts';
import { readLifetime } from './nonce.ts';
import { MEMO_PROGRAM, RECENT_BLOCKHASHES_SYSVAR, SYSTEM_PROGRAM } from './program-ids.ts';

const [payer, nonceAccount, authority, nonce] = [someAddress(1), someAddress(2), someAddress(3), someAddress(9)];
const memo = someInstruction(MEMO_PROGRAM, [], [104, 105]);

function advance({
  data = [4, 0, 0, 0],
  account = [nonceAccount, 'w'] as BuiltAccount,
  signs = true,
  program = SYSTEM_PROGRAM as string,
} = {}) {
  return someInstruction(program, [account, [RECENT_BLOCKHASHES_SYSVAR], [authority, signs ? 's' : '']], data);
}

function lifetimeOf(...instructions: ReturnType<typeof advance>[]) {
  return readLifetime(passCanonicalGate(someMessage({ payer, blockhash: nonce, instructions })));
}

const durable = { kind: 'nonce', nonceAccount, nonceAuthority: authority, nonce };
const recent = { kind: 'blockhash', blockhash: nonce };

describe('a durable nonce', () => {
  test('is found where web3.js puts it', () => {
    const theirs = SystemProgram.nonceAdvance({
      noncePubkey: new PublicKey(nonceAccount),
      authorizedPubkey: new PublicKey(authority),
    });
    expect(lifetimeOf(theirs, memo)).toEqual(durable);
  });

  test('is found when bytes follow the four the runtime compares', () => {
    expect(lifetimeOf(advance({ data: [4, 0, 0, 0, 1, 2, 3] }))).toEqual(durable);
  });

  test('has no canceller when its third account does not sign', () => {
    expect(lifetimeOf(advance({ signs: false }))).toEqual({ kind: 'nonce', nonceAccount, nonce });
  });

  test('has its canceller wherever it signs the advance, and none when several keys sign it', () => {
    const signedBy = (...signers: BuiltAccount[]) =>
      lifetimeOf(
        someInstruction(SYSTEM_PROGRAM, [[nonceAccount, 'w'], [RECENT_BLOCKHASHES_SYSVAR], ...signers], [4, 0, 0, 0]),
      );
    const stranger: BuiltAccount = [someAddress(6), ''];
    expect(signedBy(stranger, [authority, 's'])).toEqual(durable);
    expect(signedBy([authority, 's'], [authority, 's'])).toEqual(durable);
    expect(signedBy([payer, 's'], [authority, 's'])).toEqual({ kind: 'nonce', nonceAccount, nonce });
  });

  test.each([
    ['the advance comes second', () => lifetimeOf(memo, advance())],
    ['the nonce account is read-only', () => lifetimeOf(advance({ account: [nonceAccount, ''] }))],
    ['the data is another instruction', () => lifetimeOf(advance({ data: [5, 0, 0, 0] }))],
    ['the data is shorter than four bytes', () => lifetimeOf(advance({ data: [4, 0, 0] }))],
    ['the program is another', () => lifetimeOf(advance({ program: MEMO_PROGRAM }))],
    ['there are no accounts', () => lifetimeOf(someInstruction(SYSTEM_PROGRAM, [], [4, 0, 0, 0]))],
    ['there are no instructions', () => lifetimeOf()],
  ])('is not seen when %s', (_name, read) => {
    expect(read()).toEqual(recent);
  });

  test('is not seen when its account comes from a lookup table', () => {
    const message = passCanonicalGate(someMessage({ payer, blockhash: nonce, instructions: [advance()], version: 0 }));
    const tableIndex = message.staticKeys.length;
    const fromTable = encodeMessage({
      ...message,
      instructions: message.instructions.map((each) => ({
        ...each,
        accountIndexes: [tableIndex, ...each.accountIndexes.slice(1)],
      })),
      lookups: [{ table: someAddress(40), writableIndexes: [0], readonlyIndexes: [] }],
    });
    expect(readLifetime(passCanonicalGate(fromTable))).toEqual(recent);
  });
});
