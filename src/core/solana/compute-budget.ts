import { type Address, parseAddress } from './address.ts';
import type { Message } from './message.ts';
import { COMPUTE_BUDGET_PROGRAM, LOADER_V4, UPGRADEABLE_LOADER, VOTE_PROGRAM, SYSTEM_PROGRAM } from './program-ids.ts';

/** Lamports per signature. Source: Solana SDK, `DEFAULT_TARGET_LAMPORTS_PER_SIGNATURE` / 2. */
export const LAMPORTS_PER_SIGNATURE = 5000n;

/** Compute units a transaction may ask for. Source: Agave, `MAX_COMPUTE_UNIT_LIMIT`. */
export const MAX_COMPUTE_UNITS = 1_400_000;

/** Units granted per instruction when no limit is set. Source: Agave, `compute-budget-instruction` (SIMD-0170). */
export const DEFAULT_UNITS = 200_000;
const DEFAULT_BUILTIN_UNITS = 3000;

const MICRO_LAMPORTS = 1_000_000n;

/** Programs that check signatures: the first data byte says how many, and each is paid for like an own one. */
const SIGNATURE_PROGRAMS: ReadonlySet<Address | undefined> = new Set([
  parseAddress('Ed25519SigVerify111111111111111111111111111'),
  parseAddress('KeccakSecp256k11111111111111111111111111111'),
  parseAddress('Secp256r1SigVerify1111111111111111111111111'),
]);

/** Programs built into the validator, charged at the small default. Source: Agave, `builtins-default-costs`. */
const BUILTINS: ReadonlySet<Address | undefined> = new Set([
  SYSTEM_PROGRAM,
  VOTE_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  UPGRADEABLE_LOADER,
  LOADER_V4,
  parseAddress('BPFLoader1111111111111111111111111111111111'),
  parseAddress('BPFLoader2111111111111111111111111111111111'),
  parseAddress('Ed25519SigVerify111111111111111111111111111'),
  parseAddress('KeccakSecp256k11111111111111111111111111111'),
]);

/** The most a transaction's fee can be. All of it is charged even when the transaction fails. */
export type Fee = {
  /** Signatures paid for, those checked by signature programs included. */
  readonly signatures: number;
  readonly baseLamports: bigint;
  readonly priorityLamports: bigint;
  readonly totalLamports: bigint;
  /** Units asked for, when the transaction asks. */
  readonly computeUnitLimit: number | undefined;
  /** Micro-lamports per unit, when the transaction bids. */
  readonly computeUnitPrice: bigint | undefined;
};

/**
 * The fee from the bytes: 5,000 lamports a signature plus ⌈price × limit ÷ 10⁶⌉. Compute-budget data is read as the runtime
 * reads it, by its first bytes, so that bytes after them cannot hide a price. If one is given twice (which the runtime refuses)
 * the larger counts.
 */
export function feeOf(message: Message): Fee {
  let limit: number | undefined;
  let price: bigint | undefined;
  let checked = 0;
  for (const { programIndex, data } of message.instructions) {
    const program = message.staticKeys[programIndex];
    if (SIGNATURE_PROGRAMS.has(program)) checked += data[0] ?? 0;
    if (program !== COMPUTE_BUDGET_PROGRAM) continue;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (data[0] === 2 && data.length >= 5) limit = Math.max(limit ?? 0, view.getUint32(1, true));
    if (data[0] === 3 && data.length >= 9) price = maxBigint(price ?? 0n, view.getBigUint64(1, true));
  }
  const units = Math.min(limit ?? defaultUnits(message), MAX_COMPUTE_UNITS);
  const signatures = message.header.requiredSignatures + checked;
  const baseLamports = LAMPORTS_PER_SIGNATURE * BigInt(signatures);
  const priorityLamports = (BigInt(units) * (price ?? 0n) + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
  return {
    signatures,
    baseLamports,
    priorityLamports,
    totalLamports: baseLamports + priorityLamports,
    computeUnitLimit: limit,
    computeUnitPrice: price,
  };
}

function defaultUnits({ instructions, staticKeys }: Message): number {
  return instructions.reduce(
    (sum, { programIndex }) => sum + (BUILTINS.has(staticKeys[programIndex]) ? DEFAULT_BUILTIN_UNITS : DEFAULT_UNITS),
    0,
  );
}

function maxBigint(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
