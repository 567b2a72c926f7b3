import type { ClusterName } from '#core/networks/cluster.ts';
import type { TickerTerms } from '#core/runs/ticker-status.ts';
import { formatHash } from '#core/solana/message-hash.ts';
import { formatSol } from '#core/units/lamports.ts';
import { safeText } from '#core/units/safe-text.ts';
import type { Address } from '#core/solana/address.ts';
import type { Review } from '#core/transactions/review.ts';
import type { SignerSlot } from '#core/transactions/review-request.ts';
import type { Dialogs } from '#main/ports.ts';
import type { KeptReview } from './kept-review.ts';

/** What a genesis hash proves. The name of a profile proves nothing: anybody can call a network Devnet. */
const CLUSTERS: Readonly<Record<ClusterName, string>> = {
  mainnet: 'Mainnet',
  testnet: 'Testnet',
  devnet: 'Devnet',
  practice: 'the practice network of this app',
  unknown: 'a cluster this app does not know',
};

/**
 * The question asked in a window of the system before a key of the operator signs. Every text in it stays on its line.
 *
 * @param repeated - when the yes covers more transactions like this one
 */
export function confirmationOf(
  { shown: { title, review, network, slots }, objections }: Pick<KeptReview, 'shown' | 'objections'>,
  { repeated, absent = [] }: { repeated?: TickerTerms | undefined; absent?: readonly Address[] | undefined } = {},
): Parameters<Dialogs['confirm']>[0] {
  const cluster = CLUSTERS[network.cluster];
  const lines = [
    `Cluster: ${cluster} (genesis ${network.genesisHash}), set up here as “${network.name}”`,
    ...review.instructions.map((instruction, index) => `${index + 1}. ${instruction.title}`),
    `Message hash: ${formatHash(review.messageHash)}`,
    `Fee payer: ${review.feePayer}`,
    ...review.outflows.map(({ account, lamports }) => `May leave ${account}: up to ${formatSol(BigInt(lamports))} SOL`),
    ...lifetimeLines(review),
    ...unsignedLines(slots, absent),
    ...(repeated ? [repetition(repeated, BigInt(review.fee.totalLamports))] : []),
    ...objections.map((objection) => `Overridden: ${objection}`),
  ];
  return {
    title: 'Sign',
    message: onOneLine(`Sign “${title}”${repeated ? ` up to ${repeated.count} times` : ''} on ${cluster}?`),
    detail: lines.map(onOneLine).join('\n'),
    button: 'Sign',
  };
}

/** What never expires is said in every window. */
function lifetimeLines({ lifetime }: Review): string[] {
  if (lifetime.kind === 'blockhash') return [];
  return [`Never expires: it can land until the nonce ${lifetime.nonceAccount} moves`];
}

/** Signatures that this yes does not make. */
function unsignedLines(slots: readonly SignerSlot[], absent: readonly Address[]): string[] {
  return slots
    .filter(({ kind, address }) => kind === 'absent' || (kind !== 'signed' && absent.includes(address)))
    .map(({ address, role }) => `Not signed by this: ${role}, ${address}. It is not sent before it is`);
}

function repetition({ count, intervalMs }: TickerTerms, feeLamports: bigint): string {
  const fees = `${formatSol(feeLamports * BigInt(count))} SOL of fees at most`;
  return `Repeated: up to ${count} in all, ${intervalMs / 1000} s apart, each with a new blockhash and a fee of its own, ${fees}, until stopped or one fails`;
}

function onOneLine(line: string): string {
  return safeText(line).text;
}
