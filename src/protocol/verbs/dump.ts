import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { dirname, join } from 'node:path';
import { base64 } from '@scure/base';
import { z } from 'zod';
import { dumpRun } from '#core/dump/dump-run.ts';
import { dumpUser } from '#core/dump/dump-user.ts';
import type { KnownAccounts, ReadPlan } from '#core/dump/read-plan.ts';
import { planRunFacts, type RunFacts } from '#core/dump/run-facts.ts';
import { stringifyJson } from '#core/dump/stringify-json.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { Account } from '#core/ports.ts';
import { AddressText, U64 } from '#core/units/wire.ts';
import { readBytes, readJson } from '../input.ts';

const RpcAccount = z.looseObject({
  address: AddressText,
  owner: AddressText,
  lamports: U64,
  dataBase64: z.base64().optional(),
  /** Relative to the file that names it. */
  dataFile: z.string().optional(),
});

const DumpInput = z.looseObject({
  args: z.looseObject({
    run_id: z.string(),
    treasurer_index: U64.nullable().optional(),
    address: AddressText.optional(),
  }),
  rpcAccounts: z.array(RpcAccount),
});

/** What `json-dump-run` prints for a run on these accounts. */
export function dumpRunVerb(file: string): string {
  return stringifyJson(dumpRun(runFacts(file)));
}

/** What `json-dump-user` prints for the wallet `args.address`. */
export function dumpUserVerb(file: string): string {
  const facts = runFacts(file);
  if (!facts.user) throw new AppError('protocol/malformed', { path: 'args.address', expected: 'a wallet' });
  return stringifyJson(dumpUser(facts, facts.user));
}

function runFacts(file: string): RunFacts {
  const { args, rpcAccounts } = readJson(file, DumpInput);
  const accounts = new Map(rpcAccounts.map((account) => [account.address, accountFrom(account, file)]));
  const plan = planRunFacts({
    runId: args.run_id,
    programs: DEFAULT_PROGRAM_IDS,
    ...(typeof args.treasurer_index === 'bigint' && { treasurerIndex: args.treasurer_index }),
    ...(args.address !== undefined && { user: args.address }),
  });
  return answerFrom(plan, accounts);
}

function answerFrom<T>(plan: ReadPlan<T>, accounts: KnownAccounts): T {
  let step = plan;
  while (step.kind === 'read') {
    const asked = new Set(step.addresses);
    step = step.next(new Map([...accounts].filter(([address]) => asked.has(address))));
  }
  return step.value;
}

function accountFrom(
  { address, owner, lamports, dataBase64, dataFile }: z.output<typeof RpcAccount>,
  file: string,
): Account {
  const data = dataFile === undefined ? base64.decode(dataBase64 ?? '') : readBytes(join(dirname(file), dataFile));
  return { address, owner, lamports, executable: false, data, space: data.length };
}
