import { sign } from 'node:crypto';
import type { Address } from '#core/solana/address.ts';
import { encodeMessage } from '#core/solana/message.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import type { NetworkKey } from './derive-key.ts';

/** `SystemInstruction::Transfer`, u32 little-endian. */
const TRANSFER = 2;

/** A signed transfer out of the faucet, as wire bytes. */
export function faucetTransfer(faucet: NetworkKey, to: Address, lamports: bigint, blockhash: string): Uint8Array {
  const data = new Uint8Array(12);
  const view = new DataView(data.buffer);
  view.setUint32(0, TRANSFER, true);
  view.setBigUint64(4, lamports, true);
  // A message names each key once: the faucet or the program itself may be asked for, and the runtime answers that.
  const staticKeys = [...new Set([faucet.address, to, SYSTEM_PROGRAM])];
  const message = encodeMessage({
    version: 'legacy',
    header: { requiredSignatures: 1, readonlySigned: 0, readonlyUnsigned: 1 },
    staticKeys,
    recentBlockhash: blockhash,
    instructions: [
      { programIndex: staticKeys.length - 1, accountIndexes: [0, staticKeys.indexOf(to)], data, dataOffset: 0 },
    ],
    lookups: [],
  });
  return encodeTransaction([new Uint8Array(sign(null, message, faucet.privateKey))], message);
}
