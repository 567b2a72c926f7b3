import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountMeta, Instruction } from '../runtime/native/native-executor.ts';
import { rentExemptMinimum } from '../runtime/rent.ts';

/** Bytes of a mint. Source: spl-token, `state.rs`. */
const MINT_BYTES = 82;

/** Instructions by their tags. Source: Solana SDK `system_instruction`; spl-token, `instruction.rs`; spl-associated-token-account. */
const CREATE_ACCOUNT = 0;
const INITIALIZE_MINT_2 = 20;
const MINT_TO_CHECKED = 14;
const CREATE_IDEMPOTENT = 1;

/** Creates a mint without freeze authority. */
export function createMintInstructions(
  payer: Address,
  mint: Address,
  { decimals, authority }: { decimals: number; authority: Address },
): Instruction[] {
  const create = new Uint8Array(52);
  const view = new DataView(create.buffer);
  view.setUint32(0, CREATE_ACCOUNT, true);
  view.setBigUint64(4, rentExemptMinimum(MINT_BYTES), true);
  view.setBigUint64(12, BigInt(MINT_BYTES), true);
  create.set(addressToBytes(TOKEN_PROGRAM), 20);
  return [
    { programId: SYSTEM_PROGRAM, accounts: [signer(payer), signer(mint)], data: create },
    {
      programId: TOKEN_PROGRAM,
      accounts: [writable(mint)],
      data: Uint8Array.of(INITIALIZE_MINT_2, decimals, ...addressToBytes(authority), 0),
    },
  ];
}

/** Mints native units into the wallet's associated token account, which is created when it is not there. */
export function mintTokensInstructions(
  authority: Address,
  mint: Address,
  { wallet, amount, decimals }: { wallet: Address; amount: bigint; decimals: number },
): Instruction[] {
  const account = associatedTokenAddress(wallet, mint).address;
  const data = new Uint8Array(10);
  data[0] = MINT_TO_CHECKED;
  new DataView(data.buffer).setBigUint64(1, amount, true);
  data[9] = decimals;
  return [
    {
      programId: ASSOCIATED_TOKEN_PROGRAM,
      accounts: [
        signer(authority),
        writable(account),
        readonly(wallet),
        readonly(mint),
        readonly(SYSTEM_PROGRAM),
        readonly(TOKEN_PROGRAM),
      ],
      data: Uint8Array.of(CREATE_IDEMPOTENT),
    },
    {
      programId: TOKEN_PROGRAM,
      accounts: [writable(mint), writable(account), { ...readonly(authority), isSigner: true }],
      data,
    },
  ];
}

function signer(address: Address): AccountMeta {
  return { address, isSigner: true, isWritable: true };
}

function writable(address: Address): AccountMeta {
  return { address, isSigner: false, isWritable: true };
}

function readonly(address: Address): AccountMeta {
  return { address, isSigner: false, isWritable: false };
}
