import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { ACCOUNT_SIZES, DEFAULT_PROGRAM_IDS, PROGRAM_NAMES } from '#core/layouts/programs.ts';
import { NONCE_ACCOUNT_BYTES, nonceAddress } from '#core/nonces/nonce-account.ts';
import type { Account, DataSlice } from '#core/ports.ts';
import { type Address, addressToBytes, parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { startPracticeNetwork } from '#practice/start-practice-network.ts';
import { programDataAccount } from '#test/builders/program-accounts.ts';
import { accountAddressOf, coordinatorsAccount, FULL_ACCOUNT, instanceOf } from './many-runs.ts';

/**
 * A practice network with 200 nonce accounts of the demo key, and before it a node that knows 10,000 runs more and code for
 * the three programs. Their accounts are made as they are asked for: whole, they would be more than a gigabyte.
 */
const RUNS = 10_000;
const NONCES = 200;

/** Bytes of a program's code: a large one has about two megabytes. */
const CODE_BYTES = 2_000_000;

type Question = { readonly method: string; readonly params: readonly unknown[] };
type Config = { readonly dataSlice?: DataSlice; readonly filters?: readonly { readonly dataSize?: number }[] };
type Answer = { result: { context: object; value: unknown[] } };

function nonceAccounts(owner: Address): [Address, StoredAccount][] {
  return Array.from({ length: NONCES }, (_, index) => {
    const data = new Uint8Array(NONCE_ACCOUNT_BYTES);
    const view = new DataView(data.buffer);
    view.setUint32(0, 1, true);
    view.setUint32(4, 1, true);
    data.set(addressToBytes(owner), 8);
    data.fill(index + 1, 40, 72);
    view.setBigUint64(72, 5000n, true);
    const lamports = rentExemptMinimum(data.length);
    return [nonceAddress(owner, index + 1), { lamports, data, owner: SYSTEM_PROGRAM, executable: false }];
  });
}

/** As the practice network's own code is from its first slot on: so it is known to be emulated, once it was hashed. */
const codes = PROGRAM_NAMES.map((name) =>
  programDataAccount(DEFAULT_PROGRAM_IDS[name], { slot: 0n, elf: new Uint8Array(CODE_BYTES).fill(7) }),
);
const known = new Map<string, Account>([
  ...codes.map((account) => [account.address, account] as const),
  ...Array.from({ length: RUNS }, (_, index) => {
    const address = accountAddressOf(index);
    return [address, coordinatorsAccount(address, FULL_ACCOUNT, FULL_ACCOUNT.length)] as const;
  }),
]);
const instances = Array.from({ length: RUNS }, (_, index) => {
  const account = instanceOf(index);
  return { pubkey: account.address, account: onWire(account, undefined) };
});

function onWire({ data, lamports, owner, executable, space }: Account, slice: DataSlice | undefined) {
  const part = slice ? data.subarray(slice.offset, slice.offset + slice.length) : data;
  const base64 = Buffer.from(part).toString('base64');
  return { data: [base64, 'base64'], lamports: Number(lamports), owner, executable, space };
}

/** What this node knows besides the practice network behind it. */
function withMore({ method, params }: Question, answer: string): string {
  const [asked, config] = params as readonly [unknown, Config | undefined];
  if (method === 'getMultipleAccounts' && Array.isArray(asked) && asked.some((address) => known.has(String(address)))) {
    return changed(answer, (value) =>
      value.map((found, index) => {
        const account = known.get(String(asked[index]));
        return account ? onWire(account, config?.dataSlice) : found;
      }),
    );
  }
  const isForInstances =
    method === 'getProgramAccounts' &&
    asked === DEFAULT_PROGRAM_IDS.coordinator &&
    config?.filters?.some(({ dataSize }) => dataSize === ACCOUNT_SIZES.CoordinatorInstance);
  return isForInstances ? changed(answer, (value) => [...value, ...instances]) : answer;
}

function changed(answer: string, change: (value: unknown[]) => unknown[]): string {
  const parsed = JSON.parse(answer) as Answer;
  parsed.result.value = change(parsed.result.value);
  // A number too large for JavaScript stands there, and nobody reads it.
  return JSON.stringify(parsed, (key, value: unknown) => (key === 'rentEpoch' ? 0 : value));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

async function startFullCluster(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, 'data-dir': { type: 'string' }, demo: { type: 'string' } },
  });
  const demoWallet = parseAddress(values.demo ?? '');
  const network = await startPracticeNetwork({
    genesis: { demoWallet, accounts: nonceAccounts(demoWallet) },
    clock: { now: Date.now },
    random: (size) => new Uint8Array(randomBytes(size)),
    dataDir: values['data-dir'] ?? '',
  });
  const server = createServer((request, response) => {
    const answer = async () => {
      const body = await textOf(request);
      const behind = await fetch(network.rpcUrl, { method: 'POST', headers: JSON_TYPE, body });
      response.writeHead(200, JSON_TYPE).end(withMore(JSON.parse(body) as Question, await behind.text()));
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const rpcUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { webSocketUrl, genesisHash, demoMint } = network;
  process.send?.({ ready: { rpcUrl, webSocketUrl, genesisHash, demoMint } });
  const end = () => void network.close().then(() => process.exit(0));
  process.on('SIGTERM', end);
  process.on('disconnect', end);
}

const JSON_TYPE = { 'content-type': 'application/json' };

startFullCluster().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
