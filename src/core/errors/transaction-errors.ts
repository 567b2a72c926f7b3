import { defineErrors } from './define-errors.ts';

/** What to do about bytes that are not a transaction this app signs: nothing here can repair them. */
const GET_NEW_BYTES = 'Do not sign it. Ask whoever made it for a new one, made with current tools';

export const transactionErrors = defineErrors({
  'message/empty': (_: Record<string, never>) => ({
    happened: 'There are no bytes to read',
    remedy: 'Open or paste the transaction again',
  }),
  'message/version-unsupported': ({ version }: { version: number }) => ({
    happened: `This is a version ${version} transaction`,
    remedy: 'This app signs legacy and version 0 transactions only. Ask for one of those',
  }),
  'message/off-chain': (_: Record<string, never>) => ({
    happened: 'These bytes are marked as an off-chain message, not a transaction',
    remedy: 'This app signs transactions only',
  }),
  'message/truncated': ({ offset, needed }: { offset: number; needed: number }) => ({
    happened: `The bytes end too early: ${needed} more should follow byte ${offset}`,
    remedy: 'The transaction was cut in transit. Copy all of it',
  }),
  'message/length-not-canonical': ({ offset }: { offset: number }) => ({
    happened: `The length at byte ${offset} is not written in its one allowed form`,
    remedy: GET_NEW_BYTES,
  }),
  'message/trailing-bytes': ({ count }: { count: number }) => ({
    happened: `${count} bytes follow the end of the transaction`,
    remedy: GET_NEW_BYTES,
  }),
  'message/not-canonical': (_: Record<string, never>) => ({
    happened: 'The bytes can be read, but written again they are different',
    remedy: GET_NEW_BYTES,
  }),
  'message/too-large': ({ bytes, max }: { bytes: number; max: number }) => ({
    happened: `With its signatures this transaction has ${bytes} bytes; the network takes ${max}`,
    remedy: 'Split it into smaller transactions',
  }),
  'message/no-signer': (_: Record<string, never>) => ({
    happened: 'Nobody has to sign this transaction, so nobody pays for it',
    remedy: GET_NEW_BYTES,
  }),
  'message/payer-read-only': (_: Record<string, never>) => ({
    happened: 'The fee payer is marked read-only, so no fee could be taken',
    remedy: GET_NEW_BYTES,
  }),
  'message/header-exceeds-keys': ({ needed, keys }: { needed: number; keys: number }) => ({
    happened: `The header speaks of ${needed} accounts, the transaction lists ${keys}`,
    remedy: GET_NEW_BYTES,
  }),
  'message/too-many-keys': ({ keys, max }: { keys: number; max: number }) => ({
    happened: `The transaction names ${keys} accounts; the network takes ${max}`,
    remedy: 'Split it into smaller transactions',
  }),
  'message/duplicate-key': ({ address }: { address: string }) => ({
    happened: `The account ${address} is listed twice`,
    remedy: GET_NEW_BYTES,
  }),
  'message/index-out-of-range': ({
    instruction,
    index,
    keys,
  }: {
    instruction: number;
    index: number;
    keys: number;
  }) => ({
    happened: `Instruction ${instruction + 1} uses account number ${index}, but there are only ${keys}`,
    remedy: GET_NEW_BYTES,
  }),
  'message/program-is-payer': ({ instruction }: { instruction: number }) => ({
    happened: `Instruction ${instruction + 1} names the fee payer as its program`,
    remedy: GET_NEW_BYTES,
  }),
  'message/program-from-table': ({ instruction }: { instruction: number }) => ({
    happened: `The program of instruction ${instruction + 1} comes from a lookup table`,
    remedy: GET_NEW_BYTES,
  }),
  'message/lookup-empty': ({ table }: { table: string }) => ({
    happened: `The lookup table ${table} is named, but nothing is taken from it`,
    remedy: GET_NEW_BYTES,
  }),
  'transaction/signature-count': ({ carried, required }: { carried: number; required: number }) => ({
    happened: `The transaction carries ${carried} signature places and needs ${required}`,
    remedy: GET_NEW_BYTES,
  }),
  'transaction/no-such-step': ({ from, to }: { from: string; to: string }) => ({
    happened: `A transaction that is ${from} cannot become ${to}`,
    remedy: 'Open it from the list of transactions to see where it stands',
  }),
  'instruction/unreadable': ({ program, offset }: { program: string; offset: number }) => ({
    happened: `An instruction of ${program} cannot be read from byte ${offset} on`,
    remedy: 'Do not sign it unless you know exactly what it does',
  }),
});
