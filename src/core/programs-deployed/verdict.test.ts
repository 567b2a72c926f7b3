import { describe, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { Build, Deployment } from './deployment.ts';
import { programDataAddress } from './loader-state.ts';
import { callsRunProgram, type DeployedProgram, noticeOf } from './program-notice.ts';
import { acceptBuild, judgeDeployment, rememberBuild, type SeenProgram } from './verdict.ts';

const program = DEFAULT_PROGRAM_IDS.coordinator;
const BUILD: Build = {
  executableHash: 'ab'.repeat(32),
  deploySlot: 77n,
  authority: TOKEN_PROGRAM,
  sizeBytes: 1_000,
};
const sight = { genesisHash: 'devnet', program };
const SEEN = rememberBuild(undefined, { ...sight, build: BUILD, at: 100 });
const ACCEPTED = acceptBuild(SEEN, { ...sight, build: BUILD, at: 150 });
const { authority: _gone, ...FINAL } = BUILD;
const OTHER = { ...BUILD, executableHash: 'cd'.repeat(32), deploySlot: 99n };

const deployed = (build: Build): Deployment => ({ kind: 'deployed', programData: programDataAddress(program), build });
const judge = (deployment: Deployment, seen?: SeenProgram, connectedAt = 1_000) =>
  judgeDeployment(deployment, seen, { cluster: 'devnet', connectedAt });
const unchanged = { kind: 'unchanged', since: 100, isAccepted: false, becameFinal: false };

describe('a deployed build', () => {
  test.each<[string, Deployment, SeenProgram | undefined, object]>([
    ['never seen', deployed(BUILD), undefined, { kind: 'first-seen' }],
    ['seen before', deployed(BUILD), SEEN, unchanged],
    ['the operator knows', deployed(BUILD), ACCEPTED, { ...unchanged, since: 150, isAccepted: true }],
    ['deployed again as it was', deployed({ ...BUILD, deploySlot: 90n, sizeBytes: 2_000 }), SEEN, unchanged],
    ['that became final', deployed(FINAL), SEEN, { ...unchanged, becameFinal: true }],
    ['of other bytes', deployed(OTHER), SEEN, { kind: 'changed', before: BUILD, changes: ['executable'] }],
    ['of other bytes than those accepted', deployed(OTHER), ACCEPTED, { kind: 'changed', changes: ['executable'] }],
    [
      'in other hands',
      deployed({ ...BUILD, authority: SYSTEM_PROGRAM }),
      SEEN,
      { kind: 'changed', before: BUILD, changes: ['authority'] },
    ],
    [
      'of other bytes in other hands',
      deployed({ ...OTHER, authority: SYSTEM_PROGRAM }),
      SEEN,
      { kind: 'changed', changes: ['executable', 'authority'] },
    ],
    ['that is missing', { kind: 'missing' }, undefined, { kind: 'missing', wasSeen: false }],
    ['that was closed', { kind: 'closed', programData: program }, SEEN, { kind: 'missing', wasSeen: true }],
    ['that is a wallet', { kind: 'not-executable', owner: SYSTEM_PROGRAM }, SEEN, { kind: 'missing', wasSeen: true }],
    ['of another loader', { kind: 'foreign-loader', owner: TOKEN_PROGRAM }, SEEN, { kind: 'unknown' }],
    ['nobody can read', { kind: 'malformed', reason: 'it is short' }, SEEN, { kind: 'unknown' }],
    ['said to be huge', { kind: 'too-large', sizeBytes: 2, maxBytes: 1 }, SEEN, { kind: 'unknown' }],
    ['nobody answered about', { kind: 'unread', code: 'rpc/timeout', params: {} }, SEEN, { kind: 'unknown' }],
  ])('%s is judged by what is remembered', (_what, deployment, seen, expected) => {
    expect(judge(deployment, seen)).toMatchObject(expected);
  });

  test('stays “first seen” for the connection it was first seen on', () => {
    expect(judge(deployed(BUILD), SEEN, 100)).toEqual({ kind: 'first-seen' });
    expect(judge(deployed(BUILD), SEEN, 101)).toEqual(unchanged);
  });

  test('that changed stays changed however often it is seen, until it is accepted', () => {
    const seenAgain = rememberBuild(SEEN, { ...sight, build: OTHER, at: 200 });
    expect(judge(deployed(OTHER), seenAgain)).toMatchObject({ kind: 'changed', before: BUILD });
    const accepted = acceptBuild(seenAgain, { ...sight, build: OTHER, at: 300 });
    expect(judge(deployed(OTHER), accepted)).toMatchObject({ kind: 'unchanged', since: 300, isAccepted: true });
    expect(judge(deployed(BUILD), accepted)).toMatchObject({ kind: 'changed', before: OTHER });
  });

  test('is emulated only on this app’s own practice network, as its genesis has it', () => {
    const atGenesis = deployed({ ...FINAL, deploySlot: 0n });
    const on = (cluster: 'practice' | 'unknown', deployment: Deployment) =>
      judgeDeployment(deployment, undefined, { cluster, connectedAt: 0 }).kind;
    expect(on('practice', atGenesis)).toBe('emulated');
    expect(on('unknown', atGenesis)).toBe('first-seen');
    expect(on('practice', deployed(BUILD))).toBe('first-seen');
    expect(on('practice', { kind: 'missing' })).toBe('missing');
  });
});

describe('what is said about a program', () => {
  const noticeFor = (deployment: Deployment, seen?: SeenProgram) => {
    const found: DeployedProgram = {
      name: 'coordinator',
      address: program,
      deployment,
      verdict: judge(deployment, seen),
    };
    return noticeOf(found);
  };

  test.each<[Deployment, SeenProgram | undefined, RegExp]>([
    [deployed(OTHER), SEEN, /replaced in slot 99/],
    [deployed({ ...BUILD, authority: SYSTEM_PROGRAM }), SEEN, /Another key can now replace/],
    [
      { kind: 'missing' },
      undefined,
      /There is no coordinator program at 4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7 on this network$/,
    ],
    [{ kind: 'missing' }, SEEN, /though it was seen here before/],
    [{ kind: 'closed', programData: program }, SEEN, /was closed/],
    [{ kind: 'not-executable', owner: SYSTEM_PROGRAM }, undefined, /is no program/],
    [{ kind: 'foreign-loader', owner: TOKEN_PROGRAM }, undefined, /another loader/],
    [{ kind: 'malformed', reason: 'it is short' }, undefined, /cannot be read: it is short/],
    [
      { kind: 'too-large', sizeBytes: 11_000_000, maxBytes: 10_485_760 },
      undefined,
      /11000000 bytes, more than the 10485760/,
    ],
    [
      { kind: 'unread', code: 'rpc/timeout', params: { origin: 'https://x', seconds: 15 } },
      SEEN,
      /https:\/\/x did not answer/,
    ],
    [{ kind: 'unread', code: 'from/elsewhere', params: {} }, SEEN, /could not be read/],
  ])('%o asks for a typed word and says why', (deployment, seen, words) => {
    const notice = noticeFor(deployment, seen);
    expect(notice?.level).toBe('typed');
    expect(notice?.text).toMatch(words);
    expect(notice?.remedy).not.toMatch(/^$|[.]$/);
  });

  test('is a note for a build that was compared with nothing, or became final', () => {
    expect(noticeFor(deployed(BUILD))).toMatchObject({ level: 'note', text: expect.stringContaining('first time') });
    expect(noticeFor(deployed(FINAL), SEEN)).toMatchObject({ level: 'note', text: expect.stringContaining('final') });
  });

  test('is nothing for one that is as it was', () => {
    expect(noticeFor(deployed(BUILD), SEEN)).toBeUndefined();
  });
});

test('a transaction concerns the programs when it calls one of them', () => {
  expect(callsRunProgram([SYSTEM_PROGRAM, program], DEFAULT_PROGRAM_IDS)).toBe(true);
  expect(callsRunProgram([SYSTEM_PROGRAM, TOKEN_PROGRAM], DEFAULT_PROGRAM_IDS)).toBe(false);
});
