/** JSON text of a value. Throws on what structured clone refuses, such as functions. */
export function encode(value: unknown): string;
export function decode(text: string): unknown;
