import { readFileSync } from 'node:fs';
import { base64 } from '@scure/base';

/** Message bytes, and what they are. */
export type NamedMessage = { readonly name: string; readonly message: Uint8Array };

/** The app's own transactions and those of other programs, as `build-transactions.ts` makes them. */
const TRANSACTIONS_FILE = 'test/fixtures/transactions/messages.json';

/** Messages that were given to a real Ledger. */
const LEDGER_FILE = 'test/fixtures/ledger/messages.json';

/** Two of the Ledger's are no messages: a byte too many, and garbage. */
const NOT_MESSAGES = ['trailing_byte', 'garbage'];

/** Every fixture transaction. */
export function readFixtureTransactions(): readonly NamedMessage[] {
  const own = readJson<readonly { name: string; message: string }[]>(TRANSACTIONS_FILE);
  const { cases } = readJson<{ cases: readonly { name: string; message_base64: string }[] }>(LEDGER_FILE);
  return [
    ...own.map(({ name, message }) => ({ name, message: base64.decode(message) })),
    ...cases
      .filter(({ name }) => !NOT_MESSAGES.includes(name))
      .map(({ name, message_base64 }) => ({ name: `ledger ${name}`, message: base64.decode(message_base64) })),
  ];
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
