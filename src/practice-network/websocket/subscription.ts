import type { Chain, Commit } from '../chain/chain.ts';
import type { Commitment } from '../methods/params.ts';
import type { JsonValue } from '../write-json.ts';

/** What a subscription may do to its client. */
export type Subscriber = {
  readonly chain: Chain;
  readonly notify: (result: JsonValue) => void;
  /** Calls back once the slot has the commitment: at once, or when it is finalized. */
  readonly when: (commitment: Commitment, slot: bigint, then: () => void) => void;
  /** Ends the subscription from this side. */
  readonly end: () => void;
};

/** One live subscription. */
export type Subscription = {
  /** Called once the client knows the subscription's number. */
  readonly start?: () => void;
  readonly onCommit?: (commit: Commit) => void;
  readonly onSlot?: (slot: bigint) => void;
};

/**
 * A kind of subscription: checks the parameters and begins.
 *
 * @throws RpcError −32602
 */
export type Subscribe = (params: unknown, subscriber: Subscriber) => Subscription;
