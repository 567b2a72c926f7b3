import { z } from 'zod';
import {
  CLIENT_VERSION_MAX_BYTES,
  METADATA_DESCRIPTION_BYTES,
  METADATA_NAME_BYTES,
  RUN_ID_MAX_BYTES,
} from '#core/layouts/programs.ts';
import { U64 } from '#core/units/wire.ts';

/** UTF-8 text of at most `max` bytes: the chain counts bytes, not characters. */
export function utf8Text(max: number) {
  return z.string().refine((text) => utf8Length(text) <= max, { error: (issue) => tooLong(String(issue.input), max) });
}

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

export const RunId = utf8Text(RUN_ID_MAX_BYTES);
/**
 * The treasurer's index of a run whose index was chosen by hand, as somebody remembers it: it saves looking for it. What the
 * run itself says counts.
 */
export const TreasurerIndexHint = U64.optional();

export const ClientVersion = utf8Text(CLIENT_VERSION_MAX_BYTES);

/** What people read about a run: shown by clients and lists, never checked by the programs. */
export const RunMetadataInput = z.strictObject({
  name: utf8Text(METADATA_NAME_BYTES),
  description: utf8Text(METADATA_DESCRIPTION_BYTES),
  parameters: U64,
  vocabulary: U64,
});

export type RunMetadataInput = z.output<typeof RunMetadataInput>;

function tooLong(text: string, max: number): string {
  return `is ${utf8Length(text)} bytes of UTF-8; at most ${max} fit`;
}
