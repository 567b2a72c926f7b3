import type { Address } from '#core/solana/address.ts';

/** What lies at an address, made when it is first read. */
export type SampleAccount = { readonly address: Address; readonly owner: Address; readonly data: () => Uint8Array };
