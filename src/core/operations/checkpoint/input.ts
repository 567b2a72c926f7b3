import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';
import { RunId, utf8Text } from '../run-fields.ts';

/** Room for each text of a repository in bytes. Source: PROTOCOL §3.1. */
export const REPOSITORY_TEXT_BYTES = 64;

const RepositoryText = utf8Text(REPOSITORY_TEXT_BYTES);

/** Where the newest checkpoint lies. */
export const CheckpointRepository = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hub'), repository: RepositoryText, revision: RepositoryText.optional() }),
  z.strictObject({ kind: z.literal('gcs'), bucket: RepositoryText, prefix: RepositoryText.optional() }),
]);

/** Records a checkpoint. A client of the epoch signs. */
export const CheckpointInput = z.strictObject({
  kind: z.literal('checkpoint'),
  runId: RunId,
  user: AddressText,
  repository: CheckpointRepository,
});

export type CheckpointInput = z.output<typeof CheckpointInput>;
