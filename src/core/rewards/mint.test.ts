import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '#core/ports.ts';
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { mintAccount, tokenAccount } from '#test/practice/rewards-desk.ts';
import { testAddress } from '#test/practice/stage.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { lookAtMint } from './mint.ts';
import { readTokenAccount } from './token-account.ts';

const at = testAddress(70);
const readAs = (account: Omit<Account, 'address' | 'space'>): Account => ({
  ...account,
  address: at,
  space: account.data.length,
});

test('reads decimals, supply and authorities of a mint from its bytes', () => {
  const look = lookAtMint(at, readAs(mintAccount({ decimals: 9, supply: 5n, freezeAuthority: testAddress(72) })));
  expect(look).toMatchObject({
    kind: 'mint',
    decimals: 9,
    supply: 5n,
    mintAuthority: testAddress(71),
    freezeAuthority: testAddress(72),
  });
  expect(look.kind === 'mint' ? look.warnings : []).toHaveLength(2);
});

test('says that a token nobody has made yet may be the wrong one', () => {
  const look = lookAtMint(at, readAs(mintAccount({ supply: 0n })));
  expect(look.kind === 'mint' ? look.warnings.at(-1)?.reason : '').toContain('No unit');
});

test.each([
  ['nothing', undefined, 'Nothing exists'],
  ['SOL only', { ...mintAccount(), owner: SYSTEM_PROGRAM, data: new Uint8Array() }, 'not to the SPL Token program'],
  ['Token-2022', { ...mintAccount(), owner: TOKEN_2022_PROGRAM }, 'Token-2022'],
  ['a token account', tokenAccount(testAddress(1), 1n), 'is not a mint'],
  ['an empty mint', { ...mintAccount(), data: new Uint8Array(82) }, 'never initialised'],
] as const)('refuses %s in words', (_name, account, words) => {
  const look = lookAtMint(at, account && readAs(account));
  expect(look).toMatchObject({ kind: 'refused', reason: expect.stringContaining(words) });
});

test('reads any bytes of the token program without an exception', () => {
  const sizes = fc.constantFrom(0, 81, 82, 83, 164, 165, 166);
  fc.assert(
    fc.property(
      sizes.chain((size) => fc.uint8Array({ minLength: size, maxLength: size })),
      (data) => {
        const account = readAs({ lamports: 1n, owner: TOKEN_PROGRAM, executable: false, data });
        expect(['mint', 'refused']).toContain(lookAtMint(at, account).kind);
        const tokens = readTokenAccount(account);
        if (tokens) expect(data).toHaveLength(165);
      },
    ),
    { numRuns: propertyRuns() },
  );
});
