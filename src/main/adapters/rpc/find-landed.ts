import { base64 } from '@scure/base';
import { z } from 'zod';
import { isAppError } from '#core/errors/app-error.ts';
import type { LandedSearch } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import type { CallMethod } from './json-rpc.ts';
import { Signature } from './replies.ts';

/** Newest transactions of an address that are looked at. */
const MOST = 100;

const SignaturesOfAddress = z.array(z.object({ signature: Signature }));
const WireReply = z.object({ transaction: z.tuple([z.base64(), z.literal('base64')]) }).nullable();

/**
 * Looks for a landed transaction by its message among the newest of an address. Each is read in whole: nodes offer no search by
 * message.
 *
 * @throws AppError `rpc/…`
 */
export async function findLanded(
  call: CallMethod,
  address: Address,
  isIt: (message: Uint8Array) => boolean,
): Promise<LandedSearch> {
  const newest = await call(
    'getSignaturesForAddress',
    [address, { limit: MOST, commitment: 'confirmed' }],
    SignaturesOfAddress,
  );
  let isComplete = newest.length < MOST;
  for (const { signature } of newest) {
    const config = { encoding: 'base64', commitment: 'confirmed', maxSupportedTransactionVersion: 0 };
    const reply = await call('getTransaction', [signature, config], WireReply);
    if (!reply) isComplete = false;
    const wire = reply && base64.decode(reply.transaction[0]);
    if (wire && holds(wire, isIt)) return { wire, isComplete: true };
  }
  return { wire: undefined, isComplete };
}

/** One that this app cannot read is not one that it made. */
function holds(wire: Uint8Array, isIt: (message: Uint8Array) => boolean): boolean {
  try {
    return isIt(decodeTransaction(wire).messageBytes);
  } catch (cause) {
    if (isAppError(cause)) return false;
    throw cause;
  }
}
