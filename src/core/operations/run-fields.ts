import { z } from 'zod';
import { U64 } from '#core/units/wire.ts';

/** Limits in bytes of UTF-8. Source: PROTOCOL.md §2 (run id), §3.1 (name, description), §4.1 (client version). */
export const RUN_ID_MAX_BYTES = 32;
export const NAME_MAX_BYTES = 64;
export const DESCRIPTION_MAX_BYTES = 280;
export const CLIENT_VERSION_MAX_BYTES = 96;

/** A configuration file is refused above this size. */
export const CONFIG_TEXT_MAX_BYTES = 262_144;

/** UTF-8 text of at most `max` bytes: the chain counts bytes, not characters. */
export function utf8Text(max: number) {
  return z.string().refine((text) => utf8Length(text) <= max, { error: (issue) => tooLong(String(issue.input), max) });
}

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

export const RunId = utf8Text(RUN_ID_MAX_BYTES);
export const ClientVersion = utf8Text(CLIENT_VERSION_MAX_BYTES);

/** What people read about a run: shown by clients and lists, never checked by the programs. */
export const RunMetadataInput = z.strictObject({
  name: utf8Text(NAME_MAX_BYTES),
  description: utf8Text(DESCRIPTION_MAX_BYTES),
  parameters: U64,
  vocabulary: U64,
});

export type RunMetadataInput = z.output<typeof RunMetadataInput>;

function tooLong(text: string, max: number): string {
  return `is ${utf8Length(text)} bytes of UTF-8; at most ${max} fit`;
}
