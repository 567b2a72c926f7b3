import { associatedTokenAddress, participantAddress } from '#core/layouts/addresses.ts';
import { ACCOUNT_SIZES } from '#core/layouts/programs.ts';
import { claimRewards as claimInstruction, createParticipant } from '#core/programs/treasurer.ts';
import { createTokenAccount } from '#core/programs/token.ts';
import { claimedPoints } from '#core/rewards/participant.ts';
import { readTokenAccount, type TokenAccount } from '#core/rewards/token-account.ts';
import { claimableOf, earnedBy, type Claimable } from '#core/rewards/treasury.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { fail, pass, warn, withAction } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts, type OperationContext } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import { missingLamports } from '../step-costs.ts';
import type { Check } from '../prepared.ts';
import { foreignTreasurer, type RunFacts } from '../run-facts.ts';
import { mintChecks, vaultChecks } from '../token-checks.ts';
import { amountText, indexFlag } from '../token-text.ts';
import { readRunAndTreasury, type Treasury } from '../treasury-facts.ts';
import type { ClaimRewardsInput } from './input.ts';

/** Bytes of a classic token account. Source: SPL Token, `Account::LEN`. */
const TOKEN_ACCOUNT_BYTES = 165;

type ClaimFacts = RunFacts &
  Facts & {
    /** What is still missing for the rent of a token account and of a record, lamports. */
    readonly missing: { readonly tokens: bigint; readonly participant: bigint };
    /** Absent: this run pays no tokens. */
    readonly claim: ClaimState | undefined;
  };

type ClaimState = {
  readonly treasury: Treasury;
  readonly wallet: { readonly address: Address; readonly tokens: TokenAccount | undefined };
  readonly participant: { readonly address: Address; readonly exists: boolean };
  readonly points: Claimable;
};

/** Pays a client what it earned. Only the steps that are needed; nothing at all when nothing can be claimed. */
export const claimRewards = defineOperation<ClaimRewardsInput, ClaimFacts>({
  async gather({ runId, treasurerIndex, user }, { chain, programs, signers }) {
    const walletOf = (mint: Address) => associatedTokenAddress(user, mint).address;
    const recordOf = (run: Address) => participantAddress(run, user, programs.treasurer).address;
    const [{ facts, read }, floorLamports, tokens, participant] = await Promise.all([
      readRunAndTreasury({ runId, treasurerIndex }, signers.payer, { chain, programs }, ({ treasurerRun, mint }) => [
        walletOf(mint),
        recordOf(treasurerRun),
      ]),
      chain.readRentFloor(0),
      chain.readRentFloor(TOKEN_ACCOUNT_BYTES),
      chain.readRentFloor(ACCOUNT_SIZES.Participant),
    ]);
    if (!read) return { ...facts, floorLamports, missing: { tokens: 0n, participant: 0n }, claim: undefined };
    const { treasury, accounts } = read;
    const claimed = claimedPoints(accounts[1], programs.treasurer);
    const claim = {
      treasury,
      wallet: { address: walletOf(treasury.mintAddress), tokens: readTokenAccount(accounts[0]) },
      participant: { address: recordOf(treasury.place.treasurerRun), exists: claimed !== undefined },
      points: claimableOf(earnedBy(facts.run, addressToBytes(user)), claimed ?? 0n, treasury.amounts.funded),
    };
    const missing = {
      tokens: claim.wallet.tokens ? 0n : missingLamports(tokens, accounts[0]),
      participant: claim.participant.exists ? 0n : missingLamports(participant, accounts[1]),
    };
    return { ...facts, slot: treasury.slot, floorLamports, missing, claim };
  },

  check: (input, facts) => (facts.claim ? claimChecks(input, facts.claim) : [noTokens(facts)]),

  plan: ({ runId, user }, { claim, missing }, { signers }) =>
    packSteps(
      [
        {
          title: `Claim rewards of run “${runId}”`,
          instructions: claim && paysNow(claim) ? instructionsOf(claim, user, signers) : [],
          costLamports: missing.tokens + missing.participant,
        },
      ],
      {
        signers,
        roles: { [user]: 'Client' },
        runId,
        watch: [signers.payer, ...(claim ? [claim.wallet.address, claim.treasury.vault] : [])],
      },
    ),

  changes(_input, { claim }) {
    if (!claim || !paysNow(claim)) return [];
    const { points, wallet, treasury } = claim;
    const decimals = treasury.mint.kind === 'mint' ? treasury.mint.decimals : undefined;
    const held = wallet.tokens?.amount ?? 0n;
    const text = (native: bigint) => amountText(native, decimals);
    return [
      { label: 'Claimed', before: text(points.claimed), after: text(points.claimed + points.now) },
      { label: 'Wallet', before: text(held), after: text(held + points.now) },
      {
        label: 'Vault',
        before: text(treasury.amounts.funded),
        after: text(treasury.amounts.funded - points.now),
      },
    ];
  },

  consequences({ user }, { claim }) {
    if (!claim || !paysNow(claim)) return [];
    const { treasury, points } = claim;
    const decimals = treasury.mint.kind === 'mint' ? treasury.mint.decimals : undefined;
    const left = points.unclaimed - points.now;
    return [
      {
        about: 'tokens',
        text: `${amountText(points.now, decimals)} move from the vault to ${user}, whose they are then`,
      },
      ...(left > 0n
        ? [{ about: 'time' as const, text: `${amountText(left, decimals)} stay owed until the vault is filled again` }]
        : []),
    ];
  },

  rent(_input, { claim, missing: { tokens: forTokens, participant: forRecord } }) {
    if (!claim || !paysNow(claim)) return { lamports: 0n, note: '' };
    const notes = [
      ...(forTokens > 0n ? ['The rent of the token account comes back when it is closed'] : []),
      ...(forRecord > 0n ? ['The rent of the record of claims never comes back'] : []),
    ];
    return { lamports: forTokens + forRecord, note: notes.join('. ') };
  },

  command: ({ runId }, { claim }) =>
    runManagerLine('treasurer-claim-rewards', 'client.json', {
      'run-id': runId,
      ...indexFlag(runId, claim?.treasury.value.index),
    }),
});

function paysNow({ points }: ClaimState): boolean {
  return points.now > 0n && !points.isOverclaimed;
}

function instructionsOf(
  { treasury, wallet, participant, points }: ClaimState,
  user: Address,
  { payer }: OperationContext['signers'],
) {
  const { place, mintAddress, vault } = treasury;
  return [
    ...(wallet.tokens ? [] : [createTokenAccount({ payer, account: wallet.address, owner: user, mint: mintAddress })]),
    ...(participant.exists ? [] : [createParticipant(place, { payer, user, participant: participant.address })]),
    claimInstruction(place, {
      user,
      userTokens: wallet.address,
      vault,
      participant: participant.address,
      points: points.now,
    }),
  ];
}

function noTokens({ ownership }: ClaimFacts): Check {
  if (ownership.kind === 'foreign-treasurer') return foreignTreasurer(ownership.treasurerRun);
  return fail(
    'Treasury',
    'This run has no treasury: its points stand for no tokens',
    'Nothing can be claimed',
    'runId',
  );
}

function claimChecks({ runId, user }: ClaimRewardsInput, claim: ClaimState): Check[] {
  const { treasury } = claim;
  return [
    ...pointChecks(runId, user, claim),
    ...mintChecks(treasury.mint, 'runId').filter(isFail),
    ...vaultChecks(treasury),
    ...walletChecks(user, claim),
  ];
}

const isFail = ({ kind }: Check) => kind === 'fail';

function pointChecks(runId: string, user: Address, { points, treasury }: ClaimState): Check[] {
  const decimals = treasury.mint.kind === 'mint' ? treasury.mint.decimals : undefined;
  const text = (native: bigint) => amountText(native, decimals);
  if (points.isOverclaimed) {
    return [
      fail(
        'Points',
        `${user} has claimed ${text(points.claimed)}, more than the ${text(points.earned)} this run knows of: the program would abort`,
        'Ask the owner of the run whether its account was replaced',
        'user',
      ),
    ];
  }
  if (points.unclaimed === 0n) {
    const reason = points.earned === 0n ? `${user} has earned nothing in this run` : 'Everything earned is claimed';
    return [fail('Nothing to claim', reason, 'Claim when an epoch has ended', 'user')];
  }
  if (points.now === 0n) {
    const reason = `${text(points.unclaimed)} are owed, but the vault is empty`;
    const empty = fail('Nothing to claim', reason, 'Ask the owner of the run to top up its treasury', 'user');
    return [withAction(empty, 'Top up', { kind: 'top-up', runId })];
  }
  if (points.now < points.unclaimed) {
    const reason = `${text(points.unclaimed)} are owed, the vault holds ${text(points.now)}: that is paid now, the rest stays owed`;
    return [warn('Claimable', reason, 'Claim the rest when the treasury is topped up', 'user')];
  }
  return [pass('Claimable', text(points.now))];
}

/** Source: PROTOCOL.md §4.2 `participant_claim`, 2003 on `user_collateral`. */
function walletChecks(user: Address, { wallet }: ClaimState): Check[] {
  const { address, tokens } = wallet;
  if (!tokens) return [pass('Token account', `${address} is created`)];
  if (tokens.owner !== user) {
    const reason = `${address} belongs to ${tokens.owner} by now, not to ${user} (ConstraintRaw 2003)`;
    return [fail('Token account', reason, 'Get the account back, or claim with another wallet', 'user')];
  }
  if (tokens.hasDelegate) {
    const reason = `${address} has a delegate, and the program pays no account that has one (ConstraintRaw 2003)`;
    return [fail('Token account', reason, 'Revoke the delegate first', 'user')];
  }
  if (tokens.isFrozen) {
    const reason = `The freeze authority of the mint has frozen ${address} (AccountFrozen 17)`;
    return [fail('Token account', reason, 'Ask the freeze authority of the mint', 'user')];
  }
  return [];
}
