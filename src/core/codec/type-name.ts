import type { Shape } from './shape.ts';

/** The type of a field as people read it. */
export function typeName(shape: Shape): string {
  switch (shape.kind) {
    case 'struct':
    case 'enum':
      return shape.type;
    case 'array':
      return `[${typeName(shape.item)}; ${shape.length}]`;
    case 'byteArray':
      return `[u8; ${shape.length}]`;
    case 'fixedString':
      return `FixedString<${shape.length}>`;
    case 'fixedVec':
      return `FixedVec<${typeName(shape.item)}, ${shape.capacity}>`;
    case 'vec':
      return `Vec<${typeName(shape.item)}>`;
    case 'option':
      return `Option<${typeName(shape.item)}>`;
    case 'smallBool':
      return 'bool';
    default:
      return shape.kind;
  }
}
