import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { runManagerLine } from '../command-line.ts';
import type { OperationContext } from '../define-operation.ts';
import { cliAmount, indexFlag, ROUNDING_NOTE } from '../token-text.ts';
import type { CreateFacts } from './create-run-facts.ts';
import type { CreateRunInput, RewardsInput } from './input.ts';

/** The `run-manager` lines that do the same: up to four for a plain run, six for one with rewards. */
export function createRunCommand(input: CreateRunInput, _facts: CreateFacts, { signers }: OperationContext): string {
  const { runId, whoMayJoin, clientVersion, start, rewards, accountSeed } = input;
  const run = { 'run-id': runId, ...indexFlag(runId, rewards?.treasurerIndex) };
  return [
    runManagerLine('join-authorization-create', 'join_authority.json', {
      authorizer: whoMayJoin.kind === 'anyone' ? SYSTEM_PROGRAM : whoMayJoin.address,
    }),
    ...(accountSeed === undefined ? [] : [SEED_NOTE]),
    runManagerLine('create-run', 'main_authority.json', {
      ...run,
      'client-version': clientVersion,
      'join-authority': signers.joinAuthority,
      ...(rewards && { 'treasurer-collateral-mint': rewards.mint }),
    }),
    ...updateLines(input, run),
    ...(rewards ? ratesLines(rewards, run) : []),
    ...(start ? [runManagerLine('set-paused', 'main_authority.json', { ...run, resume: true })] : []),
    ...(rewards?.topUp ? topUpLines(rewards.topUp.upTo, rewards.decimals, run) : []),
  ].join('\n');
}

/** Put above a command that would take another address. */
const SEED_NOTE = '# run-manager derives no address from a seed: it makes a new key for the account';

/** A new run has no name, no sizes and no configuration: only what differs from nothing is sent. */
function updateLines({ metadata, configText }: CreateRunInput, run: Record<string, string>): string[] {
  const { name, description, parameters, vocabulary } = metadata;
  const flags = {
    ...(configText !== undefined && { 'config-path': 'config.toml' }),
    ...(name !== '' && { name }),
    ...(description !== '' && { description }),
    ...(parameters !== 0n && { 'num-parameters': parameters.toString() }),
    ...(vocabulary !== 0n && { 'vocab-size': vocabulary.toString() }),
  };
  if (Object.keys(flags).length === 0) return [];
  return [runManagerLine('update-config', 'main_authority.json', { ...run, ...flags })];
}

function ratesLines({ earning, slashing, decimals }: RewardsInput, run: Record<string, string>): string[] {
  if (earning === undefined && slashing === undefined) return [];
  const reward = earning === undefined ? undefined : cliAmount(earning, decimals);
  const penalty = slashing === undefined ? undefined : cliAmount(slashing, decimals);
  const isRounded = reward?.isExact === false || penalty?.isExact === false;
  return [
    ...(isRounded ? [ROUNDING_NOTE] : []),
    runManagerLine('set-future-epoch-rates', 'main_authority.json', {
      ...run,
      ...(reward && { 'earning-rate-total-shared': reward.text }),
      ...(penalty && { 'slashing-rate-per-client': penalty.text }),
    }),
  ];
}

function topUpLines(amount: bigint, decimals: number, run: Record<string, string>): string[] {
  const { text, isExact } = cliAmount(amount, decimals);
  return [
    ...(isExact ? [] : [ROUNDING_NOTE]),
    runManagerLine('treasurer-top-up-rewards', 'funder.json', { ...run, 'collateral-amount': text }),
  ];
}
