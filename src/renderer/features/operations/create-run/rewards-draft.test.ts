import { describe, expect, test } from 'vitest';
import type { MintLook } from '#core/rewards/treasury-view.ts';
import { parseAddress } from '#core/solana/address.ts';
import { emptyDraft, parseDraft, requestOf } from './draft.ts';
import { NO_REWARDS, type RewardsDraft, rewardsInput, rewardsProblems } from './rewards-draft.ts';

const KEY = parseAddress('4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7');
const MINT = parseAddress('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
const LOOK: MintLook = { kind: 'mint', address: MINT, decimals: 6, supply: 0n, warnings: [] };
const REFUSED: MintLook = { kind: 'refused', address: MINT, reason: 'It is not a mint', remedy: 'Choose another' };

function rewardsWith(parts: Partial<RewardsDraft>): RewardsDraft {
  return { ...NO_REWARDS, isOn: true, mint: MINT, ...parts };
}

describe('typed rewards', () => {
  test('become native units by the decimals of the mint that was read', () => {
    const rewards = rewardsWith({ earning: '12.5', slashing: '0.000001', topUp: '1000', funder: KEY });
    expect(rewardsInput(rewards, LOOK)).toEqual({
      mint: MINT,
      decimals: 6,
      earning: '12500000',
      slashing: '1',
      topUp: { upTo: '1000000000', funder: KEY },
    });
  });

  test('are no request while the mint of another address is the one that was read', () => {
    const rewards = rewardsWith({ mint: KEY, earning: '12.5' });
    expect(rewardsProblems(rewards, LOOK).mint).toBe('The mint must be read first');
    expect(rewardsInput(rewards, LOOK)).toBeUndefined();
    expect(rewardsInput(rewardsWith({}), undefined)).toBeUndefined();
  });

  test('say why a mint is refused, and send nothing', () => {
    expect(rewardsProblems(rewardsWith({}), REFUSED).mint).toBe('It is not a mint. Choose another');
    expect(rewardsInput(rewardsWith({}), REFUSED)).toBeUndefined();
  });

  test('name each amount that does not fit', () => {
    const problems = rewardsProblems(rewardsWith({ earning: '1e3', slashing: '-1', topUp: '0.0000001' }), LOOK);
    expect(Object.keys(problems)).toEqual(['earning', 'slashing', 'topUp', 'funder']);
  });

  test('take the largest index there is and not one more', () => {
    expect(rewardsInput(rewardsWith({ treasurerIndex: '18446744073709551615' }), LOOK)).toMatchObject({
      treasurerIndex: '18446744073709551615',
    });
    expect(rewardsProblems(rewardsWith({ treasurerIndex: '18446744073709551616' }), LOOK).treasurerIndex).toContain(
      'at most',
    );
    expect(rewardsProblems(rewardsWith({ treasurerIndex: '4.2' }), LOOK).treasurerIndex).toContain('whole number');
  });

  test('that are off stop nothing, whatever was typed before', () => {
    const draft = { ...emptyDraft({ payer: KEY, authority: KEY, joinAuthority: KEY }), runId: 'atlas-7' };
    const off = { ...draft, rewards: rewardsWith({ isOn: false, mint: 'nonsense', earning: '1e9' }) };
    expect(requestOf(off, false)?.operation).not.toHaveProperty('rewards');
    const on = { ...draft, rewards: rewardsWith({ earning: '12.5' }) };
    expect(requestOf(on, false)).toBeUndefined();
    expect(requestOf(on, false, LOOK)?.operation).toMatchObject({ rewards: { earning: 12_500_000n, decimals: 6 } });
  });

  test('are off in a draft written before there were any', () => {
    const draft = emptyDraft({ payer: KEY, authority: KEY, joinAuthority: KEY });
    const { rewards: _, ...older } = draft;
    expect(parseDraft(JSON.stringify(older))).toEqual(draft);
  });
});
