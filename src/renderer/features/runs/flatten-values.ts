/** One value with its key path, as in `config.toml`: `model.LLM.optimizer.Distro.compression_topk`. */
export type FlatValue = { readonly path: string; readonly value: string };

/** A decoded value as lines of key path and text. Bytes are hex, what is absent is “none”. */
export function flattenValues(path: string, value: unknown): readonly FlatValue[] {
  if (value === null) return [{ path, value: 'none' }];
  if (value instanceof Uint8Array)
    return [{ path, value: Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('') }];
  if (Array.isArray(value)) return value.flatMap((item, index) => flattenValues(`${path}[${index}]`, item));
  if (typeof value === 'object')
    return Object.entries(value as object).flatMap(([key, item]) =>
      flattenValues(path === '' ? key : `${path}.${key}`, item),
    );
  return [{ path, value: String(value) }];
}
