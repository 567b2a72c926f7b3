import type { TransactionInstruction } from '@solana/web3.js';
import type { Address } from '#core/solana/address.ts';
import { TRANSACTION_MAX_BYTES, wireSizeOf, withNonce } from '#core/transactions/build.ts';
import type { RequiredSigner } from '#core/transactions/plan.ts';
import type { Step, StepSigners } from './define-operation.ts';

/** Instructions that must stay in one transaction. */
export type Bundle = {
  readonly title: string;
  readonly instructions: readonly TransactionInstruction[];
  /** What the payer puts in besides the fee; nothing unless given. */
  readonly costLamports?: bigint;
};

/**
 * As few transactions as possible, in order: a bundle joins the one before it while both fit 1,232 bytes. Each takes up the
 * nonce it is to live by.
 *
 * @param roles - what each possible signer signs as; the payer signs first
 */
export function packSteps(
  bundles: readonly Bundle[],
  {
    signers,
    roles,
    runId,
    watch,
  }: { signers: StepSigners; roles: Readonly<Record<string, string>>; runId?: string; watch: readonly Address[] },
): Step[] {
  const packed: Bundle[] = [];
  for (const bundle of bundles.filter(({ instructions }) => instructions.length > 0)) {
    const last = packed.at(-1);
    const joined = last && {
      title: `${last.title}, ${lowerFirst(bundle.title)}`,
      instructions: [...last.instructions, ...bundle.instructions],
      costLamports: (last.costLamports ?? 0n) + (bundle.costLamports ?? 0n),
    };
    if (joined && fitsOne(joined.instructions, signers)) packed.splice(-1, 1, joined);
    else packed.push(bundle);
  }
  return packed.map(({ title, instructions, costLamports = 0n }) => {
    const whole = withNonce(instructions, signers.nonce);
    return {
      title,
      instructions: whole,
      costLamports,
      signers: signersOf(whole, signers, roles),
      watch,
      ...(runId === undefined ? {} : { runId }),
    };
  });
}

/** Bytes of the transaction that these instructions make under these signers, its nonce included. */
export function sizeUnder(instructions: readonly TransactionInstruction[], { payer, nonce }: StepSigners): number {
  return wireSizeOf(withNonce(instructions, nonce), payer);
}

/** Whether one transaction holds them. */
export function fitsOne(instructions: readonly TransactionInstruction[], signers: StepSigners): boolean {
  return sizeUnder(instructions, signers) <= TRANSACTION_MAX_BYTES;
}

function signersOf(
  instructions: readonly TransactionInstruction[],
  { payer, nonce }: StepSigners,
  roles: Readonly<Record<string, string>>,
): RequiredSigner[] {
  // Few keys, many times: base58 of every one of them takes long.
  const unique: TransactionInstruction['programId'][] = [];
  for (const { pubkey, isSigner } of instructions.flatMap(({ keys }) => keys)) {
    if (isSigner && !unique.some((known) => known.equals(pubkey))) unique.push(pubkey);
  }
  const addresses = unique.map((pubkey) => pubkey.toBase58() as Address);
  const known = nonce && !(nonce.authority in roles) ? { ...roles, [nonce.authority]: 'Nonce authority' } : roles;
  return [...new Set([payer, ...addresses])].map((address) => ({ address, role: roleOf(address, payer, known) }));
}

function roleOf(address: Address, payer: Address, roles: Readonly<Record<string, string>>): string {
  const role = roles[address];
  if (address !== payer) return role ?? 'Signer';
  return role === undefined ? 'Fee payer' : `Fee payer, ${lowerFirst(role)}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
