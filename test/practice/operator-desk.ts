import { Keypair, type TransactionInstruction, VersionedTransaction, VersionedMessage } from '@solana/web3.js';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CreateRunInput } from '#core/operations/create-run/input.ts';
import { prepareRequest, type PreparedRequest } from '#core/operations/prepare-request.ts';
import type { OperationInput, OperationSigners } from '#core/operations/request.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { buildMessage } from '#core/transactions/build.ts';
import { type Chain, createChain } from '#practice/chain/chain.ts';
import { createExecute } from '#practice/chain/create-execute.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { startsWith } from '#core/codec/program-interface.ts';
import { createTestExecutor } from './engine.ts';
import { countingRandom, TEST_START_MS } from './native-chain.ts';

/** It keeps nothing between transactions, and making one takes longer than most tests. */
const sharedExecutor = createTestExecutor();

/** A practice chain and the keys of the people around a run; every operation goes the way the app sends it. */
/**
 * @param remembersRun - whether the journal knows that the run's account was created here
 * @param accounts - exist before the first transaction
 */
export function createOperatorDesk({
  remembersRun = true,
  accounts = [],
}: { remembersRun?: boolean; accounts?: Iterable<readonly [Address, StoredAccount]> } = {}) {
  const chain = createChain({
    genesis: { accounts },
    now: () => TEST_START_MS,
    random: countingRandom(),
    slotMs: 200,
    execute: createExecute(DEFAULT_PROGRAM_IDS, sharedExecutor),
  });
  const keys = new Map<string, Keypair>();
  const person = (name: string): Address => {
    const key = Keypair.fromSeed(Buffer.from(name.padEnd(32).slice(0, 32)));
    keys.set(key.publicKey.toBase58(), key);
    return key.publicKey.toBase58() as Address;
  };
  const reader = readerOf(chain);
  const fresh = person('account of the new run');

  const prepare = (operation: OperationInput, signers: OperationSigners): Promise<PreparedRequest> =>
    prepareRequest(
      { operation, signers },
      {
        chain: reader,
        programs: DEFAULT_PROGRAM_IDS,
        freshAccount: fresh,
        ownAccounts: new Set(remembersRun ? [fresh] : []),
      },
    );

  /** Sends instructions as they are, signed by everybody they name; answers as `sendNext` does. */
  const send = (instructions: readonly TransactionInstruction[], payer: Address): unknown => {
    const message = buildMessage(instructions, { payer, blockhash: chain.latestBlockhash().blockhash });
    const transaction = new VersionedTransaction(VersionedMessage.deserialize(message));
    const { staticAccountKeys, header } = transaction.message;
    const signing = staticAccountKeys.slice(0, header.numRequiredSignatures);
    transaction.sign(signing.flatMap((key) => keys.get(key.toBase58()) ?? []));
    const submission = chain.submit(transaction.serialize(), { preflight: false });
    if (submission.kind !== 'taken') throw new Error(submission.kind);
    return chain.find(submission.signature)?.err;
  };

  return {
    chain,
    reader,
    person,
    prepare,
    fund: (address: Address, lamports: bigint) => chain.pour(address, lamports),
    /** One person with 5 SOL who plays every part. */
    oneOwner(): OperationSigners {
      const owner = person('owner');
      chain.pour(owner, 5_000_000_000n);
      return { payer: owner, authority: owner, joinAuthority: owner };
    },
    /** The run that was created here, from the bytes of its account. */
    newRun: () => decodeCoordinatorAccount(chain.account(fresh)?.data ?? new Uint8Array()),
    /** Sends the next step of the plan; answers with the error of the chain, `null` when it landed. */
    async sendNext(operation: OperationInput, signers: OperationSigners): Promise<unknown> {
      const [step] = (await prepare(operation, signers)).steps;
      if (!step) throw new Error('the plan is empty');
      return send(step.instructions, signers.payer);
    },
    send,
  };
}

/** A complete request to create a run anyone may join; name what matters. */
export function createRunInput(parts: Partial<CreateRunInput> = {}): CreateRunInput {
  return {
    kind: 'create-run',
    runId: 'atlas-7',
    whoMayJoin: { kind: 'anyone' },
    metadata: { name: 'Atlas', description: 'A rehearsal', parameters: 20_000_000n, vocabulary: 32_000n },
    clientVersion: 'latest',
    start: false,
    ...parts,
  };
}

function readerOf(chain: Chain): ChainReader {
  const read = (address: Address): Account | undefined => {
    const found = chain.account(address);
    return found && { ...found, address, space: found.data.length };
  };
  return {
    readAccounts: async (addresses) => ({ slot: chain.time().slot, accounts: addresses.map(read) }),
    readProgramAccounts: async ({ program, space, prefix, matching = [] }) => ({
      slot: chain.time().slot,
      accounts: chain
        .accountsOwnedBy(program)
        .flatMap(({ address }) => read(address) ?? [])
        .filter(
          ({ data }) =>
            (space === undefined || data.length === space) &&
            [{ offset: 0, bytes: prefix }, ...matching].every(({ offset, bytes }) =>
              startsWith(data.subarray(offset), bytes),
            ),
        ),
    }),
    readRentFloor: async (sizeBytes) => rentExemptMinimum(sizeBytes),
    readClusterTime: async () => Number(chain.time().unixTimestamp),
  };
}
