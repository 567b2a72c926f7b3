import { mint as mintKind } from '#core/accounts/kinds/mint.ts';
import type { FieldNode } from '#core/codec/field-node.ts';
import { isAppError } from '#core/errors/app-error.ts';
import type { Account } from '#core/ports.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { MintLook } from './treasury-view.ts';

/** Bytes of a classic mint. Source: SPL Token, `Mint::LEN`. */
const MINT_BYTES = 82;

/**
 * What an address is as a mint for rewards. Everything is read from the account's own bytes: a node's word for decimals is
 * not asked.
 */
export function lookAtMint(address: Address, account: Account | undefined): MintLook {
  if (!account) return refused(address, 'Nothing exists at this address', 'Check the address and the network');
  if (account.owner === TOKEN_2022_PROGRAM) {
    return refused(
      address,
      'It belongs to Token-2022; the treasurer takes classic SPL tokens only (AccountOwnedByWrongProgram 3007)',
      'Choose the mint of a classic SPL token',
    );
  }
  if (account.owner !== TOKEN_PROGRAM || account.data.length !== MINT_BYTES) {
    return refused(
      address,
      account.owner === TOKEN_PROGRAM
        ? 'It belongs to the token program but is not a mint: perhaps a token account'
        : `It belongs to ${account.owner}, not to the SPL Token program (AccountOwnedByWrongProgram 3007)`,
      'Choose the address of the mint itself',
    );
  }
  return readMint(address, account.data);
}

function readMint(address: Address, data: Uint8Array): MintLook {
  const fields = decodeOrNone(data);
  if (!fields || valueOf(fields, 'is_initialized') !== true) {
    return refused(address, 'It has the size of a mint but was never initialised', 'Choose another mint');
  }
  const supply = BigInt(String(valueOf(fields, 'supply')));
  const mintAuthority = authorityOf(fields, 'mint_authority');
  const freezeAuthority = authorityOf(fields, 'freeze_authority');
  return {
    kind: 'mint',
    address,
    decimals: Number(valueOf(fields, 'decimals')),
    supply,
    ...(mintAuthority && { mintAuthority }),
    ...(freezeAuthority && { freezeAuthority }),
    warnings: [
      ...(mintAuthority
        ? [
            {
              reason: `${mintAuthority} can make more of this token at any time, which may take the value of what clients earn`,
              remedy: 'Go on if you trust that key',
            },
          ]
        : []),
      ...(freezeAuthority
        ? [
            {
              reason: `${freezeAuthority} can freeze the vault: nobody could claim then, and nothing in it comes back`,
              remedy: 'Go on if you trust that key',
            },
          ]
        : []),
      ...(supply === 0n
        ? [{ reason: 'No unit of this token exists yet', remedy: 'Check that it is the right mint' }]
        : []),
    ],
  };
}

/** A broken option tag or flag is no mint. */
function decodeOrNone(data: Uint8Array): readonly FieldNode[] | undefined {
  try {
    return mintKind.decode(data);
  } catch (cause) {
    if (isAppError(cause)) return undefined;
    throw cause;
  }
}

function valueOf(fields: readonly FieldNode[], name: string): unknown {
  return fields.find((field) => field.name === name)?.value;
}

function authorityOf(fields: readonly FieldNode[], name: string): Address | undefined {
  const value = valueOf(fields, name);
  return value instanceof Uint8Array ? addressFromBytes(value) : undefined;
}

function refused(address: Address, reason: string, remedy: string): MintLook {
  return { kind: 'refused', address, reason, remedy };
}
