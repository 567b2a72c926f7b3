import type { HandlersOf } from '#ipc/contract-types.ts';
import type { AppContract } from '#ipc/contract.ts';

/** The functions one group of the contract needs. */
export type Group<G extends keyof AppContract> = HandlersOf<AppContract>[G];
