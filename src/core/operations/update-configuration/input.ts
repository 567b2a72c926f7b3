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
});

export type UpdateConfigurationInput = z.output<typeof UpdateConfigurationInput>;
