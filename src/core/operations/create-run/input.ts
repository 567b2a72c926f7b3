import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';
import { ClientVersion, CONFIG_TEXT_MAX_BYTES, RunId, RunMetadataInput, utf8Text } from '../run-fields.ts';

/** Who may join: everyone, or one user's key. */
export const WhoMayJoin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anyone') }),
  z.strictObject({ kind: z.literal('user'), address: AddressText }),
]);

export type WhoMayJoin = z.output<typeof WhoMayJoin>;

/** Creates a run without rewards, names it, lets people join, and optionally configures and starts it. */
export const CreateRunInput = z.strictObject({
  kind: z.literal('create-run'),
  runId: RunId,
  whoMayJoin: WhoMayJoin,
  metadata: RunMetadataInput,
  clientVersion: ClientVersion,
  /** TOML; without it the run stays unconfigured. */
  configText: utf8Text(CONFIG_TEXT_MAX_BYTES).optional(),
  /** Start it in the same approval as the configuration. */
  start: z.boolean(),
});

export type CreateRunInput = z.output<typeof CreateRunInput>;
