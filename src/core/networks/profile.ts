import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';
import { DEFAULT_FEE_POLICY, FeePolicy } from './fee-policy.ts';

/** Program ids in use; private deployments have their own. */
export const ProgramIds = z.strictObject({ coordinator: AddressText, treasurer: AddressText, authorizer: AddressText });

export type ProgramIds = z.output<typeof ProgramIds>;

/** Further RPC URLs of one network: with the first they are five, and each is asked about every transaction. */
export const MAX_MORE_URLS = 4;

/** A network the operator works on. */
export const NetworkProfile = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(64),
  /** `practice` is the network inside the app; its URLs are made when it starts. */
  kind: z.enum(['practice', 'cluster']),
  rpcUrl: z.string().max(512),
  /** Asked when the first cannot answer, in this order; given every transaction as well. Settings from before have none. */
  moreRpcUrls: z.array(z.string().max(512)).max(MAX_MORE_URLS).optional(),
  /** Empty: derived from the RPC URL. */
  webSocketUrl: z.string().max(512),
  commitment: z.enum(['processed', 'confirmed', 'finalized']),
  programs: ProgramIds,
  /** The operator accepted plain http to a private address. */
  allowUnencrypted: z.boolean(),
  /** The cluster the name promises; a genesis hash that contradicts it blocks sending. */
  expected: z.enum(['mainnet', 'testnet', 'devnet', 'any']),
  /** What its transactions bid. Settings from before there was a choice have none. */
  fees: FeePolicy.default(DEFAULT_FEE_POLICY),
});

export type NetworkProfile = z.output<typeof NetworkProfile>;
