import { authorizationAddress, coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorConfig, CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Chain } from '#practice/chain/chain.ts';
import { signTransaction } from '#practice/genesis/sign-transaction.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import {
  createCoordinatorAccount,
  initInstruction,
  openToEverybody,
  sampleConfig,
  sampleModel,
  updateArgs,
} from './run-on-stage.ts';
import { runInstruction, type RunKeys } from './trace-instructions.ts';

/** A run on a chain, its owner's instructions sent as signed transactions. */
export type RunOnChain = ReturnType<typeof createRunOnChain>;

/** @param options - `isOpen` lets everybody join; `isStarted` takes it out of its first pause */
export function createRunOnChain(
  chain: Chain,
  runId: string,
  options: { config?: Partial<CoordinatorConfig>; isOpen?: boolean; isStarted?: boolean } = {},
) {
  const owner = chain.keyFor('owner');
  const account = chain.keyFor(`account of ${runId}`);
  chain.pour(owner.address, 20_000_000_000n);
  const keys: RunKeys = {
    authority: owner.address,
    instance: coordinatorInstanceAddress(runId).address,
    account: account.address,
    authorization: authorizationAddress(owner.address, SYSTEM_PROGRAM).address,
  };
  const send = (instructions: readonly Instruction[], signers: Parameters<typeof signTransaction>[1] = [owner]) => {
    const wire = signTransaction(instructions, signers, chain.latestBlockhash().blockhash);
    const submission = chain.submit(wire, { preflight: true });
    if (submission.kind !== 'taken') throw new Error(JSON.stringify(submission, (_, value) => String(value)));
  };
  const call = <N extends keyof CoordinatorInstructions>(name: N, args: CoordinatorInstructions[N]) =>
    send([runInstruction(name, args, keys, owner.address)]);
  const open = () => send(openToEverybody(keys));
  send([createCoordinatorAccount(keys), initInstruction(keys, runId)], [owner, account]);
  if (options.isOpen ?? true) if (chain.account(keys.authorization) === undefined) open();
  call('update', updateArgs({ config: sampleConfig(options.config), model: sampleModel() }));
  if (options.isStarted ?? true) call('set_paused', { paused: false });
  /** An instruction that `user` signs where it is not the owner's. */
  const instruction = <N extends keyof CoordinatorInstructions>(
    name: N,
    args: CoordinatorInstructions[N],
    user: Address = owner.address,
  ) => runInstruction(name, args, keys, user);
  return {
    runId,
    keys,
    owner,
    account,
    send,
    call,
    open,
    instruction,
    read: () => decodeCoordinatorAccount(chain.account(keys.account)?.data ?? new Uint8Array()).state,
  };
}
