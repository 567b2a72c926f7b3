import { isAppError } from '#core/errors/app-error.ts';
import type { SignedEntry } from '#core/journal/entry.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import type { EndpointAnswer, SendingFacts } from '#core/transactions/expiry.ts';
import type { ChainNode } from '#main/ports.ts';

/** What the cluster told at one look. */
export type Facts = Pick<SendingFacts, 'lifetime' | 'answers' | 'finalizedHeight'>;

/** Of a transaction that nobody was given yet. */
export function notAsked(signed: SignedEntry): Facts {
  return { lifetime: lifetimeOf(signed, undefined), answers: ['no-answer'], finalizedHeight: undefined };
}

/**
 * Height or nonce first, then the signature: a block between the two cannot make a landed transaction look dead. Not knowing the
 * signature counts only for a node that has seen the chain up to there, and searched all of it. Of several nodes every word counts.
 */
export async function askAbout(signed: SignedEntry, nodes: readonly ChainNode[]): Promise<Facts> {
  const { slot, ...position } = await readPosition(signed, nodes);
  return { ...position, answers: await Promise.all(nodes.map((node) => answerOf(signed, node, slot))) };
}

/** How far the finalized chain is, by the endpoint that is furthest. */
export async function readPosition(
  signed: SignedEntry,
  nodes: readonly ChainNode[],
): Promise<Omit<Facts, 'answers'> & { readonly slot: bigint | undefined }> {
  const positions = await Promise.all(nodes.map((node) => positionOf(signed, node)));
  const newest = positions.reduce<Position | undefined>((best, each) => (isNewer(each, best) ? each : best), undefined);
  const { slot, height: finalizedHeight, storedNonce } = newest ?? NOWHERE;
  return { slot, finalizedHeight, lifetime: lifetimeOf(signed, storedNonce) };
}

const NOWHERE = { slot: undefined, height: undefined, storedNonce: undefined };

/** What the finalized chain says of a lifetime. */
type Position = {
  readonly slot: bigint;
  readonly height: bigint | undefined;
  readonly storedNonce: string | 'closed' | undefined;
};

const isNewer = (one: Position | undefined, other: Position | undefined) =>
  one !== undefined && (other === undefined || one.slot > other.slot);

async function positionOf(signed: SignedEntry, node: ChainNode): Promise<Position | undefined> {
  const nonce = nonceOf(signed);
  return orNothing(async () => {
    if (nonce) {
      const { slot, value } = await node.readFinalizedNonce(nonce.nonceAccount);
      // An earlier state of the chain holds the value before, which does not mean that ours is gone.
      const isLater = slot >= (signed.nonceSeenInSlot ?? 0n);
      return { slot, height: undefined, storedNonce: isLater || value === nonce.nonce ? value : undefined };
    }
    const { slot, height } = await node.readFinalizedBlock();
    return { slot, height, storedNonce: undefined };
  });
}

async function answerOf(
  { signature }: SignedEntry,
  node: ChainNode,
  finalizedSlot: bigint | undefined,
): Promise<EndpointAnswer> {
  const answer = await orNothing(async () => {
    const { slot, status, hasHistory } = await node.readStatus(signature);
    if (status) return status;
    if (!hasHistory) return 'cannot-tell';
    return finalizedSlot !== undefined && slot >= finalizedSlot ? 'not-known' : 'no-answer';
  });
  return answer ?? 'no-answer';
}

/** A node that does not answer says nothing; everything else is a mistake of ours. */
export async function orNothing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (cause) {
    if (isAppError(cause)) return undefined;
    throw cause;
  }
}

/** The nonce a transaction lives by, from its bytes. */
export function nonceOf({ wire, lastValidBlockHeight }: SignedEntry) {
  // Entries of blockhash transactions carry a height: their bytes need not be read again at every look.
  if (lastValidBlockHeight !== undefined) return undefined;
  const lifetime = readLifetime(decodeTransaction(wire).message);
  return lifetime.kind === 'nonce' ? lifetime : undefined;
}

/** An entry that tells no height does not die by one: nothing proves that it can no longer land. */
const NEVER = 2n ** 64n - 1n;

function lifetimeOf(signed: SignedEntry, storedNonce: string | undefined): SendingFacts['lifetime'] {
  const nonce = nonceOf(signed);
  if (nonce) return { kind: 'nonce', nonce: nonce.nonce, storedNonce };
  return { kind: 'blockhash', lastValidBlockHeight: signed.lastValidBlockHeight ?? NEVER };
}
