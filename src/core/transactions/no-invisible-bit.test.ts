import { afterAll, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { readFixtureTransactions } from '#test/signing/fixture-transactions.ts';
import { countOf, reportCounts } from '#test/signing/report-counts.ts';
import { everyNth } from '#test/signing/share-of-work.ts';
import type { Review } from './review.ts';
import { summarize } from './summarize.ts';

const transactions = readFixtureTransactions();
const step = everyNth();
const counts = { bits: 0, refused: 0, others: 0 };

afterAll(() => {
  const { bits, refused, others } = counts;
  const ends = `${countOf(refused)} refused, ${countOf(others)} other reviews, 0 invisible, 0 exceptions`;
  reportCounts('T1, T2', `${countOf(bits)} flipped bits of ${transactions.length} transactions: ${ends}`);
});

describe('a flipped bit is refused with a code or changes the review without its hash', () => {
  test.each(transactions)('$name', ({ message }) => {
    const [payer] = passCanonicalGate(message).staticKeys;
    const own = payer === undefined ? [] : [payer];
    const before = seen(summarize(message, { own }));
    const hashAt = blockhashOf(message);
    const flipped = message.slice();
    for (let bit = 0; bit < message.length * 8; bit += step) {
      const at = bit >> 3;
      flipped[at] = (message[at] ?? 0) ^ (1 << (bit & 7));
      const after = reviewOrCode(flipped, own);
      flipped[at] = message[at] ?? 0;
      counts.bits += 1;
      if (typeof after === 'string') {
        counts.refused += 1;
        if (!after.startsWith('message/')) throw new Error(`bit ${bit} is refused as ${after}`);
        if (isWithin(at, hashAt)) throw new Error(`bit ${bit} of the blockhash is refused as ${after}`);
        continue;
      }
      counts.others += 1;
      const shown = seen(after);
      if (shown.all === before.all) throw new Error(`bit ${bit} of byte ${at} is not shown`);
      if (isWithin(at, hashAt) !== (shown.lifetime !== before.lifetime && shown.rest === before.rest)) {
        throw new Error(`bit ${bit} of byte ${at} is shown in the wrong place`);
      }
    }
    expect(message.length).toBeGreaterThan(0);
  });
});

/** Anything but an AppError is a defect, and passed on. */
function reviewOrCode(message: Uint8Array, own: Parameters<typeof summarize>[1]['own']): Review | string {
  try {
    return summarize(message, { own });
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

/** What a person can read: everything but the hash, the raw message, and data that is shown as fields instead. */
function seen({ messageHash: _hash, messageBase64: _bytes, instructions, lifetime, ...others }: Review) {
  const told = instructions.map(({ dataHex, ...each }) => (each.isUnderstood ? each : { ...each, dataHex }));
  const rest = JSON.stringify([others, told]);
  const life = JSON.stringify(lifetime);
  return { lifetime: life, rest, all: life + rest };
}

type Range = { readonly start: number; readonly end: number };

/** Where the 32 bytes of the blockhash lie: behind version, header, number of keys and keys. Source: Solana SDK, `Message`. */
function blockhashOf(message: Uint8Array): Range {
  const { version, staticKeys } = passCanonicalGate(message);
  const start = (version === 0 ? 1 : 0) + 3 + 1 + 32 * staticKeys.length;
  return { start, end: start + 32 };
}

function isWithin(at: number, { start, end }: Range): boolean {
  return at >= start && at < end;
}
