import { expect, test } from 'vitest';
import fc from 'fast-check';
import { PublicKey, SystemProgram } from '@solana/web3.js';
import { addressFromBytes } from '#core/solana/address.ts';
import { MEMO_PROGRAM } from '#core/solana/program-ids.ts';
import { someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { buildMessage } from './build.ts';
import { isSameButBlockhash } from './same-but-blockhash.ts';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const payer = addressFromBytes(new Uint8Array(32).fill(9));

function message(blockhash: Uint8Array, lamports: number): Uint8Array {
  const transfer = { fromPubkey: new PublicKey(payer), toPubkey: new PublicKey(new Uint8Array(32).fill(5)), lamports };
  return buildMessage([SystemProgram.transfer(transfer)], { payer, blockhash: addressFromBytes(blockhash) });
}

test('messages that differ only in their blockhash are the same', () => {
  fc.assert(
    fc.property(bytes32, bytes32, (one, other) => isSameButBlockhash(message(one, 5), message(other, 5))),
    { numRuns: propertyRuns() },
  );
});

test('one changed byte anywhere else makes them different', () => {
  const approved = message(new Uint8Array(32).fill(1), 5);
  // Three of the header, one count, three keys; then 32 of the blockhash.
  const start = 4 + 3 * 32;
  fc.assert(
    fc.property(fc.nat(approved.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const other = Uint8Array.from(approved);
      other[at] = (other[at] ?? 0) ^ change;
      const isBlockhash = at >= start && at < start + 32;
      try {
        return isSameButBlockhash(approved, other) === isBlockhash;
      } catch {
        return !isBlockhash;
      }
    }),
    { numRuns: propertyRuns() },
  );
});

test('a message with another amount or with more in it is another one', () => {
  const approved = message(new Uint8Array(32), 5);
  expect(isSameButBlockhash(approved, message(new Uint8Array(32), 6))).toBe(false);
  const memo = someInstruction(MEMO_PROGRAM, [], [65]);
  const one = someMessage({ instructions: [memo] });
  expect(isSameButBlockhash(one, someMessage({ instructions: [memo, memo] }))).toBe(false);
  expect(isSameButBlockhash(one, approved)).toBe(false);
});

test('a message of version 0 is compared at its own places', () => {
  const memo = someInstruction(MEMO_PROGRAM, [], [65]);
  const at = (fill: number) => someMessage({ instructions: [memo], version: 0, blockhash: someAddress(fill) });
  expect(isSameButBlockhash(at(9), at(8))).toBe(true);
  // The last byte of the last key, right before the blockhash.
  const other = at(8);
  const end = 1 + 3 + 1 + 2 * 32;
  other[end - 1] = (other[end - 1] ?? 0) ^ 1;
  expect(isSameButBlockhash(at(9), other)).toBe(false);
});
