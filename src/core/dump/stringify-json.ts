/** A JSON value that tells integers (`bigint`, printed bare and exact) from floats (`number`). */
export type JsonValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * JSON as the CLI prints it (serde_json, pretty): two spaces, keys sorted, integers exact at any size, floats with a point
 * or an exponent, what is not finite as `null`. Source: PROTOCOL.md §11.
 */
export function stringifyJson(value: JsonValue): string {
  return print(value, '\n');
}

function print(value: JsonValue, newline: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return printFloat(value);
  const inner = `${newline}  `;
  if (isList(value))
    return enclose(
      '[',
      value.map((item) => print(item, inner)),
      ']',
      newline,
    );
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return enclose(
    '{',
    entries.map(([key, item]) => `${JSON.stringify(key)}: ${print(item, inner)}`),
    '}',
    newline,
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function enclose(open: string, items: readonly string[], close: string, newline: string): string {
  return items.length === 0 ? open + close : `${open}${newline}  ${items.join(`,${newline}  `)}${newline}${close}`;
}

/** Positions of the point that serde_json still writes without exponent. Source: crate `ryu`, `pretty`. */
const SMALLEST_PLAIN = -4;
const LARGEST_PLAIN = 16;

function printFloat(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  // How many digits stand before the point.
  const whole = Number(exponent) + 1;
  if (value === 0) return `${sign}0.0`;
  if (whole > LARGEST_PLAIN || whole < SMALLEST_PLAIN) return `${sign}${mantissa}e${whole - 1}`;
  if (whole <= 0) return `${sign}0.${'0'.repeat(-whole)}${digits}`;
  return `${sign}${digits.slice(0, whole).padEnd(whole, '0')}.${digits.slice(whole) || '0'}`;
}
