import { type ErrorTableName, programError } from '#core/layouts/errors.ts';
import { ANCHOR_CODES } from './anchor-codes.ts';
import type { AtlasEntry, AtlasGroup, CodeWords } from './atlas-entry.ts';
import { atlasId } from './atlas-id.ts';
import { COORDINATOR_CODES } from './coordinator-codes.ts';
import { HTTP_STATUSES } from './http-statuses.ts';
import { INSTRUCTION_NAMES } from './instruction-names.ts';
import { ASSOCIATED_TOKEN_CODES, SYSTEM_CODES, TOKEN_CODES } from './native-codes.ts';
import { AUTHORIZER_CODES, TREASURER_CODES } from './psyche-codes.ts';
import { RPC_CODES } from './rpc-codes.ts';
import { TRANSACTION_NAMES } from './transaction-names.ts';

/** Codes below this belong to the Anchor framework, not to the program. Source: Anchor, `ERROR_CODE_OFFSET`. */
const FIRST_PROGRAM_CODE = 6000;

/** Every group with its title, in the order of the atlas. */
export const ATLAS_GROUPS: readonly { readonly group: AtlasGroup; readonly title: string }[] = [
  { group: 'coordinator', title: 'Coordinator' },
  { group: 'treasurer', title: 'Treasurer' },
  { group: 'authorizer', title: 'Authorizer' },
  { group: 'anchor', title: 'Anchor (framework of the three programs)' },
  { group: 'system', title: 'System program' },
  { group: 'token', title: 'Token program' },
  { group: 'associated-token', title: 'Associated token program' },
  { group: 'transaction', title: 'Whole transactions' },
  { group: 'instruction', title: 'Instructions without a code' },
  { group: 'rpc', title: 'Node (JSON-RPC)' },
  { group: 'http', title: 'Endpoint (HTTP)' },
];

/** All errors, by group and number, by group and name where there is no number. */
export const ATLAS: readonly AtlasEntry[] = [
  ...ofProgram('coordinator', 'coordinator', COORDINATOR_CODES),
  ...ofProgram('treasurer', 'treasurer', TREASURER_CODES),
  ...ofProgram('authorizer', 'authorizer', AUTHORIZER_CODES),
  ...ofProgram('anchor', 'coordinator', ANCHOR_CODES),
  ...ofProgram('system', 'system', SYSTEM_CODES),
  ...ofProgram('token', 'token', TOKEN_CODES),
  ...ofProgram('associated-token', 'associatedToken', ASSOCIATED_TOKEN_CODES),
  ...byName('transaction', TRANSACTION_NAMES),
  ...byName('instruction', INSTRUCTION_NAMES),
  // Nodes count their codes downwards.
  ...Object.entries(RPC_CODES)
    .map(([code, { name, message, ...words }]) => entry('rpc', { code: Number(code), name, message }, words))
    .toSorted((one, other) => (other.code ?? 0) - (one.code ?? 0)),
  ...Object.entries(HTTP_STATUSES).map(([code, { name, message, ...words }]) =>
    entry('http', { code: Number(code), name, message }, words),
  ),
];

const BY_ID: ReadonlyMap<string, AtlasEntry> = new Map(ATLAS.map((each) => [each.id, each]));

export function atlasEntry(id: string): AtlasEntry | undefined {
  return BY_ID.get(id);
}

/** The entry of a custom code of a program. Anchor’s codes are the same in all three. */
export function entryOfCode(table: ErrorTableName, code: number): AtlasEntry | undefined {
  if (table === 'system' || table === 'token') return BY_ID.get(atlasId(table, code));
  if (table === 'associatedToken') return BY_ID.get(atlasId('associated-token', code));
  return BY_ID.get(atlasId(code < FIRST_PROGRAM_CODE ? 'anchor' : table, code));
}

function ofProgram(
  group: AtlasGroup,
  table: ErrorTableName,
  codes: Readonly<Record<number, CodeWords>>,
): readonly AtlasEntry[] {
  return Object.entries(codes).flatMap(([text, words]) => {
    const error = programError(table, Number(text));
    return error === undefined ? [] : [entry(group, error, words)];
  });
}

function byName(group: AtlasGroup, names: Readonly<Record<string, CodeWords>>): readonly AtlasEntry[] {
  return Object.entries(names).map(([name, words]) => entry(group, { name, message: '' }, words));
}

function entry(
  group: AtlasGroup,
  { code, name, message }: { code?: number; name: string; message: string },
  words: CodeWords,
): AtlasEntry {
  const named = new Set([
    ...(words.from ?? []),
    ...words.causes.flatMap(({ from, via }) => [...(from ?? []), ...(via ?? [])]),
  ]);
  const isOfAny = words.from === undefined && words.causes.some(({ from }) => from === undefined);
  return {
    ...words,
    id: atlasId(group, code ?? name),
    group,
    name,
    message,
    instructions: isOfAny ? [] : [...named],
    ...(code === undefined ? {} : { code }),
    ...(code === undefined || code < 0 || group === 'http' ? {} : { hex: `0x${code.toString(16)}` }),
  };
}
