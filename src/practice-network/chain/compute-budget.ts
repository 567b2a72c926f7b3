import { type Address, parseAddress } from '#core/solana/address.ts';
import type { Message } from '#core/solana/message.ts';
import { COMPUTE_BUDGET_PROGRAM, SYSTEM_PROGRAM, UPGRADEABLE_LOADER } from '#core/solana/program-ids.ts';
import type { TransactionError } from '../runtime/execution-result.ts';

/** What a transaction may use and what it costs. Lamports. */
export type ComputeBudget = { readonly unitLimit: bigint; readonly fee: bigint };

/** Lamports per signature. Source: Agave, `DEFAULT_LAMPORTS_PER_SIGNATURE`. */
const LAMPORTS_PER_SIGNATURE = 5_000n;

/** Compute units. Source: Agave, `compute-budget` and SIMD-0170. */
const MAX_UNITS = 1_400_000n;
const UNITS_PER_INSTRUCTION = 200_000n;
const UNITS_PER_BUILTIN = 3_000n;

/** Prices are in millionths of a lamport per unit. */
const MICRO = 1_000_000n;

/** Instructions by their first byte, and their sizes. Source: Agave, `ComputeBudgetInstruction`. */
const REQUEST_HEAP = 1;
const SET_UNIT_LIMIT = 2;
const SET_UNIT_PRICE = 3;
const SET_LOADED_DATA_LIMIT = 4;
const SIZES: Readonly<Record<number, number>> = {
  [REQUEST_HEAP]: 5,
  [SET_UNIT_LIMIT]: 5,
  [SET_UNIT_PRICE]: 9,
  [SET_LOADED_DATA_LIMIT]: 5,
};

/** Heap a program may ask for: 32 to 256 KiB in steps of 1 KiB. Source: Agave, `sanitize_requested_heap_size`. */
const MIN_HEAP_BYTES = 32 * 1024;
const MAX_HEAP_BYTES = 256 * 1024;
const HEAP_STEP_BYTES = 1024;

const BUILTINS: ReadonlySet<Address> = new Set([SYSTEM_PROGRAM, COMPUTE_BUDGET_PROGRAM, UPGRADEABLE_LOADER]);

/** Its first data byte counts the signatures it checks, and each is paid for. */
const ED25519_PROGRAM = parseAddress('Ed25519SigVerify111111111111111111111111111');

/**
 * Limit and fee of a transaction, or why a validator would refuse it before taking any fee. Worked out here rather than by
 * `core`, so that what a review predicts and what the network charges prove each other.
 */
export function readComputeBudget(message: Message): ComputeBudget | { readonly err: TransactionError } {
  const asked = new Map<number, bigint>();
  let defaultUnits = 0n;
  let signatures = BigInt(message.header.requiredSignatures);
  for (const [index, { programIndex, data }] of message.instructions.entries()) {
    const program = message.staticKeys[programIndex];
    defaultUnits += program !== undefined && BUILTINS.has(program) ? UNITS_PER_BUILTIN : UNITS_PER_INSTRUCTION;
    if (program === ED25519_PROGRAM) signatures += BigInt(data[0] ?? 0);
    if (program !== COMPUTE_BUDGET_PROGRAM) continue;
    const kind = data[0] ?? 0;
    const amount = readAmount(kind, data);
    if (amount === undefined) return { err: { InstructionError: [index, 'InvalidInstructionData'] } };
    if (asked.has(kind)) return { err: { DuplicateInstruction: index } };
    asked.set(kind, amount);
  }
  if (asked.get(SET_LOADED_DATA_LIMIT) === 0n) return { err: 'InvalidLoadedAccountsDataSizeLimit' };
  const wanted = asked.get(SET_UNIT_LIMIT) ?? defaultUnits;
  const unitLimit = wanted > MAX_UNITS ? MAX_UNITS : wanted;
  const priority = ((asked.get(SET_UNIT_PRICE) ?? 0n) * unitLimit + MICRO - 1n) / MICRO;
  return { unitLimit, fee: signatures * LAMPORTS_PER_SIGNATURE + priority };
}

function readAmount(kind: number, data: Uint8Array): bigint | undefined {
  const size = SIZES[kind];
  if (size === undefined || data.length < size) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (kind === SET_UNIT_PRICE) return view.getBigUint64(1, true);
  const amount = view.getUint32(1, true);
  return kind === REQUEST_HEAP && !isHeapSize(amount) ? undefined : BigInt(amount);
}

function isHeapSize(bytes: number): boolean {
  return bytes >= MIN_HEAP_BYTES && bytes <= MAX_HEAP_BYTES && bytes % HEAP_STEP_BYTES === 0;
}
