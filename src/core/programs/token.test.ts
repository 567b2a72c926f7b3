import { createAssociatedTokenAccountIdempotentInstruction, createTransferCheckedInstruction } from '@solana/spl-token';
import { PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import { U64_MAX } from '#core/units/decimal.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { createTokenAccount, transferChecked } from './token.ts';

const addresses = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(addressFromBytes);
const key = (address: string) => new PublicKey(address);

test('writes TransferChecked as spl-token does, for any amount and decimals', () => {
  fc.assert(
    fc.property(
      fc.tuple(addresses, addresses, addresses, addresses),
      fc.bigInt({ min: 0n, max: U64_MAX }),
      fc.integer({ min: 0, max: 255 }),
      ([source, mint, destination, owner], amount, decimals) => {
        expect(transferChecked({ source, mint, destination, owner, amount, decimals })).toEqual(
          createTransferCheckedInstruction(key(source), key(mint), key(destination), key(owner), amount, decimals),
        );
      },
    ),
    { numRuns: propertyRuns() },
  );
});

test('writes the creation of a token account as spl-token does', () => {
  fc.assert(
    fc.property(addresses, addresses, addresses, addresses, (payer, account, owner, mint) => {
      expect(createTokenAccount({ payer, account, owner, mint })).toEqual(
        createAssociatedTokenAccountIdempotentInstruction(key(payer), key(account), key(owner), key(mint)),
      );
    }),
    { numRuns: propertyRuns() },
  );
});
