/** What is wrong with the input, in words for the person who runs the script. */
export class Refused extends Error {}

/** A transaction or message with its one reading. */
export type Reading = { readonly kind: 'transaction' | 'message' };

/** Everything the script prints, as data. */
export type Facts = {
  readonly kind: 'transaction' | 'message';
  readonly encoding: 'base64' | 'base58';
  readonly version: 'legacy' | 0;
  readonly size: number;
  readonly messageBytes: number;
  readonly messageHash: string;
  readonly groups: string;
  readonly feePayer: string;
  readonly blockhash: string;
  readonly nonceAccount: string | undefined;
  readonly signers: readonly {
    readonly address: string;
    readonly isWritable: boolean;
    readonly signature: 'none' | 'valid' | 'wrong' | 'missing';
  }[];
  readonly instructions: readonly { readonly program: string; readonly accounts: number; readonly dataBytes: number }[];
  readonly tables: readonly { readonly table: string; readonly accounts: number }[];
};

export function encodeBase58(bytes: Uint8Array): string;
export function readText(
  text: string,
  how?: { encoding?: 'base64' | 'base58'; as?: 'transaction' | 'message' },
): Reading;
export function describe(reading: Reading): Facts;
export function toLines(facts: Facts): string[];
