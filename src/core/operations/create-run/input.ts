import { z } from 'zod';
import { MAX_CONFIG_BYTES } from '#core/config/config-size.ts';
import { AddressText, U64 } from '#core/units/wire.ts';
import { ClientVersion, RunId, RunMetadataInput, utf8Text } from '../run-fields.ts';
import { TokenDecimals } from '../set-rates/input.ts';

/** Who may join: everyone, or one user's key. */
export const WhoMayJoin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anyone') }),
  z.strictObject({ kind: z.literal('user'), address: AddressText }),
]);

export type WhoMayJoin = z.output<typeof WhoMayJoin>;

/** What a run with rewards pays with. Amounts are native units of the mint. */
export const RewardsInput = z.strictObject({
  mint: AddressText,
  /** As the form read them when amounts were typed; compared with the mint's own bytes before anything is signed. */
  decimals: TokenDecimals,
  /** Index of the treasurer's Run; without it the one derived from the run id. One chosen by hand must be kept. */
  treasurerIndex: U64.optional(),
  /** Shared by all clients, per epoch. */
  earning: U64.optional(),
  /** Per client; stored and never applied by the program. */
  slashing: U64.optional(),
  /** Fills the vault up to this amount from the funder's token account: asking again never sends it twice. */
  topUp: z.strictObject({ upTo: U64, funder: AddressText }).optional(),
});

export type RewardsInput = z.output<typeof RewardsInput>;

/** Longest seed of a derived address in bytes. Source: Solana SDK, `MAX_SEED_LEN`. */
const SEED_MAX_BYTES = 32;

/** Creates a run, names it, lets people join, and optionally configures, rewards, starts and funds it. */
export const CreateRunInput = z.strictObject({
  kind: z.literal('create-run'),
  runId: RunId,
  whoMayJoin: WhoMayJoin,
  metadata: RunMetadataInput,
  clientVersion: ClientVersion,
  /** TOML; without it the run stays unconfigured. */
  configText: utf8Text(MAX_CONFIG_BYTES).optional(),
  /** With a treasury that pays tokens; without it the run is plain. */
  rewards: RewardsInput.optional(),
  /** Derives the account's address from the main authority and this text: no second key has to sign. */
  accountSeed: utf8Text(SEED_MAX_BYTES).optional(),
  /** Start it in the same approval as the configuration. */
  start: z.boolean(),
});

export type CreateRunInput = z.output<typeof CreateRunInput>;
