import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { base64 } from '@scure/base';
import { describe, expect, test } from 'vitest';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { Account } from '#core/ports.ts';
import { parseAddress, type Address } from '#core/solana/address.ts';
import { dumpCoordinatorAccount, dumpRun } from './dump-run.ts';
import { dumpUser } from './dump-user.ts';
import { followPlan } from './read-plan.ts';
import { planRunFacts, type RunFacts, type RunQuestion } from './run-facts.ts';
import { stringifyJson } from './stringify-json.ts';

const FOLDER = new URL('../../../test/fixtures/psyche/fixtures/', import.meta.url);
const THIRD_PARTY = new URL('../../../../shared/third-party/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.bin'))
  .map((file) => file.slice(0, -'.bin'.length));

describe.each(names)('%s', (name) => {
  const { cli } = exactJson(new URL(`${name}.expected.json`, FOLDER)) as { cli: Cli };

  test('the run’s dump is the CLI’s, read in two round trips', async () => {
    const { facts, rounds } = await read(cli, { ...questionOf(cli.jsonDumpRun.args) });

    expect(exact(stringifyJson(dumpRun(facts)))).toEqual(cli.jsonDumpRun.output);
    expect(rounds).toBe(2);
  });

  test('every wallet’s dump is the CLI’s, read in two round trips', async () => {
    for (const { args, output } of cli.jsonDumpUser) {
      const user = parseAddress(args.address ?? '');
      const { facts, rounds } = await read(cli, { ...questionOf(args), user });

      if (!facts.user) throw new Error('no user');
      expect(exact(stringifyJson(dumpUser(facts, facts.user)))).toEqual(output);
      expect(rounds).toBe(2);
    }
  });
});

test.skipIf(!existsSync(THIRD_PARTY))('an account written on chain is dumped as the CLI does', () => {
  const account = decodeCoordinatorAccount(readFileSync(new URL('coordinator-account-v1.bin', THIRD_PARTY)));
  const { cli } = exactJson(new URL('coordinator-account-v1.expected.json', THIRD_PARTY)) as { cli: Cli };

  const printed = exact(stringifyJson(dumpCoordinatorAccount('<address>', account)));

  expect({ coordinator_account: printed }).toEqual(cli.jsonDumpRun.output);
});

describe('finding the treasurer', () => {
  const { cli } = exactJson(new URL('full.expected.json', FOLDER)) as { cli: Cli };
  const { treasurerIndex: _index, ...withoutIndex } = questionOf(cli.jsonDumpRun.args);

  test('a Run under an index chosen by hand is found without being told the index, in a third round trip', async () => {
    const { facts, rounds } = await read(cli, withoutIndex);

    expect(facts.treasurer?.run.index).toBe(42n);
    expect(rounds).toBe(3);
  });

  test('lamports at the derived address of a plain run do not make it the treasurer’s', async () => {
    const plain = (exactJson(new URL('variant-3.expected.json', FOLDER)) as { cli: Cli }).cli;
    const asked: Address[][] = [];
    await read(plain, questionOf(plain.jsonDumpRun.args), asked);
    const gifts = (asked[0] ?? []).map((address) =>
      accountOf({ address, owner: SYSTEM, lamports: '5', dataBase64: '' }),
    );
    const { facts } = await read(plain, questionOf(plain.jsonDumpRun.args), [], gifts);

    expect(facts.treasurer).toBeNull();
  });

  test('another account of the treasurer program as main authority is not a Run', async () => {
    const accounts = cli.rpcAccounts.map((each) =>
      each.space === 200n ? { ...each, dataBase64: participantData(cli) } : each,
    );
    const { facts } = await read({ ...cli, rpcAccounts: accounts }, questionOf(cli.jsonDumpRun.args));

    expect(facts.treasurer).toBeNull();
  });

  test('a Run without its token account is refused by name', async () => {
    const accounts = cli.rpcAccounts.filter((each) => each.space !== 165n);

    await expect(read({ ...cli, rpcAccounts: accounts }, withoutIndex)).rejects.toMatchObject({
      code: 'dump/account-missing',
    });
  });
});

test('a run that does not exist is said to be missing', async () => {
  const question = { runId: 'nobody-made-this', programs: DEFAULT_PROGRAM_IDS };

  await expect(read({ rpcAccounts: [] }, question)).rejects.toMatchObject({ code: 'run/not-found' });
});

test('an instance of another deployment is not taken for ours', async () => {
  const { cli } = exactJson(new URL('variant-3.expected.json', FOLDER)) as { cli: Cli };
  const accounts = cli.rpcAccounts.map((each) => ({ ...each, owner: SYSTEM }));

  await expect(read({ rpcAccounts: accounts }, questionOf(cli.jsonDumpRun.args))).rejects.toMatchObject({
    code: 'dump/wrong-account',
  });
});

const SYSTEM = '11111111111111111111111111111111';

type RpcAccount = {
  readonly address: string;
  readonly owner: string;
  readonly lamports: string;
  readonly space?: bigint;
  readonly dataBase64?: string;
  readonly dataFile?: string;
};
type Args = { readonly run_id: string; readonly treasurer_index: string | null; readonly address?: string };
type Cli = {
  readonly rpcAccounts: readonly RpcAccount[];
  readonly jsonDumpRun: { readonly args: Args; readonly output: unknown };
  readonly jsonDumpUser: readonly { readonly args: Args; readonly output: unknown }[];
};

function questionOf(args: Args): RunQuestion {
  const index = args.treasurer_index === null ? {} : { treasurerIndex: BigInt(args.treasurer_index) };
  return { runId: args.run_id, programs: DEFAULT_PROGRAM_IDS, ...index };
}

async function read(
  { rpcAccounts }: Pick<Cli, 'rpcAccounts'>,
  question: RunQuestion,
  asked: Address[][] = [],
  extra: readonly Account[] = [],
): Promise<{ facts: RunFacts; rounds: number }> {
  const accounts = new Map([...extra, ...rpcAccounts.map(accountOf)].map((account) => [account.address, account]));
  let rounds = 0;
  const facts = await followPlan(planRunFacts(question), {
    readAccounts: (addresses) => {
      rounds += 1;
      asked.push([...addresses]);
      return Promise.resolve({ slot: 1n, accounts: addresses.map((address) => accounts.get(address)) });
    },
  });
  return { facts, rounds };
}

function accountOf({ address, owner, lamports, dataBase64, dataFile }: RpcAccount): Account {
  const data = dataFile === undefined ? base64.decode(dataBase64 ?? '') : readFileSync(new URL(dataFile, FOLDER));
  return {
    address: parseAddress(address),
    owner: parseAddress(owner),
    lamports: BigInt(lamports),
    executable: false,
    data: new Uint8Array(data),
    space: data.length,
  };
}

function participantData({ rpcAccounts }: Cli): string {
  return rpcAccounts.find((each) => each.space === 32n)?.dataBase64 ?? '';
}

function exactJson(file: URL): unknown {
  return exact(readFileSync(file, 'utf8'));
}

/** JSON with integers as `bigint`, floats as numbers: 1250.0 and 1250 are told apart, 2⁶⁴ − 1 stays whole. */
function exact(text: string): unknown {
  const marked = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d+$/.test(token) ? `"\\u0001${token}"` : token,
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith('\u0001') ? BigInt(value.slice(1)) : value,
  ) as unknown;
}
