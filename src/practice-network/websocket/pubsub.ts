import { z } from 'zod';
import type { WebSocket } from 'ws';
import type { Chain, Commit } from '../chain/chain.ts';
import { answerText, RPC_CODES, RpcError } from '../json-rpc.ts';
import { parseParams } from '../methods/define-method.ts';
import type { Commitment } from '../methods/params.ts';
import { type JsonValue, writeJson } from '../write-json.ts';
import { subscribeAccount } from './account-subscription.ts';
import { subscribeLogs } from './logs-subscription.ts';
import { subscribeProgram } from './program-subscription.ts';
import { subscribeSignature } from './signature-subscription.ts';
import { subscribeRoot, subscribeSlot } from './slot-subscriptions.ts';
import type { Subscribe, Subscription } from './subscription.ts';

const KINDS: ReadonlyMap<string, Subscribe> = new Map([
  ['account', subscribeAccount],
  ['logs', subscribeLogs],
  ['program', subscribeProgram],
  ['root', subscribeRoot],
  ['signature', subscribeSignature],
  ['slot', subscribeSlot],
]);

/** Most subscriptions one connection may hold. */
const MAX_SUBSCRIPTIONS = 1000;

/** A client that reads nothing is dropped once this much waits for it. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

const UnsubscribeParams = z.tuple([z.number().int()]);

export type PubSub = { readonly connect: (socket: WebSocket) => void; readonly close: () => void };

type Waiting = { readonly slot: bigint; readonly then: () => void };

/**
 * Subscriptions of all connections. Commits are told at once; slots and what waits for finality with the slots' pace, while
 * anybody is listening.
 */
export function createPubSub(chain: Chain, onUnexpected: (fault: unknown) => void): PubSub {
  const live = new Map<number, Subscription>();
  let waiting: Waiting[] = [];
  let nextId = 0;
  let toldSlot = chain.time().slot;

  function tellSlot(): void {
    const { slot } = chain.time();
    if (slot === toldSlot) return;
    // Slots only go back when the network was reset: what waited for the old one will never come.
    if (slot < toldSlot) waiting = [];
    toldSlot = slot;
    const finalized = chain.finalizedSlot();
    const due = waiting.filter((item) => item.slot <= finalized);
    waiting = waiting.filter((item) => item.slot > finalized);
    for (const { then } of due) then();
    for (const subscription of live.values()) subscription.onSlot?.(slot);
  }

  function when(commitment: Commitment, slot: bigint, then: () => void): void {
    if (commitment !== 'finalized' || slot <= chain.finalizedSlot()) then();
    else waiting.push({ slot, then });
  }

  const stopListening = chain.onCommit((commit: Commit) => {
    for (const subscription of live.values()) subscription.onCommit?.(commit);
    tellSlot();
  });
  const timer = setInterval(tellSlot, chain.slotMs);
  timer.unref();

  function connect(socket: WebSocket): void {
    const own = new Set<number>();
    let toStart: (() => void)[] = [];

    function send(text: string): void {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(text);
      if (socket.bufferedAmount > MAX_WAITING_BYTES) socket.terminate();
    }

    function subscribe(kind: string, begin: Subscribe, params: unknown): number {
      if (own.size >= MAX_SUBSCRIPTIONS) throw new RpcError(RPC_CODES.invalidRequest, 'Too many subscriptions');
      const id = nextId;
      const isLive = () => own.has(id);
      const subscription = begin(params, {
        chain,
        notify: (result: JsonValue) => {
          if (isLive()) {
            send(writeJson({ jsonrpc: '2.0', method: `${kind}Notification`, params: { result, subscription: id } }));
          }
        },
        when: (commitment, slot, then) => when(commitment, slot, () => isLive() && then()),
        end: () => forget(id),
      });
      nextId += 1;
      own.add(id);
      live.set(id, subscription);
      toStart.push(() => isLive() && subscription.start?.());
      return id;
    }

    function forget(id: number): boolean {
      live.delete(id);
      return own.delete(id);
    }

    function answer(method: string, params: unknown): JsonValue {
      const [, name = '', verb = ''] = /^([a-z]+)(Subscribe|Unsubscribe)$/.exec(method) ?? [];
      const kind = KINDS.get(name);
      if (!kind) throw new RpcError(RPC_CODES.methodNotFound, 'Method not found');
      if (verb === 'Subscribe') return subscribe(name, kind, params);
      const [id] = parseParams(UnsubscribeParams, params);
      if (!forget(id)) throw new RpcError(RPC_CODES.invalidParams, 'Invalid subscription id.');
      return true;
    }

    socket.on('message', (data, isBinary) => {
      if (isBinary) return socket.close();
      const text = answerText(data.toString(), answer, onUnexpected);
      if (text !== undefined) send(text);
      for (const start of toStart.splice(0)) start();
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      toStart = [];
      for (const id of own) live.delete(id);
      own.clear();
    });
  }

  return {
    connect,
    close: () => {
      stopListening();
      clearInterval(timer);
    },
  };
}
