import type { Address } from '#core/solana/address.ts';
import type { AccountMeta, Instruction } from './native-executor.ts';

/** A legacy transaction for the engine: the sponsor pays, everyone else has the flags the caller granted. */
export type SubTransaction = {
  readonly bytes: Uint8Array;
  /** Keys in message order; the first is the sponsor. */
  readonly keys: readonly Address[];
  /** Keys the instructions may change, the sponsor left out. */
  readonly writable: readonly Address[];
};

type Flags = { isSigner: boolean; isWritable: boolean };

/**
 * Serialises instructions into one legacy transaction with zero signatures.
 *
 * @param mustStayReadonly - programs and sysvars, which no transaction may write to whatever it asks for
 * @param bytesOf - the 32 bytes of an address
 */
export function buildSubTransaction(
  instructions: readonly Instruction[],
  {
    sponsor,
    blockhash,
    mustStayReadonly,
    bytesOf,
  }: {
    sponsor: Address;
    blockhash: Uint8Array;
    mustStayReadonly: (address: Address) => boolean;
    bytesOf: (address: Address) => Uint8Array;
  },
): SubTransaction {
  const flags = collectFlags(instructions, sponsor, mustStayReadonly);
  const keysWith = (isSigner: boolean, isWritable: boolean) =>
    [...flags].filter(([, f]) => f.isSigner === isSigner && f.isWritable === isWritable).map(([address]) => address);
  const [writableSigners, readonlySigners] = [keysWith(true, true), keysWith(true, false)];
  const [writableOthers, readonlyOthers] = [keysWith(false, true), keysWith(false, false)];
  const keys = [...writableSigners, ...readonlySigners, ...writableOthers, ...readonlyOthers];
  const signatures = writableSigners.length + readonlySigners.length;
  const bytes: number[] = [];
  const indexOf = new Map(keys.map((address, index) => [address, index]));
  const at = (address: Address): number => indexOf.get(address) ?? 0;
  pushLength(bytes, signatures);
  for (let i = 0; i < signatures * SIGNATURE_BYTES; i += 1) bytes.push(0);
  bytes.push(signatures, readonlySigners.length, readonlyOthers.length);
  pushLength(bytes, keys.length);
  for (const address of keys) bytes.push(...bytesOf(address));
  bytes.push(...blockhash);
  pushLength(bytes, instructions.length);
  for (const instruction of instructions) {
    bytes.push(at(instruction.programId));
    pushLength(bytes, instruction.accounts.length);
    for (const meta of instruction.accounts) bytes.push(at(meta.address));
    pushLength(bytes, instruction.data.length);
    for (const byte of instruction.data) bytes.push(byte);
  }
  const writable = [...writableSigners.slice(1), ...writableOthers];
  return { bytes: Uint8Array.from(bytes), keys, writable };
}

const SIGNATURE_BYTES = 64;

function collectFlags(
  instructions: readonly Instruction[],
  sponsor: Address,
  mustStayReadonly: (address: Address) => boolean,
): Map<Address, Flags> {
  const flags = new Map<Address, Flags>([[sponsor, { isSigner: true, isWritable: true }]]);
  const add = ({ address, isSigner, isWritable }: AccountMeta) => {
    const known = flags.get(address);
    const canWrite = isWritable && !mustStayReadonly(address);
    if (known === undefined) flags.set(address, { isSigner, isWritable: canWrite });
    else {
      known.isSigner ||= isSigner;
      known.isWritable ||= canWrite;
    }
  };
  for (const { programId, accounts } of instructions) {
    for (const meta of accounts) add(meta);
    add({ address: programId, isSigner: false, isWritable: false });
  }
  return flags;
}

/** Solana's compact length: seven bits a byte, low ones first. */
function pushLength(bytes: number[], length: number): void {
  let rest = length;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  bytes.push(rest);
}
