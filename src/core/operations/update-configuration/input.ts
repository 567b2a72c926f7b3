import { z } from 'zod';
import { MAX_CONFIG_BYTES } from '#core/config/config-size.ts';
import { ClientVersion, RunId, RunMetadataInput, utf8Text } from '../run-fields.ts';

/** Replaces a run's configuration; only what differs from the chain is sent. */
export const UpdateConfigurationInput = z.strictObject({
  kind: z.literal('update-configuration'),
  runId: RunId,
  /** TOML with both `[config]` and `[model]`. */
  configText: utf8Text(MAX_CONFIG_BYTES).optional(),
  metadata: RunMetadataInput.optional(),
  clientVersion: ClientVersion.optional(),
  /** The next step to train; the data index follows from the schedule. */
  restartFromStep: z.number().int().min(0).max(0xffff_ffff).optional(),
  /** Takes the next epoch's model from the Hub instead of from the clients. */
  switchToHub: z.literal(true).optional(),
});

export type UpdateConfigurationInput = z.output<typeof UpdateConfigurationInput>;
