import { until } from '#test/until.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { parseAddress } from '#core/solana/address.ts';
import { mainFolder } from '#test/main/main-folder.ts';
import { approvalOf, practiceOperator } from '#test/main/practice-operator.ts';

/** Where no program is. */
const NOWHERE = parseAddress('So11111111111111111111111111111111111111112');

const folder = mainFolder();

/** Changes the settings on disk, while the app is not running. */
function storeProfiles(...profiles: readonly NetworkProfile[]): void {
  const path = join(folder.path, 'settings.json');
  const stored = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...stored, profiles }));
}

test('a program that is missing is said in the review, asks for the word, and is journaled as overridden', async () => {
  const before = await practiceOperator(await folder.start());
  const { deployedPrograms } = before.services;
  await until(() => deployedPrograms.view().kind === 'read');
  const view = deployedPrograms.view();
  const verdicts = view.kind === 'read' ? view.programs.map(({ verdict }) => verdict.kind) : [];
  expect(verdicts).toEqual(['emulated', 'emulated', 'emulated']);
  await before.launch(undefined);
  const { profile } = before.services.connections.current();
  await folder.stop();

  // As an older version of the app may have stored it.
  const changed = { ...profile, programs: { ...DEFAULT_PROGRAM_IDS, authorizer: NOWHERE } };
  storeProfiles(changed);
  const { services, request, review, finish } = await practiceOperator(await folder.start());
  const { approvals, transactions } = services;
  const shown = await review(request({ kind: 'set-paused', runId: 'atlas-7', paused: true }));
  const text = `There is no authorizer program at ${NOWHERE} on this network`;
  expect(shown.deployed).toEqual([expect.objectContaining({ level: 'typed', text })]);
  expect(shown.typedPhrase).toBe('sign anyway');
  await expect(approvals.approve(approvalOf(shown))).rejects.toMatchObject({ code: 'plan/phrase' });
  const { transactionId } = await approvals.approve({ ...approvalOf(shown), typed: 'sign anyway' });
  await finish(transactionId);
  expect(transactions.read(transactionId).overrides).toEqual([text]);
}, 60_000);
