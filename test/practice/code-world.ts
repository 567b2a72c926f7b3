import type { CoordinatorConfig, CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import type { Chain } from '#practice/chain/chain.ts';
import type { NetworkKey } from '#practice/genesis/derive-key.ts';
import { signTransaction } from '#practice/genesis/sign-transaction.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { healthArgs, joinArgs, validProof, warmupArgs, witnessArgs } from './coordinator-steps.ts';
import { createRunOnChain, type RunOnChain } from './run-on-chain.ts';

/** An instruction that a program is going to refuse, the last of its transaction, and who signs. */
export type Attempt = {
  readonly instructions: readonly Instruction[];
  readonly signers: readonly [NetworkKey, ...NetworkKey[]];
};

/** Runs in every state a refusal needs, on one network. */
export type CodeWorld = ReturnType<typeof createCodeWorld>;

export function createCodeWorld(chain: Chain) {
  let made = 0;
  const person = (name = `person ${(made += 1)}`): NetworkKey => {
    const key = chain.keyFor(name);
    chain.pour(key.address, 5_000_000_000n);
    return key;
  };
  const newRun = (options: Parameters<typeof createRunOnChain>[2] = {}) =>
    createRunOnChain(chain, `codes-${(made += 1)}`, options);
  const waiting = (config: Partial<CoordinatorConfig> = {}) => newRun({ config });
  const by = <N extends keyof CoordinatorInstructions>(
    run: RunOnChain,
    user: NetworkKey,
    name: N,
    args: CoordinatorInstructions[N],
  ): Attempt => ({ instructions: [run.instruction(name, args, user.address)], signers: [user] });
  const land = (run: RunOnChain, { instructions, signers }: Attempt) => run.send(instructions, signers);
  const join = (run: RunOnChain, user = person()): NetworkKey => {
    land(run, by(run, user, 'join_run', joinArgs(user.address)));
    return user;
  };
  const tickAfter = (run: RunOnChain, seconds: number): void => {
    chain.advance(seconds);
    land(run, by(run, run.owner, 'tick', {}));
  };
  const training = (count: number, config: Partial<CoordinatorConfig> = {}) => {
    const run = waiting({ init_min_clients: count, ...config });
    const users = Array.from({ length: count }, () => join(run));
    tickAfter(run, 5);
    tickAfter(run, 11);
    return { run, users };
  };
  const proofOf = (run: RunOnChain, index: number) =>
    validProof({ read: () => ({ version: 1n, nonce: 0n, state: run.read() }) }, index);
  const witness = (run: RunOnChain, user: NetworkKey, index: number): void =>
    land(run, by(run, user, 'witness', witnessArgs(proofOf(run, index))));
  return {
    chain,
    person,
    newRun,
    waiting,
    by,
    land,
    join,
    tickAfter,
    training,
    proofOf,
    witness,
    /** A run at its end: one round of one client was all there was to do. */
    finished(): RunOnChain {
      const { run, users } = training(1, { total_steps: 2 });
      for (const user of users) witness(run, user, 0);
      tickAfter(run, 6);
      tickAfter(run, 21);
      return run;
    },
    /** Two clients of whom the second stayed idle through two rounds. */
    withIdle() {
      const { run, users } = training(2);
      const [first, second] = users;
      if (first === undefined || second === undefined) throw new Error('no clients');
      for (let round = 0; round < 2; round += 1) {
        witness(run, first, 0);
        tickAfter(run, 16);
        tickAfter(run, 6);
      }
      return { run, first, second };
    },
    health: (run: RunOnChain, user: NetworkKey, target: NetworkKey, position: bigint) =>
      by(run, user, 'health_check', healthArgs(target.address, position, 1n)),
    warmup: (run: RunOnChain, user: NetworkKey, index: number) =>
      by(run, user, 'warmup_witness', warmupArgs({ position: 0n, index: BigInt(index), witness: true })),
  };
}

/** The transaction of an attempt, signed, in base64. */
export function wireOf(chain: Chain, { instructions, signers }: Attempt): string {
  return Buffer.from(signTransaction(instructions, signers, chain.latestBlockhash().blockhash)).toString('base64');
}
