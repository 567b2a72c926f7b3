import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  parseIdl,
  type Idl,
  type IdlFields,
  type IdlNamedField,
  type IdlType,
  type IdlTypeDef,
} from '#core/codec/idl.ts';
import { PROGRAM_NAMES, type ProgramName } from '#core/layouts/programs.ts';

/**
 * Writes the TypeScript types of the three programs from `idl/` to `src/core/layouts/generated/`. With `--check` it
 * writes nothing and exits 1 when a committed file differs from what it would write.
 */
function main(): void {
  const check = process.argv.includes('--check');
  const stale = PROGRAM_NAMES.filter((program) => {
    const file = fromRoot(`src/core/layouts/generated/${program}.ts`);
    const wanted = generate(program, parseIdl(JSON.parse(readFileSync(fromRoot(`idl/${program}.json`), 'utf8'))));
    if (!check) writeFileSync(file, wanted);
    return check && read(file) !== wanted;
  });
  if (stale.length === 0) return;
  console.error(`Not current: ${stale.map((program) => `generated/${program}.ts`).join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}

/** The text of one generated file. */
export function generate(program: ProgramName, idl: Idl): string {
  const instructions = idl.instructions.map(
    ({ name, args }) => `  ${name}: ${args.length === 0 ? 'Record<string, never>' : inlineObject(args)};`,
  );
  const accounts = idl.accounts.map(({ name }) => `  ${name}: ${name};`);
  return [
    `// Written by \`npm run generate\` from idl/${program}.json. Do not edit.`,
    '',
    ...idl.types.filter(({ name }) => conventionalType(name) === undefined).map(typeDeclaration),
    `/** Arguments of each instruction of the ${program} program. */`,
    `export type ${capitalised(program)}Instructions = {`,
    ...instructions,
    '};',
    '',
    `/** Account types of the ${program} program. */`,
    `export type ${capitalised(program)}Accounts = {`,
    ...accounts,
    '};',
    '',
  ].join('\n');

  function typeDeclaration({ name, type }: IdlTypeDef): string {
    if (type.kind === 'struct') {
      const fields = namedFields(type.fields).map((field) => `  ${field.name}: ${typeText(field.type)};`);
      const body = fields.length === 0 ? 'Record<string, never>' : `{\n${fields.join('\n')}\n}`;
      return `export type ${name} = ${body};\n`;
    }
    const variants = type.variants.map((variant) =>
      variant.fields === undefined
        ? `  | '${variant.name}'`
        : `  | { ${variant.name}: ${payloadText(variant.fields)} }`,
    );
    return `export type ${name} =\n${variants.join('\n')};\n`;
  }

  function typeText(type: IdlType): string {
    if (typeof type === 'string') return primitiveText(type);
    if ('defined' in type) return definedText(type.defined.name);
    if ('option' in type) return `${typeText(type.option)} | null`;
    if ('vec' in type) return `${typeText(type.vec)}[]`;
    return type.array[0] === 'u8' ? 'Uint8Array' : `${typeText(type.array[0])}[]`;
  }

  function definedText(name: string): string {
    return conventionalType(name) ?? name;
  }

  /** What `core/codec/shape.ts` makes of the types with a naming convention. */
  function conventionalType(name: string): string | undefined {
    if (name.startsWith('FixedString')) return 'string';
    if (name === 'SmallBoolean') return 'boolean';
    if (!name.startsWith('FixedVec')) return undefined;
    const definition = idl.types.find((each) => each.name === name);
    const data = definition?.type.kind === 'struct' ? namedFields(definition.type.fields)[0] : undefined;
    return data && typeText(data.type);
  }

  function payloadText(fields: IdlFields): string {
    const [only] = fields;
    if (only !== undefined && !isNamed(only)) return typeText(only);
    return inlineObject(namedFields(fields));
  }

  function inlineObject(fields: readonly IdlNamedField[]): string {
    return `{ ${fields.map(({ name, type }) => `${name}: ${typeText(type)}`).join('; ')} }`;
  }
}

function primitiveText(type: IdlType & string): string {
  switch (type) {
    case 'bool':
      return 'boolean';
    case 'string':
      return 'string';
    case 'pubkey':
    case 'bytes':
      return 'Uint8Array';
    case 'u64':
    case 'i64':
      return 'bigint';
    default:
      return 'number';
  }
}

function namedFields(fields: IdlFields): IdlNamedField[] {
  return fields.filter(isNamed);
}

function isNamed(field: IdlFields[number]): field is IdlNamedField {
  return typeof field === 'object' && 'name' in field;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
