import { encodeAccount } from '#core/codec/account-codec.ts';
import {
  associatedTokenAddress,
  authorizationAddress,
  coordinatorInstanceAddress,
  JOIN_SCOPE,
  participantAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import { ACCOUNT_SIZES, DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { prepareRequest, type PreparedRequest } from '#core/operations/prepare-request.ts';
import type { OperationInput, OperationSigners } from '#core/operations/request.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { addressWithSeed } from '#core/solana/pda.ts';
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM } from '#core/solana/program-ids.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { TEST_START_MS } from '#test/practice/native-chain.ts';
import { mintAccount, TEST_MINT, tokenAccount } from '#test/practice/rewards-desk.ts';
import { testAddress } from '#test/practice/stage.ts';
import { nonceEntries } from './nonce-world.ts';
import { PEOPLE } from './people.ts';
import { runBytes } from './run-bytes.ts';
import type { WalletKind, World } from './world.ts';
import { createWorldChain } from './world-chain.ts';

/** Id of the run every world is about. */
export const RUN_ID = 'atlas-7';

/** The text a derived address is made of; the one that may be taken already. */
export const SEED = 'one';

const PLENTY = 50_000_000_000n;

const KEY_HOLDERS = new Set<Address>(Object.values(PEOPLE));

/** Keys that may join in the name of the user: more than one transaction takes. */
export const DELEGATES = Array.from({ length: 40 }, (_, index) => testAddress(100 + index));

const SECONDS_A_DAY = 86_400;

export function signersOf({ authority, joinAuthority, payer }: World): OperationSigners {
  const owner = PEOPLE[authority];
  const grantor = joinAuthority === 'owner' ? PEOPLE.owner : PEOPLE.joinAuthority;
  const payers = { authority: owner, 'join authority': grantor, user: PEOPLE.user, funder: PEOPLE.funder };
  return {
    payer: payer.is === 'another' ? PEOPLE.payer : payers[payer.is],
    authority: owner,
    joinAuthority: grantor,
  };
}

/**
 * The chain as the world says, and the app's way of asking it.
 *
 * @param payerLamports - what the payer has; plenty without it
 */
export function stageWorld(world: World, payerLamports = PLENTY) {
  const { reader, send } = createWorldChain(accountsOf(world, payerLamports), KEY_HOLDERS);
  return {
    send,
    prepare: (operation: OperationInput, nonce?: NonceLifetime): Promise<PreparedRequest> =>
      prepareRequest(
        { operation, signers: signersOf(world) },
        {
          chain: reader,
          programs: DEFAULT_PROGRAM_IDS,
          freshAccount: PEOPLE.account,
          ownAccounts: new Set(world.remembersRun ? [accountOf(world)] : []),
          nonce,
        },
      ),
  };
}

type Entry = readonly [Address, StoredAccount];

function accountsOf(world: World, payerLamports: bigint): Entry[] {
  const { payer, authority, joinAuthority } = signersOf(world);
  return [
    ...(payerLamports > 0n ? [sol(payer, payerLamports)] : []),
    ...(world.isAuthorityAssigned && authority !== payer
      ? [[authority, stored(new Uint8Array(), DEFAULT_PROGRAM_IDS.coordinator)] as const]
      : []),
    ...earlyEntries(world),
    ...(world.route === 'no run' ? [] : runEntries(world)),
    ...authorizationEntry(world, joinAuthority, SYSTEM_PROGRAM),
    ...authorizationEntry(world, joinAuthority, PEOPLE.user),
    ...nonceEntries(world),
    ...mintEntry(world),
    ...walletEntry(PEOPLE.funder, world.funder.kind, world.funder.amount),
    ...walletEntry(PEOPLE.user, world.user.kind, 3n),
  ];
}

function accountOf({ run, route }: World): Address {
  return run.isSeeded && route !== 'no run' ? seededAddress(PEOPLE.owner) : PEOPLE.account;
}

function seededAddress(base: Address): Address {
  return addressWithSeed(base, SEED, DEFAULT_PROGRAM_IDS.coordinator);
}

function treasuryAddresses() {
  const index = treasurerIndexOf(RUN_ID);
  const { address: treasurerRun, bump } = treasurerRunAddress(index);
  return { index, treasurerRun, bump, vault: associatedTokenAddress(treasurerRun, TEST_MINT).address };
}

/** What anybody can do to addresses before there is anything; what the run has of its own replaces it. */
function earlyEntries({ early, authority }: World): Entry[] {
  const { treasurerRun, vault } = treasuryAddresses();
  const instance = coordinatorInstanceAddress(RUN_ID).address;
  const participant = participantAddress(treasurerRun, PEOPLE.user).address;
  const authorization = authorizationAddress(PEOPLE.owner, DELEGATES[0] ?? PEOPLE.user).address;
  return [
    ...(early.at === 'everywhere'
      ? [instance, treasurerRun, vault, participant, authorization].map((at) => sol(at, early.lamports))
      : []),
    ...(early.treasury === 'index taken' ? [[treasurerRun, treasury(PEOPLE.stranger, 0n)] as const] : []),
    ...(early.treasury === 'vault taken' ? [[vault, tokenAccount(treasurerRun, 1n)] as const] : []),
    ...(early.seeded === 'taken' ? [sol(seededAddress(PEOPLE[authority]), early.lamports)] : []),
  ];
}

function treasury(account: Address, claimed: bigint): StoredAccount {
  const { index, bump } = treasuryAddresses();
  const data = encodeAccount('treasurer', 'Run', {
    bump,
    index,
    main_authority: addressToBytes(PEOPLE.owner),
    join_authority: addressToBytes(PEOPLE.owner),
    coordinator_account: addressToBytes(account),
    coordinator_instance: addressToBytes(coordinatorInstanceAddress(RUN_ID).address),
    collateral_mint: addressToBytes(TEST_MINT),
    total_claimed_collateral_amount: claimed,
    total_claimed_earned_points: claimed,
  });
  return stored(padded(data, ACCOUNT_SIZES.Run), DEFAULT_PROGRAM_IDS.treasurer);
}

function runEntries(world: World): Entry[] {
  const { coordinator, treasurer } = DEFAULT_PROGRAM_IDS;
  const { address: instance, bump } = coordinatorInstanceAddress(RUN_ID);
  const { treasurerRun, vault: vaultAddress } = treasuryAddresses();
  const account = accountOf(world);
  const isRewarded = world.route !== 'plain';
  const data = encodeAccount('coordinator', 'CoordinatorInstance', {
    bump,
    main_authority: addressToBytes(isRewarded ? treasurerRun : PEOPLE.owner),
    join_authority: addressToBytes(PEOPLE.owner),
    coordinator_account: addressToBytes(account),
    run_id: RUN_ID,
  });
  const { address: participant, bump: participantBump } = participantAddress(treasurerRun, PEOPLE.user);
  const record = encodeAccount('treasurer', 'Participant', {
    bump: participantBump,
    claimed_collateral_amount: world.user.claimed ?? 0n,
    claimed_earned_points: world.user.claimed ?? 0n,
  });
  const vault = tokenAccount(treasurerRun, world.vault.amount);
  if (world.vault.kind === 'frozen') vault.data[FROZEN.offset] = FROZEN.value;
  return [
    [instance, stored(padded(data, ACCOUNT_SIZES.CoordinatorInstance), coordinator)],
    [account, stored(runBytes(world, RUN_ID, PEOPLE.user), coordinator)],
    ...(isRewarded
      ? ([
          [treasurerRun, treasury(world.route === 'treasurer' ? account : PEOPLE.stranger, world.vault.claimedFromRun)],
          [vaultAddress, vault],
          ...(world.user.claimed === undefined
            ? []
            : [[participant, stored(padded(record, ACCOUNT_SIZES.Participant), treasurer)] as const]),
        ] as const)
      : []),
  ];
}

function authorizationEntry(world: World, grantor: Address, grantee: Address): Entry[] {
  const kind = grantee === SYSTEM_PROGRAM ? world.anyone : world.oneUser;
  if (kind === 'missing') return [];
  const { address, bump } = authorizationAddress(grantor, grantee);
  if (kind === 'only SOL') return [sol(address, world.early.lamports)];
  const data = encodeAccount('authorizer', 'Authorization', {
    bump,
    grantor: addressToBytes(grantor),
    grantee: addressToBytes(grantee),
    scope: JOIN_SCOPE,
    active: kind === 'active',
    delegates: grantee === SYSTEM_PROGRAM ? [] : DELEGATES.slice(0, world.delegates).map(addressToBytes),
    grantor_update_unix_timestamp: BigInt(TEST_START_MS / 1_000 - world.days * SECONDS_A_DAY),
  });
  const account = stored(data, DEFAULT_PROGRAM_IDS.authorizer);
  return [[address, { ...account, lamports: account.lamports + world.surplus }]];
}

function mintEntry({ mint, route, early }: World): Entry[] {
  // A mint with a vault is never closed and never changes hands. Source: SPL Token.
  switch (route === 'no run' || route === 'plain' ? mint : 'good') {
    case 'missing':
      return [];
    case 'only SOL':
      return [sol(TEST_MINT, early.lamports)];
    case 'good':
      return [[TEST_MINT, mintAccount()]];
    case 'freezable':
      return [[TEST_MINT, mintAccount({ freezeAuthority: PEOPLE.stranger })]];
    case 'of Token-2022':
      return [[TEST_MINT, mintAccount({ owner: TOKEN_2022_PROGRAM })]];
    case 'a token account':
      return [[TEST_MINT, tokenAccount(PEOPLE.stranger, 1n)]];
    case 'not initialised': {
      const account = mintAccount();
      account.data.fill(0);
      return [[TEST_MINT, account]];
    }
  }
}

/** Where a token account keeps its delegate and its state. Source: spl-token, `state.rs`. */
const DELEGATE = { offset: 72, value: 1 };
const FROZEN = { offset: 108, value: 2 };

function walletEntry(owner: Address, kind: WalletKind, amount: bigint): Entry[] {
  const { address } = associatedTokenAddress(owner, TEST_MINT);
  if (kind === 'missing') return [];
  if (kind === 'only SOL') return [sol(address, 1_000_000n)];
  const account = tokenAccount(kind === 'given away' ? PEOPLE.stranger : owner, amount);
  if (kind === 'frozen') account.data[FROZEN.offset] = FROZEN.value;
  if (kind === 'delegated') {
    account.data[DELEGATE.offset] = DELEGATE.value;
    account.data.set(addressToBytes(PEOPLE.stranger), DELEGATE.offset + 4);
  }
  return [[address, account]];
}

function sol(address: Address, lamports: bigint): Entry {
  return [address, { lamports, data: new Uint8Array(), owner: SYSTEM_PROGRAM, executable: false }];
}

function stored(data: Uint8Array, owner: Address): StoredAccount {
  return { lamports: rentExemptMinimum(data.length), data, owner, executable: false };
}

function padded(data: Uint8Array, sizeBytes: number): Uint8Array {
  const whole = new Uint8Array(sizeBytes);
  whole.set(data);
  return whole;
}
