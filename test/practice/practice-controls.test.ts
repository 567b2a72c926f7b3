import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { U64_MAX } from '#core/units/decimal.ts';
import { createHandlers } from '#main/handlers/create-handlers.ts';
import { practiceOperator } from '#test/main/practice-operator.ts';
import { startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';
import { testAddress } from './stage.ts';

let folder = temporaryFolder();
let main: StartedMain | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await main?.close();
  main = undefined;
  folder.remove();
});

async function controls() {
  main = await startMain(folder.path);
  const operator = await practiceOperator(main);
  return { operator, practice: createHandlers(operator.services).practice };
}

describe('the practice controls of the app', () => {
  test('make a mint with the decimals asked for and give its tokens, exactly', async () => {
    const { operator, practice } = await controls();
    const { mint } = await practice.createMint({ decimals: 2 });
    expect(await operator.services.rewards.mint(mint)).toMatchObject({ kind: 'mint', decimals: 2, supply: 0n });
    const wallet = testAddress(9);
    await practice.giveTokens({ address: wallet, mint, amount: 12_345n });
    expect(await operator.services.rewards.holding(mint, wallet)).toMatchObject({ exists: true, amount: 12_345n });
  }, 60_000);

  test('say why no tokens were given: no mint of the faucet, or more than can exist', async () => {
    const { operator, practice } = await controls();
    const give = async (mint: typeof operator.mint, amount: bigint) =>
      practice.giveTokens({ address: operator.demo, mint, amount });
    await expect(give(SYSTEM_PROGRAM, 1n)).rejects.toMatchObject({ code: 'practice/foreign-mint' });
    await expect(give(operator.mint, U64_MAX)).rejects.toMatchObject({ code: 'practice/tokens-refused' });
  }, 60_000);

  test('say why simulated clients cannot join a run that nobody let them into', async () => {
    const { operator, practice } = await controls();
    await operator.launch(undefined, { kind: 'user', address: operator.demo });
    await practice.addClients({ runId: 'atlas-7', count: 2 });
    await expect
      .poll(async () => (await practice.clients({ runId: 'atlas-7' })).refusals, { timeout: 10_000 })
      .toMatchObject([{ instruction: 'join_run', count: 2, isUnauthorized: true }]);
  }, 60_000);
});
