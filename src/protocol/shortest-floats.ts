import type { Shape } from '#core/codec/shape.ts';

/** A decoded value whose f32 are the shortest decimals that are stored as them: 0.999 instead of 0.9990000128746033. */
export function withShortestFloats(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'f32':
      return typeof value === 'number' ? shortestDecimal(value) : value;
    case 'option':
      return value === null ? null : withShortestFloats(shape.item, value);
    case 'array':
    case 'vec':
    case 'fixedVec':
      return Array.isArray(value) ? value.map((item) => withShortestFloats(shape.item, item)) : value;
    case 'struct':
      return mapEntries(value, (name) => shape.fields.find((field) => field.name === name)?.shape);
    case 'enum':
      return mapEntries(value, (name) => shape.variants.find((variant) => variant.name === name)?.payload);
    default:
      return value;
  }
}

function mapEntries(value: unknown, shapeOf: (name: string) => Shape | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => {
    const shape = shapeOf(name);
    return [name, shape ? withShortestFloats(shape, item) : item];
  });
  return Object.fromEntries(entries);
}

/** Nine digits tell every f32 apart. Source: IEEE 754, single precision. */
const F32_DIGITS = 9;

function shortestDecimal(value: number): number {
  for (let digits = 1; digits < F32_DIGITS; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}
