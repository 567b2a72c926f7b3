import {
  createAssociatedTokenAccountIdempotentInstruction,
  createTransferInstruction,
  decodeTransferInstruction,
} from '@solana/spl-token';
import { PublicKey, SystemInstruction, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { z } from 'zod';
import { AppError } from '#core/errors/app-error.ts';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import type { Address } from '#core/solana/address.ts';
import { ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { AddressText, U64 } from '#core/units/wire.ts';

/** The instructions of other programs that run operations send. Source: PROTOCOL.md §4.4. */
export const ForeignCall = z.discriminatedUnion('program', [
  z.looseObject({
    name: z.string(),
    program: z.literal('system'),
    instruction: z.literal('create_account'),
    inputs: z.strictObject({
      payer: AddressText,
      new_account: AddressText,
      lamports: U64,
      space: U64,
      owner: AddressText,
    }),
  }),
  z.looseObject({
    name: z.string(),
    program: z.literal('associated_token'),
    instruction: z.literal('create_idempotent'),
    inputs: z.strictObject({ payer: AddressText, owner: AddressText, mint: AddressText }),
  }),
  z.looseObject({
    name: z.string(),
    program: z.literal('token'),
    instruction: z.literal('transfer'),
    inputs: z.strictObject({ authority: AddressText, source: AddressText, destination: AddressText, amount: U64 }),
  }),
]);

export type ForeignCall = z.output<typeof ForeignCall>;

export const ForeignProgram = z.enum(['system', 'associated_token', 'token']);

type ForeignProgram = z.output<typeof ForeignProgram>;

/** Account names in the order of each program's list. Source: `vectors/instructions.json`. */
export const FOREIGN_ACCOUNT_NAMES: Readonly<Record<ForeignProgram, readonly string[]>> = {
  system: ['from', 'to'],
  associated_token: ['payer', 'associated_token', 'owner', 'mint', 'system_program', 'token_program'],
  token: ['source', 'destination', 'authority'],
};

/** Bytes and accounts; the associated token address is derived. */
export function encodeForeign({ program, inputs }: ForeignCall): TransactionInstruction {
  switch (program) {
    case 'system':
      return SystemProgram.createAccount({
        fromPubkey: new PublicKey(inputs.payer),
        newAccountPubkey: new PublicKey(inputs.new_account),
        lamports: Number(inputs.lamports),
        space: Number(inputs.space),
        programId: new PublicKey(inputs.owner),
      });
    case 'associated_token':
      return createAssociatedTokenAccountIdempotentInstruction(
        new PublicKey(inputs.payer),
        new PublicKey(associatedTokenAddress(inputs.owner, inputs.mint).address),
        new PublicKey(inputs.owner),
        new PublicKey(inputs.mint),
      );
    case 'token':
      return createTransferInstruction(
        new PublicKey(inputs.source),
        new PublicKey(inputs.destination),
        new PublicKey(inputs.authority),
        inputs.amount,
      );
  }
}

/**
 * The reverse of {@link encodeForeign}.
 *
 * @throws AppError `protocol/malformed` for anything but the three instructions
 */
export function decodeForeign(program: ForeignProgram, data: Uint8Array, addresses: readonly Address[]): object {
  try {
    return decodeKnown(program, data, addresses);
  } catch (cause) {
    throw new AppError(
      'protocol/malformed',
      { path: program, expected: 'an instruction that encode makes' },
      { cause },
    );
  }
}

function decodeKnown(program: ForeignProgram, data: Uint8Array, addresses: readonly Address[]): object {
  const names = FOREIGN_ACCOUNT_NAMES[program];
  if (names.length !== addresses.length) throw new RangeError(`${names.length} accounts expected`);
  const instruction = new TransactionInstruction({
    programId: new PublicKey(
      { system: SYSTEM_PROGRAM, token: TOKEN_PROGRAM, associated_token: ASSOCIATED_TOKEN_PROGRAM }[program],
    ),
    keys: addresses.map((address) => ({ pubkey: new PublicKey(address), isSigner: true, isWritable: true })),
    data: Buffer.from(data),
  });
  switch (program) {
    case 'system': {
      const { fromPubkey, newAccountPubkey, lamports, space, programId } =
        SystemInstruction.decodeCreateAccount(instruction);
      const inputs = {
        payer: fromPubkey.toBase58(),
        new_account: newAccountPubkey.toBase58(),
        owner: programId.toBase58(),
      };
      return { instruction: 'create_account', inputs: { ...inputs, lamports: String(lamports), space: String(space) } };
    }
    case 'associated_token': {
      if (data.length !== 1 || data[0] !== 1) throw new RangeError('create_idempotent expected');
      const [payer, , owner, mint] = addresses;
      return { instruction: 'create_idempotent', inputs: { payer, owner, mint } };
    }
    case 'token': {
      const { keys, data: transfer } = decodeTransferInstruction(instruction);
      const inputs = { authority: keys.owner.pubkey.toBase58(), source: keys.source.pubkey.toBase58() };
      return {
        instruction: 'transfer',
        inputs: { ...inputs, destination: keys.destination.pubkey.toBase58(), amount: transfer.amount.toString() },
      };
    }
  }
}
