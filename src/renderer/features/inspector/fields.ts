import type { FieldNode } from '#core/codec/field-node.ts';

/** A field in the list that is drawn: how deep it lies and whether it has parts. */
export type FieldRow = { readonly field: FieldNode; readonly depth: number; readonly isOpen: boolean };

/** The fields in view as a flat list: children of open ones only, so that closed parts of a big account are never made. */
export function visibleFields(fields: readonly FieldNode[], open: ReadonlySet<string>, depth = 0): readonly FieldRow[] {
  return fields.flatMap((field) => {
    const isOpen = open.has(field.path);
    const row = { field, depth, isOpen };
    return isOpen && hasParts(field) ? [row, ...visibleFields(field.children ?? [], open, depth + 1)] : [row];
  });
}

/** The field at a byte with all that hold it, outermost first. Empty between fields. */
export function chainAt(fields: readonly FieldNode[], offset: number): readonly FieldNode[] {
  const field = fields.find(({ start, end }) => offset >= start && offset < end);
  if (!field) return [];
  return [field, ...(hasParts(field) ? chainAt(field.children ?? [], offset) : [])];
}

/** Paths to open so that the field at a byte is in view. */
export function ancestorsOf(fields: readonly FieldNode[], offset: number): readonly string[] {
  return chainAt(fields, offset)
    .slice(0, -1)
    .map(({ path }) => path);
}

export function hasParts(field: FieldNode): boolean {
  return 'children' in field && field.children !== undefined;
}
