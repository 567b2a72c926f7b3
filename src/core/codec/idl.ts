import { AppError } from '#core/errors/app-error.ts';

const PRIMITIVES = [
  'bool',
  'u8',
  'u16',
  'u32',
  'u64',
  'i32',
  'i64',
  'f32',
  'f64',
  'bytes',
  'string',
  'pubkey',
] as const;

/** A type as an Anchor IDL writes it, as far as these three programs need it. */
export type IdlType =
  | (typeof PRIMITIVES)[number]
  | { readonly option: IdlType }
  | { readonly vec: IdlType }
  | { readonly array: readonly [IdlType, number] }
  | { readonly defined: { readonly name: string } };

/** A named field of a struct, a variant, or an argument. */
export type IdlNamedField = { readonly name: string; readonly type: IdlType };

/** The fields of a struct or variant: named, or a tuple of bare types. */
export type IdlFields = readonly IdlNamedField[] | readonly IdlType[];

/** One entry of an IDL's `types`. */
export type IdlTypeDef = {
  readonly name: string;
  readonly type:
    | { readonly kind: 'struct'; readonly fields: IdlFields }
    | { readonly kind: 'enum'; readonly variants: readonly { readonly name: string; readonly fields?: IdlFields }[] };
};

/** An Anchor IDL (0.30+ form) of one program: the part of the form that `idl/*.json` uses and the codec needs. */
export type Idl = {
  readonly address: string;
  readonly instructions: readonly {
    readonly name: string;
    readonly discriminator: Uint8Array;
    readonly accounts: readonly {
      readonly name: string;
      readonly writable: boolean;
      readonly signer: boolean;
      readonly address?: string;
    }[];
    readonly args: readonly IdlNamedField[];
  }[];
  readonly accounts: readonly { readonly name: string; readonly discriminator: Uint8Array }[];
  readonly errors: readonly { readonly code: number; readonly name: string; readonly msg: string }[];
  readonly types: readonly IdlTypeDef[];
};

/**
 * Reads a parsed `idl/*.json`. Written by hand rather than as a schema: it runs at every start, and this takes a tenth
 * of the time.
 *
 * @throws AppError `codec/malformed-idl`
 */
export function parseIdl(json: unknown): Idl {
  const idl = object(json, 'the file');
  return {
    address: text(idl['address'], 'address'),
    instructions: list(idl['instructions'], 'instructions').map((item) => {
      const { name, at, fields } = named(item, 'instruction');
      return {
        name,
        discriminator: discriminator(fields['discriminator'], at),
        accounts: list(fields['accounts'], at).map((account) => parseAccountItem(account, at)),
        args: namedFields(list(fields['args'], at), at),
      };
    }),
    accounts: list(idl['accounts'], 'accounts').map((item) => {
      const { name, at, fields } = named(item, 'account');
      return { name, discriminator: discriminator(fields['discriminator'], at) };
    }),
    errors: list(idl['errors'], 'errors').map((item) => {
      const { name, at, fields } = named(item, 'error');
      return { code: whole(fields['code'], at), name, msg: text(fields['msg'], at) };
    }),
    types: list(idl['types'], 'types').map(parseTypeDef),
  };
}

function parseAccountItem(item: unknown, within: string): Idl['instructions'][number]['accounts'][number] {
  const { name, at, fields } = named(item, within);
  const flags = { name, writable: fields['writable'] === true, signer: fields['signer'] === true };
  return fields['address'] === undefined ? flags : { ...flags, address: text(fields['address'], at) };
}

function parseTypeDef(item: unknown): IdlTypeDef {
  const { name, at, fields } = named(item, 'type');
  const type = object(fields['type'], at);
  if (type['kind'] === 'struct') return { name, type: { kind: 'struct', fields: parseFields(type['fields'], at) } };
  if (type['kind'] !== 'enum') return malformed(`${at} is neither struct nor enum`);
  const variants = list(type['variants'], at).map((variant) => {
    const part = named(variant, at);
    const payload = part.fields['fields'];
    return payload === undefined ? { name: part.name } : { name: part.name, fields: parseFields(payload, part.at) };
  });
  return { name, type: { kind: 'enum', variants } };
}

function parseFields(json: unknown, at: string): IdlFields {
  const fields = list(json, at);
  const areNamed = fields.some((field) => isObject(field) && 'name' in field);
  return areNamed ? namedFields(fields, at) : fields.map((field) => parseType(field, at));
}

function namedFields(fields: readonly unknown[], within: string): IdlNamedField[] {
  return fields.map((field) => {
    const { name, at, fields: parts } = named(field, within);
    return { name, type: parseType(parts['type'], at) };
  });
}

function parseType(json: unknown, at: string): IdlType {
  if (typeof json === 'string') {
    return PRIMITIVES.find((name) => name === json) ?? malformed(`${at} has the unknown type ${json}`);
  }
  const type = object(json, at);
  if ('option' in type) return { option: parseType(type['option'], at) };
  if ('vec' in type) return { vec: parseType(type['vec'], at) };
  if ('defined' in type) return { defined: { name: named(type['defined'], at).name } };
  const [item, length] = list(type['array'], at);
  return { array: [parseType(item, at), whole(length, at)] };
}

function named(json: unknown, within: string): { name: string; at: string; fields: Readonly<Record<string, unknown>> } {
  const fields = object(json, within);
  const name = text(fields['name'], within);
  return { name, at: `${within} ${name}`, fields };
}

function discriminator(json: unknown, at: string): Uint8Array {
  const bytes = list(json, at).map((byte) => whole(byte, at));
  return bytes.length === 8 ? Uint8Array.from(bytes) : malformed(`${at} has no discriminator of 8 bytes`);
}

function object(json: unknown, at: string): Readonly<Record<string, unknown>> {
  return isObject(json) ? json : malformed(`${at} is not an object`);
}

function list(json: unknown, at: string): readonly unknown[] {
  return Array.isArray(json) ? json : malformed(`${at} lacks a list`);
}

function text(json: unknown, at: string): string {
  return typeof json === 'string' ? json : malformed(`${at} lacks a text`);
}

function whole(json: unknown, at: string): number {
  return typeof json === 'number' && Number.isSafeInteger(json) && json >= 0 ? json : malformed(`${at} lacks a number`);
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function malformed(reason: string): never {
  throw new AppError('codec/malformed-idl', { reason });
}
