import { AppError } from '#core/errors/app-error.ts';
import type { IdlFields, IdlNamedField, IdlType, IdlTypeDef } from './idl.ts';

/**
 * What a value looks like, whatever its encoding. In memory 64-bit numbers are `bigint`, keys and bytes `Uint8Array`, an
 * option its value or `null`, lists arrays, structs objects, and an enum `'Name'` or `{ Name: payload }`.
 */
export type Shape = LeafShape | CompositeShape;

/** A value that always takes the same number of bytes and has no parts. */
export type LeafShape =
  | { readonly kind: 'u8' | 'u16' | 'u32' | 'i32' | 'f32' | 'f64' }
  | { readonly kind: 'u64' | 'i64' }
  | { readonly kind: 'bool' | 'smallBool' }
  | { readonly kind: 'pubkey' }
  | { readonly kind: 'byteArray'; readonly length: number }
  | { readonly kind: 'fixedString'; readonly length: number };

export type StructShape = {
  readonly kind: 'struct';
  readonly type: string;
  readonly fields: readonly { readonly name: string; readonly shape: Shape }[];
};

export type EnumVariant = {
  readonly name: string;
  /** Absent for a variant without payload. A variant with named fields has a struct here. */
  readonly payload?: Shape;
};

export type EnumShape = { readonly kind: 'enum'; readonly type: string; readonly variants: readonly EnumVariant[] };

export type CompositeShape =
  | { readonly kind: 'string' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'array'; readonly length: number; readonly item: Shape }
  | { readonly kind: 'vec'; readonly item: Shape }
  | { readonly kind: 'fixedVec'; readonly capacity: number; readonly item: Shape }
  | { readonly kind: 'option'; readonly item: Shape }
  | StructShape
  | EnumShape;

/**
 * Turns the types of an IDL into shapes. Three naming conventions of `idl/` carry what an IDL cannot say:
 * `FixedString<n>` is text, `FixedVec…` (`data`, `len`) a list, `SmallBoolean` a boolean.
 */
export function createShapes(typeDefs: readonly IdlTypeDef[]) {
  const definitions = new Map(typeDefs.map((def) => [def.name, def]));
  const done = new Map<string, Shape>();

  function defined(name: string): Shape {
    const known = done.get(name);
    if (known) return known;
    const definition = definitions.get(name);
    if (!definition) throw new AppError('codec/malformed-idl', { reason: `no type ${name}` });
    const shape = conventional(definition) ?? plain(definition);
    done.set(name, shape);
    return shape;
  }

  function plain({ name, type }: IdlTypeDef): Shape {
    if (type.kind === 'struct') return struct(name, type.fields);
    return {
      kind: 'enum',
      type: name,
      variants: type.variants.map((variant) =>
        variant.fields === undefined
          ? { name: variant.name }
          : { name: variant.name, payload: payload(`${name}::${variant.name}`, variant.fields) },
      ),
    };
  }

  function payload(type: string, fields: IdlFields): Shape {
    const [only] = fields;
    return fields.length === 1 && only !== undefined && !isNamed(only) ? of(only) : struct(type, fields);
  }

  function struct(type: string, fields: IdlFields): StructShape {
    return {
      kind: 'struct',
      type,
      fields: fields.map((field) => {
        if (!isNamed(field)) throw new AppError('codec/malformed-idl', { reason: `${type} has unnamed fields` });
        return { name: field.name, shape: of(field.type) };
      }),
    };
  }

  function conventional({ name, type }: IdlTypeDef): Shape | undefined {
    if (type.kind !== 'struct') return undefined;
    if (name === 'SmallBoolean') return { kind: 'smallBool' };
    const [first] = type.fields;
    if (first === undefined) return undefined;
    if (/^FixedString\d+$/.test(name) && !isNamed(first)) {
      const bytes = of(first);
      if (bytes.kind === 'byteArray') return { kind: 'fixedString', length: bytes.length };
    }
    if (name.startsWith('FixedVec') && isNamed(first)) {
      const data = of(first.type);
      if (data.kind === 'array') return { kind: 'fixedVec', capacity: data.length, item: data.item };
    }
    return undefined;
  }

  function of(type: IdlType): Shape {
    if (typeof type === 'string') return { kind: type };
    if ('defined' in type) return defined(type.defined.name);
    if ('option' in type) return { kind: 'option', item: of(type.option) };
    if ('vec' in type) return { kind: 'vec', item: of(type.vec) };
    const [item, length] = type.array;
    return item === 'u8' ? { kind: 'byteArray', length } : { kind: 'array', length, item: of(item) };
  }

  return { of, defined, struct };
}

function isNamed(field: IdlFields[number]): field is IdlNamedField {
  return typeof field === 'object' && 'name' in field;
}
