import { sign } from 'node:crypto';
import type { Address } from '#core/solana/address.ts';
import { encodeMessage } from '#core/solana/message.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import type { Instruction } from '../runtime/native/native-executor.ts';
import type { NetworkKey } from './derive-key.ts';

/**
 * A legacy transaction signed with the network's own keys, as wire bytes. The first key pays.
 *
 * @throws AppError `message/…` when it does not fit a transaction
 */
export function signTransaction(
  instructions: readonly Instruction[],
  keys: readonly [NetworkKey, ...NetworkKey[]],
  blockhash: string,
): Uint8Array {
  const flags = new Map<Address, Flags>([[keys[0].address, { isSigner: true, isWritable: true }]]);
  for (const { programId, accounts } of instructions) {
    for (const { address, isSigner, isWritable } of accounts) {
      const known = flags.get(address);
      flags.set(address, {
        isSigner: isSigner || known?.isSigner === true,
        isWritable: isWritable || known?.isWritable === true,
      });
    }
    if (!flags.has(programId)) flags.set(programId, { isSigner: false, isWritable: false });
  }
  const staticKeys = [...flags.keys()].toSorted((a, b) => rankOf(flags.get(a)) - rankOf(flags.get(b)));
  const count = (isSigner: boolean, isWritable: boolean) =>
    [...flags.values()].filter((each) => each.isSigner === isSigner && each.isWritable === isWritable).length;
  const readonlySigned = count(true, false);
  const message = encodeMessage({
    version: 'legacy',
    header: {
      requiredSignatures: count(true, true) + readonlySigned,
      readonlySigned,
      readonlyUnsigned: count(false, false),
    },
    staticKeys,
    recentBlockhash: blockhash,
    instructions: instructions.map(({ programId, accounts, data }) => ({
      programIndex: staticKeys.indexOf(programId),
      accountIndexes: accounts.map(({ address }) => staticKeys.indexOf(address)),
      data,
      dataOffset: 0,
    })),
    lookups: [],
  });
  const signatures = staticKeys.flatMap((address) => {
    const key = keys.find((each) => each.address === address);
    return key === undefined ? [] : [new Uint8Array(sign(null, message, key.privateKey))];
  });
  return encodeTransaction(signatures, message);
}

type Flags = { readonly isSigner: boolean; readonly isWritable: boolean };

/** Signers before others, writable before read-only; sorting keeps the payer first. */
function rankOf(flags: Flags | undefined): number {
  return (flags?.isSigner === true ? 0 : 2) + (flags?.isWritable === true ? 0 : 1);
}
