import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCoordinatorOverview } from '#core/layouts/coordinator-account.ts';
import type { Account } from '#core/ports.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { readRunSlices, RUN_SLICES } from './run-slices.ts';

const whole = new Uint8Array(readFileSync('test/fixtures/psyche/fixtures/full.bin'));

function slicesOf(data: Uint8Array): Account[] {
  return RUN_SLICES.map(({ offset, length }) => ({
    address: SYSTEM_PROGRAM,
    lamports: 1n,
    owner: DEFAULT_PROGRAM_IDS.coordinator,
    executable: false,
    data: data.subarray(offset, offset + length),
    space: data.length,
  }));
}

describe('a row of the list', () => {
  test('says from slices what the whole account says', () => {
    const overview = readCoordinatorOverview(whole);
    expect(readRunSlices(slicesOf(whole))).toEqual({
      kind: 'ok',
      name: overview.name,
      state: overview.run_state,
      pendingPause: overview.pending_pause,
      epoch: overview.epoch,
      step: overview.step,
      totalSteps: overview.total_steps,
      epochClients: Number(overview.epoch_clients),
      knownClients: Number(overview.known_clients),
      clientVersion: overview.client_version,
    });
  });

  test('costs at most 3 KB a run on the wire, the instance included', () => {
    const answer = (bytes: number) =>
      JSON.stringify({
        lamports: 1e18,
        owner: DEFAULT_PROGRAM_IDS.coordinator,
        executable: false,
        rentEpoch: 2 ** 53,
        space: 119160,
        data: ['', 'base64'],
      }).length +
      Math.ceil(bytes / 3) * 4;
    const slices = RUN_SLICES.reduce((sum, { length }) => sum + answer(length), 0);
    const request = RUN_SLICES.length * '"4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7",'.length;
    expect(slices + request + answer(173) + 60).toBeLessThanOrEqual(3000);
  });

  test('says why it cannot be read: another size, another version, another kind, closed', () => {
    expect(readRunSlices(slicesOf(whole.subarray(0, 119_072)))).toMatchObject({
      kind: 'unreadable',
      code: 'account/size',
      params: { expected: 119_160, actual: 119_072 },
    });
    const otherVersion = Uint8Array.from(whole);
    otherVersion[8] = 2;
    expect(readRunSlices(slicesOf(otherVersion))).toMatchObject({ kind: 'unreadable', code: 'account/version' });
    const otherKind = Uint8Array.from(whole);
    otherKind[0] = 0;
    expect(readRunSlices(slicesOf(otherKind))).toMatchObject({ kind: 'unreadable', code: 'account/discriminator' });
    expect(readRunSlices(RUN_SLICES.map(() => undefined))).toMatchObject({ kind: 'unreadable', code: 'run/closed' });
  });
});
