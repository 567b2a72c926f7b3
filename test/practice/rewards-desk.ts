import { decodeCoordinatorAccount, encodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import { associatedTokenAddress, treasurerIndexOf, treasurerRunAddress } from '#core/layouts/addresses.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import type { CreateRunInput, RewardsInput } from '#core/operations/create-run/input.ts';
import type { Prepared } from '#core/operations/prepared.ts';
import type { OperationInput, OperationSigners } from '#core/operations/request.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeMint, encodeTokenAccount, readTokenAccount } from '#practice/chain/token-accounts.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { createOperatorDesk, createRunInput } from './operator-desk.ts';
import { testAddress } from './stage.ts';

/** The token of a rewarded run in tests: 6 decimals. */
export const TEST_MINT = testAddress(70);

/**
 * @param tokens - native units the owner holds
 * @param accounts - further accounts, which may replace mint and wallet
 */
export function createRewardsDesk({
  tokens = 1_000_000_000n,
  remembersRun = true,
  accounts = [],
}: { tokens?: bigint; remembersRun?: boolean; accounts?: Iterable<readonly [Address, StoredAccount]> } = {}) {
  const owner = createOperatorDesk().person('owner');
  const desk = createOperatorDesk({
    remembersRun,
    accounts: [
      [TEST_MINT, mintAccount({ decimals: 6 })],
      [associatedTokenAddress(owner, TEST_MINT).address, tokenAccount(owner, tokens)],
      ...accounts,
    ],
  });
  const signers = desk.oneOwner();
  const treasurerRun = treasurerRunAddress(treasurerIndexOf('atlas-7')).address;
  const vault = associatedTokenAddress(treasurerRun, TEST_MINT).address;
  const walletOf = (user: Address) => associatedTokenAddress(user, TEST_MINT).address;
  const held = (at: Address) => readTokenAccount(desk.chain.account(at))?.amount;

  /** Overwrites the bytes of an account in place, as no transaction could. */
  function poke(address: Address, change: (data: Uint8Array) => Uint8Array): void {
    const found = desk.chain.account(address);
    if (!found) throw new Error(`nothing at ${address}`);
    found.data.set(change(found.data.slice()));
  }

  return {
    ...desk,
    owner: signers,
    treasurerRun,
    vault,
    walletOf,
    poke,
    /** Native units in a wallet's token account. */
    heldBy: (user: Address) => held(walletOf(user)),
    inVault: () => held(vault),
    /** Changes what the account of the new run says, as no transaction could. */
    alter(change: (value: CoordinatorAccount) => void): void {
      poke(desk.person('account of the new run'), (data) => {
        const value = decodeCoordinatorAccount(data);
        change(value);
        return encodeCoordinatorAccount(value);
      });
    },
    /** Makes users known to the new run, with points that no epoch paid. */
    earn(earnings: readonly (readonly [Address, bigint])[]): void {
      poke(desk.person('account of the new run'), (data) => {
        const value = decodeCoordinatorAccount(data);
        value.state.clients_state.clients = earnings.map(([user, earned]) => ({
          id: { signer: addressToBytes(user), p2p_identity: new Uint8Array(32) },
          _unused: new Uint8Array(8),
          earned,
          slashed: 0n,
          active: 0n,
        }));
        return encodeCoordinatorAccount(value);
      });
    },
    /** Sends every step of the plan; answers how many there were. */
    async carryOut(operation: OperationInput, by: OperationSigners = signers): Promise<number> {
      for (let step = 0; ; step += 1) {
        if ((await desk.prepare(operation, by)).steps.length === 0) return step;
        const error = await desk.sendNext(operation, by);
        if (error !== null) throw new Error(JSON.stringify(error));
      }
    },
    /** Titles and reasons of what speaks against it. */
    async failures(operation: OperationInput, by: OperationSigners = signers): Promise<string[]> {
      return failuresOf((await desk.prepare(operation, by)).prepared);
    },
    async warnings(operation: OperationInput, by: OperationSigners = signers): Promise<string[]> {
      const { checks } = (await desk.prepare(operation, by)).prepared;
      return checks.filter(({ kind }) => kind === 'warn').map(({ title, reason }) => `${title}: ${reason}`);
    },
  };
}

export function failuresOf({ checks }: Prepared): string[] {
  return checks.filter(({ kind }) => kind === 'fail').map(({ title, reason }) => `${title}: ${reason}`);
}

/** A request to create a run that pays the test mint; name what matters. */
export function rewardedRunInput(
  rewards: Partial<RewardsInput> = {},
  parts: Partial<CreateRunInput> = {},
): CreateRunInput {
  return createRunInput({ ...parts, rewards: { mint: TEST_MINT, decimals: 6, ...rewards } });
}

/** A classic mint; without a freeze authority unless one is given. */
export function mintAccount({
  decimals = 6,
  supply = 10n ** 15n,
  freezeAuthority,
  owner = TOKEN_PROGRAM,
}: { decimals?: number; supply?: bigint; freezeAuthority?: Address; owner?: Address } = {}): StoredAccount {
  const data = encodeMint({ authority: addressToBytes(testAddress(71)), supply, decimals });
  if (freezeAuthority) {
    data[46] = 1;
    data.set(addressToBytes(freezeAuthority), 50);
  }
  return { lamports: rentExemptMinimum(data.length), data, owner, executable: false };
}

/** A token account of the test mint. */
export function tokenAccount(owner: Address, amount: bigint): StoredAccount {
  const data = encodeTokenAccount({ mint: addressToBytes(TEST_MINT), owner: addressToBytes(owner), amount });
  return { lamports: rentExemptMinimum(data.length), data, owner: TOKEN_PROGRAM, executable: false };
}
