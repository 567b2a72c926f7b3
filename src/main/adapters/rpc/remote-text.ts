import type { z } from 'zod';
import { safeText } from '#core/units/safe-text.ts';

type Json = z.core.util.JSONType;

/** An honest node cuts logs at 10,000 bytes. Source: Agave `program-runtime/src/log_collector.rs`, `LOG_MESSAGES_BYTES_LIMIT`. */
const MAX_LINES = 256;
const MAX_CHARACTERS = 1000;

/** An error value names an instruction and a code; one that is longer is none. */
const MAX_ERROR_CHARACTERS = 4000;

/** Log lines a remote host wrote → as many and as long as a screen and the journal can take, with nothing hidden in them. */
export function safeLines(lines: readonly string[]): string[] {
  return lines.slice(0, MAX_LINES).map(safeLine);
}

/** The cluster's error value with every text in it made safe to show. What failed stays failed, whatever it says. */
export function safeError(error: Json): Json {
  return JSON.stringify(error).length > MAX_ERROR_CHARACTERS ? 'an error value too long to show' : safeJson(error);
}

function safeJson(value: Json): Json {
  if (typeof value === 'string') return safeLine(value);
  if (Array.isArray(value)) return value.map(safeJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [safeLine(key), safeJson(member)]));
}

/** Programs align what they log with tabs. */
function safeLine(line: string): string {
  const parts = line.slice(0, MAX_CHARACTERS).split('\t');
  return parts.map((part) => safeText(part).text).join('\t');
}
