import { CONFIGURATION, type Field, type Shape } from './config-schema.ts';
import type { RunConfiguration } from './config-types.ts';
import { displayValue, variantOf } from './display-value.ts';
import { formatTomlPath, type TomlKeyPath } from './toml-path.ts';

/** One value in display form. */
type ConfigValue = { readonly path: string; readonly value: string };

/** Every value the chain will hold, in its order. A choice without values of its own is one line: its name. */
export function listValues({ config, model }: RunConfiguration): readonly ConfigValue[] {
  const values: ConfigValue[] = [];
  listFields(CONFIGURATION.fields, { config, model }, [], values);
  return values;
}

function listFields(fields: readonly Field[], value: unknown, path: TomlKeyPath, out: ConfigValue[]): void {
  const values = value as Readonly<Record<string, unknown>>;
  for (const [key, shape] of fields) listInto(shape, values[key], [...path, key], out);
}

function listInto(shape: Shape, value: unknown, path: TomlKeyPath, out: ConfigValue[]): void {
  if (shape.kind === 'struct') return listFields(shape.fields, value, path, out);
  const { name, payload } = shape.kind === 'enum' ? variantOf(value) : { name: '', payload: undefined };
  const variant = shape.kind === 'enum' ? shape.variants.find((each) => each.name === name) : undefined;
  if (variant?.form === 'newtype') return listInto(variant.of, payload, [...path, name], out);
  if (variant?.form === 'struct') return listFields(variant.fields, payload, [...path, name], out);
  out.push({ path: formatTomlPath(path), value: displayValue(shape, value) });
}
