/**
 * One field of decoded bytes: what it is called, where it lies, and what it holds. Fields with parts have `children`
 * and no `value`; the children of an account's memory layout are made when first asked for.
 */
export type FieldNode = {
  /** From the root, such as `state.coordinator.model.LLM.max_seq_len` or `delegates[2]`. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** The type in the words of the programs: `u64`, `pubkey`, `FixedString<64>`, `Option<f32>`, `CoordinatorConfig`. */
  readonly type: string;
  /** First byte, from the start of the decoded bytes. */
  readonly start: number;
  /** First byte after it. */
  readonly end: number;
  /** Value of a leaf, `null` for an option that is none, or the name of the variant of an enum. */
  readonly value?: unknown;
  readonly children?: readonly FieldNode[];
};

/** `parent` + `name` as a path; items are written `[3]`. */
export function childPath(parent: string, name: string): string {
  return parent === '' || name.startsWith('[') ? parent + name : `${parent}.${name}`;
}
