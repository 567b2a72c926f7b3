/**
 * What `run-manager` sends for each of its commands, as far as PROTOCOL.md §10 tells: one request after the other, each account
 * whole. Its reads are `getAccountInfo` and `getBalance`; every transaction is a blockhash, a `sendTransaction` and at least
 * one look at the signature. Nothing is counted for calls again after a failure or for more looks.
 */
export type CommandCost = {
  /** Bytes of the accounts it reads, in order; 0 for a number such as a balance. */
  readonly reads: readonly number[];
  readonly transactions: number;
};

/** Bytes of the accounts. Source: PROTOCOL.md §5; classic mint and token account: SPL Token, `Mint::LEN`, `Account::LEN`. */
const I = 173;
const C = 119_160;
const RUN = 200;
const MINT = 82;
const TOKENS = 165;
const PARTICIPANT = 32;
const AUTHORIZATION = 108;
/** A balance, the rent of a size, or the logs of a transaction. R of PROTOCOL.md §10 is one. */
const NUMBER = 0;
const R = NUMBER;

/** Commands by the row of PROTOCOL.md §10. */
export const COMMAND_COSTS = {
  createRun: { reads: [NUMBER, NUMBER], transactions: 1 },
  closeRun: { reads: [NUMBER, I, NUMBER, NUMBER], transactions: 1 },
  updateConfig: { reads: [I, C, R], transactions: 1 },
  setPaused: { reads: [I, R], transactions: 1 },
  setRates: { reads: [I, R, RUN, MINT], transactions: 1 },
  checkpoint: { reads: [I], transactions: 1 },
  tick: { reads: [I, NUMBER], transactions: 1 },
  authorizationCreate: { reads: [NUMBER, AUTHORIZATION], transactions: 2 },
  /** Of one that is there and inactive. */
  authorizationReactivate: { reads: [NUMBER, AUTHORIZATION], transactions: 1 },
  authorizationDelete: { reads: [AUTHORIZATION], transactions: 1 },
  authorizationDelegate: { reads: [], transactions: 1 },
  /** A first claim: token account, participant, claim. */
  claim: { reads: [R, RUN, MINT, TOKENS, TOKENS, NUMBER, C, PARTICIPANT], transactions: 3 },
  topUp: { reads: [R, RUN, MINT, TOKENS, TOKENS], transactions: 1 },
} as const satisfies Record<string, CommandCost>;

/** Commands given one after the other. */
export function inSequence(...commands: readonly CommandCost[]): CommandCost {
  return {
    reads: commands.flatMap(({ reads }) => reads),
    transactions: commands.reduce((sum, { transactions }) => sum + transactions, 0),
  };
}

/** Requests a transaction costs it at least. */
const TRIPS_PER_TRANSACTION = 3;

/** Everything it waits for, one after the other. */
export function tripsOf({ reads, transactions }: CommandCost): number {
  return reads.length + TRIPS_PER_TRANSACTION * transactions;
}

/** Bodies of one read without the account's data, both ways: as this network answers `getAccountInfo`. */
const READ_BYTES = 340;

/** Bytes of the bodies its reads exchange, data as base64. Its library may ask for compressed data: then less arrives. */
export function readBytesOf({ reads }: CommandCost): number {
  return reads.reduce((sum, data) => sum + READ_BYTES + 4 * Math.ceil(data / 3), 0);
}
