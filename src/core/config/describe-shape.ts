import { type IntegerType, INTEGER_MAX, type Shape, TOML_INTEGER_MAX } from './config-schema.ts';

/** What a value must be, in words that follow “must be”. */
export function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case 'integer':
      // A u64 holds more, but no TOML file can say so.
      return `a whole number from 0 to ${shape.type === 'u64' ? TOML_INTEGER_MAX : INTEGER_MAX[shape.type]}`;
    case 'float':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'text':
      return `text in quotes, at most ${shape.maxBytes} bytes of UTF-8`;
    case 'list':
      return `a list of ${shape.length} items, each ${describeShape(shape.of)}`;
    case 'option':
      return describeShape(shape.of);
    case 'struct':
      return `a table with ${listOf(shape.fields.map(([key]) => key))}`;
    case 'enum':
      return oneOf(shape.variants.map((variant) => variant.name));
  }
}

/** Words of advice for a value of the wrong type, where the slip is a common one. */
export function adviseOnType(shape: Shape, value: unknown): string | undefined {
  const wanted = shape.kind === 'option' ? shape.of : shape;
  if (wanted.kind === 'integer') return adviseOnInteger(wanted.type, value);
  if (wanted.kind === 'float' && typeof value === 'string' && isPlainNumber(value))
    return `Write ${value} without quotes`;
  if (wanted.kind === 'boolean') {
    if (value === 0n || value === 'false') return 'Write false';
    if (value === 1n || value === 'true') return 'Write true';
  }
  if (wanted.kind === 'text' && ['bigint', 'number', 'boolean'].includes(typeof value)) return 'Put it in quotes';
  return undefined;
}

function adviseOnInteger(type: IntegerType, value: unknown): string | undefined {
  if (typeof value === 'string' && /^\d{1,19}$/.test(value)) return `Write ${value} without quotes`;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= Number(INTEGER_MAX[type])) {
    return `Write ${BigInt(value)}, without a decimal point or exponent`;
  }
  return undefined;
}

function isPlainNumber(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);
}

/** “a, b and c”. */
export function listOf(names: readonly string[]): string {
  return joined(names, 'and');
}

/** “one of a, b or c”; “a” when there is no choice. */
export function oneOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `one of ${joined(names, 'or')}`;
}

function joined(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
