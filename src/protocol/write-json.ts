/** JSON with bigint as bare integers, which `JSON.stringify` refuses. Two spaces, keys as they come. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, marked, 2).replaceAll(MARKED, '$1');
}

const MARK = '\u0001';
const MARKED = new RegExp(`"\\\\u0001(-?\\d+)"`, 'g');

function marked(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${MARK}${value}` : value;
}
