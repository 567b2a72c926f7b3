import type { JournaledTransaction } from '#core/journal/entry.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { type EndpointAnswer, nextSendingStep, type SendingStep } from '#core/transactions/expiry.ts';
import type { ChainNode } from '#main/ports.ts';
import { nonceOf, orNothing, readPosition } from './sending-facts.ts';

/** Others completed and sent it: its bytes with all signatures. */
type Completed = { readonly kind: 'completed'; readonly wire: Uint8Array };

/**
 * What became of a transaction that lacks signatures here. While it can still land there is nothing to ask. Afterwards, if its bytes
 * were ever handed out, the chain is searched for its message: whoever had them may have completed them, and its signature is
 * not known here.
 */
export async function lookForCompleted(
  { signed, exportedAt }: JournaledTransaction,
  nodes: readonly ChainNode[],
): Promise<Completed | SendingStep> {
  const { lifetime, finalizedHeight } = await readPosition(signed, nodes);
  const stepWith = (answers: readonly EndpointAnswer[]) =>
    nextSendingStep({ lifetime, finalizedHeight, answers, lastSentAtMs: 0, nowMs: 0 });
  const ifNobodyHasIt = stepWith(['not-known']);
  if (ifNobodyHasIt.kind !== 'expired' && ifNobodyHasIt.kind !== 'nonce-used') return { kind: 'wait' };
  if (exportedAt === undefined) return ifNobodyHasIt;
  const searches = await Promise.all(nodes.map((node) => search(signed, node)));
  const wire = searches.find((found) => found?.wire)?.wire;
  if (wire) return { kind: 'completed', wire };
  return stepWith(searches.map((found) => (found ? (found.isComplete ? 'not-known' : 'cannot-tell') : 'no-answer')));
}

type Signed = JournaledTransaction['signed'];

/** Every transaction of a nonce writes to its account; any other to its fee payer. */
function search(signed: Signed, node: ChainNode) {
  const address = nonceOf(signed)?.nonceAccount ?? signed.feePayer;
  return orNothing(() => node.findLanded(address, (message) => messageHashOf(message) === signed.messageHash));
}
