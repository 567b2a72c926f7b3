import { base58 } from '@scure/base';
import { DROPPED, dropSecrets, type WithoutSecrets } from '#core/command-line/drop-secrets.ts';
import { ADDRESS_BYTES, type Address, parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { safeText } from '#core/units/safe-text.ts';

/** One user of a list. Lines count from 1. */
export type ListedUser = { readonly line: number; readonly address: Address; readonly label: string };

/** Something about a line: `bad` cannot be taken, `warn` was taken or needs nothing, but should be looked at. */
export type LineFinding = {
  readonly line: number;
  readonly level: 'bad' | 'warn';
  readonly message: string;
  readonly remedy: string;
};

export type ListedUsers = {
  /** Each address once, in the order of the list. */
  readonly users: readonly ListedUser[];
  readonly findings: readonly LineFinding[];
  /** Lines that repeat a user. */
  readonly duplicates: number;
};

/** Most users of one plan. Source: the input schema of allow-many. */
const MOST_USERS = 2_000;
/** Longest label, in characters. Source: the input schema of allow-many. */
const LABEL_LENGTH = 64;
/** Titles that a spreadsheet writes above its columns. */
const HEADING = /^(address|wallet|pubkey|public[ _-]?key|key|user|grantee|name|label|note|comment)s?$/i;

/** A list without the secret keys that were pasted into it by mistake: a comment stands where each stood. */
export function keepNoSecrets(raw: string): WithoutSecrets {
  const { text, dropped } = dropSecrets(raw);
  const kept = text.replace(BRACKETED_DROP, DROPPED).replaceAll(DROPPED, '# a secret key stood here and was not kept');
  return { text: dropped === 0 ? raw : kept, dropped };
}

/** A keyfile is an array: its brackets go with its numbers. */
const BRACKETED_DROP = new RegExp(`\\[\\s*${DROPPED}\\s*\\]`, 'g');

/**
 * A list of users as people keep it → users, and what is wrong by line. One user per line, the address first or last,
 * a label beside it, set apart by a comma, semicolon, tab or space; blank lines and lines with # are left out.
 *
 * @param known - addresses the operator has names for: a look-alike of one is named.
 */
export function parseUsers(text: string, known: ReadonlyMap<string, string> = new Map()): ListedUsers {
  const users: ListedUser[] = [];
  const findings: LineFinding[] = [];
  const seen = createSeen(known);
  let duplicates = 0;
  for (const [index, content] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const fields = fieldsOf(content);
    if (fields.length === 0 || (users.length === 0 && fields.every((field) => HEADING.test(field)))) continue;
    const reading = readLine(fields);
    if (reading.kind === 'bad') {
      findings.push({ line, level: 'bad', message: reading.message, remedy: reading.remedy });
      continue;
    }
    const { address, label } = reading;
    const same = seen.user(address);
    if (same) {
      duplicates += 1;
      findings.push(repeated(line, same, label));
      continue;
    }
    const user = { line, address, label: label || (known.get(address) ?? '') };
    findings.push(...seen.doubts(user));
    seen.add(user);
    users.push(user);
  }
  const tooMany = users[MOST_USERS];
  if (tooMany) {
    findings.push({
      line: tooMany.line,
      level: 'bad',
      message: `The list has ${users.length} users; one plan takes ${MOST_USERS}`,
      remedy: 'Let these in first, then the rest: those who may already are left out',
    });
  }
  return {
    users: users.slice(0, MOST_USERS),
    findings: findings.toSorted((one, other) => one.line - other.line),
    duplicates,
  };
}

type LineReading =
  | { readonly kind: 'user'; readonly address: Address; readonly label: string }
  | { readonly kind: 'bad'; readonly message: string; readonly remedy: string };

function readLine(fields: readonly string[]): LineReading {
  const addresses = fields.filter((field) => addressOf(field) !== undefined);
  const address = addressOf(addresses[0] ?? '');
  if (!address) return { kind: 'bad', ...whyNoAddress(fields) };
  if (addresses.length > 1) {
    return { kind: 'bad', message: 'Two addresses in one line', remedy: 'Give each user a line of its own' };
  }
  if (address === SYSTEM_PROGRAM) {
    return {
      kind: 'bad',
      message: 'This address stands for everyone, not for a user',
      remedy: 'Remove the line, or choose “Anyone” above',
    };
  }
  const label = fields.filter((field) => field !== addresses[0]).join(' ');
  if (label.length > LABEL_LENGTH) {
    return {
      kind: 'bad',
      message: `The label has ${label.length} characters; ${LABEL_LENGTH} fit`,
      remedy: 'Shorten it',
    };
  }
  return { kind: 'user', address, label };
}

/** Fields of a line: quoted or plain, by separator, or else by spaces. Empty for a comment or a blank line. */
function fieldsOf(content: string): readonly string[] {
  const line = content.trim();
  if (line === '' || line.startsWith('#') || line.startsWith('//')) return [];
  const separated = /[,;\t]/.test(line);
  const parts = line.match(separated ? /"(?:[^"]|"")*"|[^,;\t]+/g : /"(?:[^"]|"")*"|\S+/g) ?? [];
  return parts
    .map((part) =>
      part
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2')
        .replaceAll('""', '"')
        .trim(),
    )
    .filter(Boolean);
}

function addressOf(field: string): Address | undefined {
  try {
    return parseAddress(field);
  } catch {
    return undefined;
  }
}

/** What is wrong with the field that most looks like an address. */
function whyNoAddress(fields: readonly string[]): { message: string; remedy: string } {
  const field = fields.toSorted((one, other) => other.length - one.length)[0] ?? '';
  const shown = field.length > 50 ? `${field.slice(0, 24)}…${field.slice(-8)}` : field;
  if (field.length < 25) {
    return { message: `“${shown}” is no address`, remedy: 'Start the line with the address, 32 bytes in base58' };
  }
  const strange = [...new Set(field.match(/[^1-9A-HJ-NP-Za-km-z]/gu))];
  if (strange.length > 0) {
    return {
      message: `“${shown}” contains ${strange.map((one) => `“${safeText(one).text}”`).join(', ')}, which base58 does not have`,
      remedy: 'Copy the address again: base58 leaves out 0, O, I and l',
    };
  }
  const bytes = field.length > 120 ? 'far more than 32' : base58.decode(field).length;
  return {
    message: `“${shown}” holds ${bytes} bytes; an address has ${ADDRESS_BYTES}`,
    remedy: 'Copy the address again: a character is missing or too many',
  };
}

function repeated(line: number, first: ListedUser, label: string): LineFinding {
  const other = label !== '' && label !== first.label;
  return {
    line,
    level: 'warn',
    message: `The same user as line ${first.line}: counted once`,
    remedy: other ? `The label of line ${first.line} is kept: ${first.label || 'none'}` : '',
  };
}

/** Remembers a list while it is read, and says what an address or a label could be mistaken for. */
function createSeen(known: ReadonlyMap<string, string>) {
  const byAddress = new Map<string, ListedUser>();
  const byLabel = new Map<string, ListedUser>();
  const byLook = new Map<string, { address: string; what: string }>();
  for (const [address, label] of known) {
    for (const look of looksOf(address)) byLook.set(look, { address, what: `your “${label}”` });
  }
  return {
    user: (address: Address) => byAddress.get(address),
    add(user: ListedUser) {
      byAddress.set(user.address, user);
      if (user.label !== '' && !byLabel.has(user.label)) byLabel.set(user.label, user);
      for (const look of looksOf(user.address)) {
        if (!byLook.has(look)) byLook.set(look, { address: user.address, what: `line ${user.line}` });
      }
    },
    doubts({ line, address, label }: ListedUser): LineFinding[] {
      const findings: LineFinding[] = [];
      const alike = looksOf(address)
        .map((look) => byLook.get(look))
        .find((one) => one !== undefined && one.address !== address);
      if (alike) {
        findings.push({
          line,
          level: 'warn',
          message: `Looks like ${alike.what} but is another address`,
          remedy: 'Compare the two in full before you sign: look-alikes are made to be mistaken',
        });
      }
      const namesake = label === '' ? undefined : byLabel.get(label);
      if (namesake) {
        findings.push({
          line,
          level: 'warn',
          message: `The label “${safeText(label).text}” is also on line ${namesake.line}`,
          remedy: 'Two users of one name: make sure that neither is a mistake',
        });
      }
      if (safeText(label).hasHidden) {
        findings.push({
          line,
          level: 'warn',
          message: 'The label contains hidden characters',
          remedy: 'Type it again',
        });
      }
      return findings;
    },
  };
}

/** What two addresses share when they look alike: both ends, or every letter but for its case. */
function looksOf(address: string): readonly string[] {
  return [`${address.slice(0, 4)}…${address.slice(-4)}`, address.toLowerCase()];
}
