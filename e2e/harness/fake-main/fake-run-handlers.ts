import { insertMissingKeys } from '#core/config/insert-missing.ts';
import { parseConfig } from '#core/config/parse-config.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { reportConfig } from '#core/config/report-config.ts';
import { dumpUser } from '#core/dump/dump-user.ts';
import { followPlan } from '#core/dump/read-plan.ts';
import { planRunFacts } from '#core/dump/run-facts.ts';
import { stringifyJson } from '#core/dump/stringify-json.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { createRewards } from '#main/services/rewards.ts';
import type { FakeGroups, FakeWorld } from './fake-world.ts';
import { addressOf, DEMO } from './sample-addresses.ts';
import { sampleRuns, stateOfRun } from './sample-runs.ts';
import { SAMPLE_SIGNERS } from './sample-signers.ts';
import { treasurerRunOf } from './sample-treasury.ts';

/** A configuration as the book prints it: two keys short. */
const SHORT_CONFIG = PRACTICE_CONFIG_TEXT.replace(/^waiting_for_members_extra_time.*\n/m, '').replace(
  /^cold_start_warmup_steps.*\n/m,
  '',
);

/** Runs with their rewards and configurations, and the inspector. */
export function fakeRunHandlers({
  isEmpty,
  chain,
  slotNow,
}: FakeWorld): FakeGroups<'runs' | 'rewards' | 'config' | 'inspector'> {
  let draft = '';
  const rewards = createRewards({
    connections: { current: () => ({ node: chain, profile: { programs: DEFAULT_PROGRAM_IDS } }) },
    signers: { addresses: () => SAMPLE_SIGNERS.map(({ address }) => address) },
  });

  /** Bytes of a run's account; of one that only fills the list, those of a run that waits. */
  async function accountData(runId: string): Promise<Uint8Array> {
    const read = (id: string) => chain.readAccounts([addressOf(`account ${id}`)]);
    const [found] = (await read(runId)).accounts;
    const [waiting] = found ? [found] : (await read('practice-run-1')).accounts;
    return waiting?.data ?? new Uint8Array();
  }

  return {
    runs: {
      list: () => ({ slot: slotNow(), rows: isEmpty ? [] : sampleRuns(10_000) }),
      read: async ({ runId }) => ({
        slot: slotNow(),
        readAt: Date.now(),
        runId,
        instance: coordinatorInstanceAddress(runId).address,
        account: addressOf(`account ${runId}`),
        mainAuthority: DEMO,
        joinAuthority: DEMO,
        accountData: await accountData(runId),
        accountLamports: 830_244_480n,
        openToAnyone: stateOfRun(runId) !== 'Warmup',
        clusterTime: Math.floor(Date.now() / 1_000),
        ...withTreasurer(runId),
      }),
      treasury: ({ runId }) => rewards.treasury(runId),
      dump: ({ runId }) => ({
        json: JSON.stringify(
          { coordinator_account: { run_id: runId, status: { state: 'Training', epoch: 6, step: 21_543 } } },
          null,
          2,
        ),
      }),
      configText: () => ({ text: PRACTICE_CONFIG_TEXT }),
      saveDump: () => ({ kind: 'saved', fileName: 'run.json' }),
      async dumpUser({ runId, user }) {
        const facts = await followPlan(planRunFacts({ runId, programs: DEFAULT_PROGRAM_IDS, user }), chain);
        return { json: facts.user ? stringifyJson(dumpUser(facts, facts.user)) : '' };
      },
      saveUserDump: () => ({ kind: 'saved', fileName: 'user.json' }),
    },
    rewards: {
      claims: ({ runId }) => rewards.claims(runId),
      mint: ({ mint }) => rewards.mint(mint),
      holding: ({ mint, owner }) => rewards.holding(mint, owner),
    },
    config: {
      open: () => ({ kind: 'opened', fileName: 'config.toml', text: SHORT_CONFIG }),
      check: ({ text }) => reportConfig(text),
      insertMissing({ text }) {
        const reading = parseConfig(text);
        return { text: reading.kind === 'refused' ? insertMissingKeys(text, reading.problems) : text };
      },
      sample: () => ({ text: PRACTICE_CONFIG_TEXT }),
      saveDraft({ text }) {
        draft = text;
        return {};
      },
      readDraft: () => ({ text: draft }),
    },
    inspector: {
      async look({ text }) {
        if (text.includes(' '))
          return {
            kind: 'unrecognised',
            reason: 'It is neither an address nor a run id: run ids hold at most 32 bytes',
          };
        if (text === 'nobody')
          return {
            kind: 'nothing',
            slot: slotNow(),
            tried: [{ what: 'Run “nobody”', address: coordinatorInstanceAddress('nobody').address }],
          };
        const runId = text === addressOf('account atlas-1b-run-07') || text.length < 32 ? 'atlas-1b-run-07' : undefined;
        return {
          kind: 'account',
          address: addressOf('account atlas-1b-run-07'),
          owner: DEFAULT_PROGRAM_IDS.coordinator,
          executable: false,
          lamports: 830_244_480n,
          rentFloor: 830_244_480n,
          slot: slotNow(),
          readAt: Date.now(),
          data: await accountData('atlas-1b-run-07'),
          ...(runId && { runId }),
        };
      },
    },
  };
}

function withTreasurer(runId: string) {
  const treasurerRun = treasurerRunOf(runId);
  return treasurerRun ? { treasurerRun } : {};
}
