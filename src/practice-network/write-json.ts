/** What an answer may be made of. `bigint` is written as bare digits; `undefined` members are left out. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined };

/**
 * A value as JSON text with exact integers. `JSON.stringify` cannot write a u64: through a number, `rentEpoch`
 * 18446744073709551615 turns into 18446744073709552000, which overflows Rust clients.
 */
export function writeJson(value: JsonValue): string {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'object': {
      if (value === null) return 'null';
      if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
      const members: string[] = [];
      for (const [name, member] of Object.entries(value)) {
        if (member !== undefined) members.push(`${JSON.stringify(name)}:${writeJson(member)}`);
      }
      return `{${members.join(',')}}`;
    }
    default:
      return JSON.stringify(value);
  }
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
