import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { runManagerLine } from '../command-line.ts';
import type { OperationContext } from '../define-operation.ts';
import { cliAmount, indexFlag, ROUNDING_NOTE } from '../token-text.ts';
import type { CreateFacts } from './create-run-facts.ts';
import type { CreateRunInput, RewardsInput } from './input.ts';

/** The `run-manager` lines that do the same: up to four for a plain run, six for one with rewards. */
export function createRunCommand(input: CreateRunInput, _facts: CreateFacts, { signers }: OperationContext): string {
  const { runId, whoMayJoin, clientVersion, metadata, configText, start, rewards } = input;
  const run = { 'run-id': runId, ...indexFlag(runId, rewards?.treasurerIndex) };
  return [
    runManagerLine('join-authorization-create', 'join_authority.json', {
      authorizer: whoMayJoin.kind === 'anyone' ? SYSTEM_PROGRAM : whoMayJoin.address,
    }),
    runManagerLine('create-run', 'main_authority.json', {
      ...run,
      'client-version': clientVersion,
      'join-authority': signers.joinAuthority,
      ...(rewards && { 'treasurer-collateral-mint': rewards.mint }),
    }),
    runManagerLine('update-config', 'main_authority.json', {
      ...run,
      ...(configText === undefined ? {} : { 'config-path': 'config.toml' }),
      name: metadata.name,
      description: metadata.description,
      'num-parameters': metadata.parameters.toString(),
      'vocab-size': metadata.vocabulary.toString(),
    }),
    ...(rewards ? ratesLines(rewards, run) : []),
    ...(start ? [runManagerLine('set-paused', 'main_authority.json', { ...run, resume: true })] : []),
    ...(rewards?.topUp ? topUpLines(rewards.topUp.upTo, rewards.decimals, run) : []),
  ].join('\n');
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
