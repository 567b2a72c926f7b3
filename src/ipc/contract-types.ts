import type { z } from 'zod';
import type { Channels, AppChannels } from './channels.ts';

/** Schemas and limits of a call. */
export type CallContract = {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Largest input, bytes of JSON. */
  readonly maxBytes: number;
  readonly perMinute: number;
};

/** Schema of what an event tells. */
export type EventContract = { readonly payload: z.ZodType };

/** A contract has exactly the channels of the table: a missing or surplus one does not compile. */
export type ContractFor<C extends Channels> = {
  readonly [G in keyof C]: { readonly [N in keyof C[G]]: C[G][N] extends 'call' ? CallContract : EventContract };
};

export type AnyContract = ContractFor<AppChannels>;

type Calls<G> = { [N in keyof G]: G[N] extends CallContract ? N : never }[keyof G];
type Events<G> = { [N in keyof G]: G[N] extends EventContract ? N : never }[keyof G];

type Handler<C> = C extends CallContract
  ? (input: z.output<C['input']>) => Promise<z.output<C['output']>> | z.output<C['output']>
  : never;

type Call<C> = C extends CallContract ? (input: z.output<C['input']>) => Promise<z.output<C['output']>> : never;

type Subscribe<E> = E extends EventContract
  ? (listener: (payload: z.output<E['payload']>) => void) => () => void
  : never;

type Tell<E> = E extends EventContract ? (payload: z.output<E['payload']>) => void : never;

/** What main implements: one function per call. */
export type HandlersOf<T> = { readonly [G in keyof T]: { readonly [N in Calls<T[G]>]: Handler<T[G][N]> } };

/** What the page uses: calls that answer with decoded values, events to listen to. */
export type ClientOf<T> = {
  readonly [G in keyof T]: { readonly [N in Calls<T[G]>]: Call<T[G][N]> } & {
    readonly [N in Events<T[G]>]: Subscribe<T[G][N]>;
  };
};

/** What main tells the page with. */
export type EventsOf<T> = { readonly [G in keyof T]: { readonly [N in Events<T[G]>]: Tell<T[G][N]> } };
