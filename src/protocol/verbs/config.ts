import { configResult } from '#core/config/config-result.ts';
import { readText } from '../input.ts';

/** Whether a `config.toml` is accepted, and its bytes; a refusal is a result. */
export function config(file: string): unknown {
  return configResult(readText(file));
}
