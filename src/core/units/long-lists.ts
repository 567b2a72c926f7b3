import { z } from 'zod';

/** Lets other work pass. */
export type Rest = () => Promise<unknown>;

/** Items of a list that are looked at in one go: a few milliseconds. */
const ITEMS_AT_ONCE = 500;

/** As `z.encode`, but a long list in it is encoded in parts, with a rest before each. @throws z.ZodError */
export function encodeInTurns(schema: z.ZodType, value: unknown, rest: Rest): Promise<unknown> {
  return inTurns(schema, value, rest, (part, items) => z.encode(part, items as never));
}

/** As `parse`, but a long list in it is parsed in parts, with a rest before each. @throws z.ZodError */
export async function parseInTurns<T>(schema: z.ZodType<T>, value: unknown, rest: Rest): Promise<T> {
  return (await inTurns(schema, value, rest, (part, items) => part.parse(items))) as T;
}

type Convert = (schema: z.ZodType, value: unknown) => unknown;

/** A list by itself, or lists that are members of an object: no answer that is long has them deeper. */
async function inTurns(schema: z.ZodType, value: unknown, rest: Rest, convert: Convert): Promise<unknown> {
  if (isLongList(schema, value)) return convertItems(schema, value, rest, convert);
  if (!(schema instanceof z.ZodObject) || !isRecord(value)) return convert(schema, value);
  const lists = Object.entries(schema.shape).flatMap(([name, part]) => {
    const items = value[name];
    return isLongList(part, items) ? [{ name, part: part as z.ZodType, items: items as unknown[] }] : [];
  });
  // Everything else about the object is looked at with nothing in these lists.
  const empty = Object.fromEntries(lists.map(({ name }) => [name, []]));
  const converted = convert(schema, lists.length === 0 ? value : { ...value, ...empty }) as Record<string, unknown>;
  for (const { name, part, items } of lists) converted[name] = await convertItems(part, items, rest, convert);
  return converted;
}

async function convertItems(schema: z.ZodType, value: unknown, rest: Rest, convert: Convert): Promise<unknown[]> {
  const items = value as readonly unknown[];
  const converted: unknown[] = [];
  for (let at = 0; at < items.length; at += ITEMS_AT_ONCE) {
    // Before each of them: what made the list took its time too.
    await rest();
    const part = convert(schema, items.slice(at, at + ITEMS_AT_ONCE)) as unknown[];
    for (const item of part) converted.push(item);
  }
  return converted;
}

/** With a rule about the whole list it stays in one piece. */
function isLongList(schema: unknown, value: unknown): boolean {
  if (!(schema instanceof z.ZodArray) || !Array.isArray(value) || value.length <= ITEMS_AT_ONCE) return false;
  return (schema.def.checks ?? []).length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
