import { describe, expect, test } from 'vitest';
import { EVERYONE, SEED_PAGE } from '#test/builders/seed-page.ts';
import type { FilledForm } from './filled-form.ts';
import { readCommandLine } from './read-command-line.ts';

const USER = '4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7';
const OTHER = '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin';

/** The one command of a text. */
function read(text: string) {
  const { commands } = readCommandLine(text);
  const [only] = commands;
  if (only === undefined || commands.length !== 1) throw new Error(`${commands.length} commands`);
  return only;
}

function formOf(text: string): FilledForm | undefined {
  return read(text).form;
}

function notesOf(text: string, kind: string): readonly string[] {
  return read(text)
    .notes.filter((note) => note.kind === kind)
    .map((note) => note.text);
}

const SEED_FORMS: readonly FilledForm[] = [
  { kind: 'allow-to-join', who: 'anyone' },
  { kind: 'allow-to-join', who: 'user' },
  { kind: 'create-run', isRewarded: true },
  { kind: 'update-configuration', runId: '' },
  { kind: 'set-paused', runId: '', paused: false },
  { kind: 'set-rates', runId: '' },
  { kind: 'top-up', runId: '' },
  { kind: 'dump-run', runId: '' },
  { kind: 'dump-user', runId: '' },
];

describe('the page that explained how to create a run', () => {
  test('opens its forms command by command', () => {
    expect(Object.values(SEED_PAGE).map(formOf)).toEqual(SEED_FORMS);
  });

  test('opens the same forms when the whole page is pasted at once', () => {
    const page = Object.values(SEED_PAGE).join('\n\n# the next step\n\n');
    expect(readCommandLine(page).commands.map(({ form }) => form)).toEqual(SEED_FORMS);
  });

  test('says which of its words are to be filled in', () => {
    expect(notesOf(SEED_PAGE.create, 'fill-in')).toEqual([
      '[RUN_ID] stands in place of a value: Run id',
      '[JOIN_AUTHORITY_PUBKEY] stands in place of a value: Join authority',
      '[COLLATERAL_MINT_PUBKEY] stands in place of a value: Mint of the reward token',
    ]);
    expect(notesOf(SEED_PAGE.create, 'missing')).toEqual([
      '--client-version is missing: the form starts with its usual one',
    ]);
  });

  test('fills every form once its words stand for something', () => {
    const filled = Object.values(SEED_PAGE).map((text) =>
      text
        .replaceAll('[RPC]', 'https://api.devnet.solana.com')
        .replaceAll('[RUN_ID]', 'atlas-7')
        .replaceAll('[COLLATERAL_AMOUNT]', '5000000')
        .replaceAll('[EARNING_RATE]', '1000000')
        .replaceAll('[SLASHING_RATE]', '0')
        .replaceAll(/\[(?:COLLATERAL_MINT|MY_USER|JOIN_AUTHORITY)_PUBKEY\]|\[PUBLIC_KEY\]/g, USER)
        .replaceAll(/\[\w+_PATH\]/g, 'file.json'),
    );
    expect(filled.map(formOf)).toMatchObject([
      { kind: 'allow-to-join', who: 'anyone' },
      { kind: 'allow-to-join', who: 'user', address: USER },
      { kind: 'create-run', runId: 'atlas-7', mint: USER, joinAuthority: USER },
      { kind: 'update-configuration', runId: 'atlas-7', configPath: 'file.json' },
      { kind: 'set-paused', runId: 'atlas-7', paused: false },
      { kind: 'set-rates', runId: 'atlas-7', earning: { kind: 'two-meanings' }, slashing: { kind: 'clear' } },
      { kind: 'top-up', runId: 'atlas-7', amount: { kind: 'two-meanings' } },
      { kind: 'dump-run', runId: 'atlas-7' },
      { kind: 'dump-user', runId: 'atlas-7', address: USER },
    ]);
  });
});

describe('a command', () => {
  test.each<[string, FilledForm]>([
    [
      'run-manager create-run -r atlas -c sha256:ab12',
      { kind: 'create-run', runId: 'atlas', clientVersion: 'sha256:ab12' },
    ],
    ['run-manager close-run -ratlas', { kind: 'close-run', runId: 'atlas' }],
    ['run-manager close-run --run-id=atlas', { kind: 'close-run', runId: 'atlas' }],
    ['run-manager set-paused -r atlas', { kind: 'set-paused', runId: 'atlas', paused: true }],
    [
      'run-manager update-config -r atlas --restart-from-step 12 --switch-to-hub --name "My run" --vocab-size 32000',
      {
        kind: 'update-configuration',
        runId: 'atlas',
        restartFromStep: '12',
        switchToHub: true,
        name: 'My run',
        vocabulary: '32000',
      },
    ],
    [
      'run-manager checkpoint -r atlas --repo nous/atlas --revision main',
      { kind: 'checkpoint', runId: 'atlas', repository: 'nous/atlas', revision: 'main' },
    ],
    [
      'run-manager tick -r atlas --ms-interval 500 --count 3',
      { kind: 'tick', runId: 'atlas', everyMs: '500', count: '3' },
    ],
    ['run-manager json-dump-run -r atlas', { kind: 'dump-run', runId: 'atlas' }],
    ['psyche-solana-client info --run-id atlas', { kind: 'dump-run', runId: 'atlas' }],
    [`run-manager json-dump-user -r atlas --address ${USER}`, { kind: 'dump-user', runId: 'atlas', address: USER }],
    [`run-manager json-dump-user -r atlas --user ${USER}`, { kind: 'dump-user', runId: 'atlas', address: USER }],
    [`run-manager json-dump-user -r atlas --wallet ${USER}`, { kind: 'dump-user', runId: 'atlas', address: USER }],
    [`run-manager join-authorization-create --authorizer ${EVERYONE}`, { kind: 'allow-to-join', who: 'anyone' }],
    [
      `run-manager join-authorization-read --join-authority ${USER} --authorizer ${OTHER}`,
      { kind: 'list-authorizations', grantor: USER, grantee: OTHER },
    ],
    [
      `run-manager join-authorization-delegate --join-authority ${USER} --delegates-clear --delegates-added ${OTHER} ${USER}`,
      { kind: 'set-delegates', grantor: USER, clears: true, added: [OTHER, USER] },
    ],
    [
      `run-manager join-authorization-delegate --delegate-added ${OTHER} --join-authority ${USER}`,
      { kind: 'set-delegates', grantor: USER, clears: false, added: [OTHER] },
    ],
    [
      `run-manager join-authorization-delegate --join-authority ${USER} --delegates-clear [true/false]`,
      { kind: 'set-delegates', grantor: USER, clears: true, added: [] },
    ],
    [
      `run-manager join-authorization-delete --authorizer ${USER}`,
      { kind: 'set-authorization-active', who: 'user', address: USER, active: false },
    ],
    ['run-manager treasurer-claim-rewards -r atlas --treasurer-index 3', { kind: 'claim-rewards', runId: 'atlas' }],
    [
      `run-manager can-join -r atlas --authorizer ${USER} --address ${OTHER}`,
      { kind: 'can-join', runId: 'atlas', grantee: USER, address: OTHER },
    ],
    [`run-manager list-runs --authorizer ${USER}`, { kind: 'list-runs', joinAuthority: USER }],
    [
      `bash ./scripts/join-authorization-set-delegates.sh devnet ${USER} grantee.json delegate1.json`,
      { kind: 'set-delegates', grantor: USER, clears: true, added: [] },
    ],
    [
      'sh scripts/treasurer-run-top-up.sh devnet funder.json atlas 250',
      {
        kind: 'top-up',
        runId: 'atlas',
        amount: { kind: 'clear', meaning: { text: '250', unit: 'tokens', per: 'all', source: 'spl-token' } },
      },
    ],
    ['./scripts/set-paused.sh atlas false owner.json', { kind: 'set-paused', runId: 'atlas', paused: false }],
    ['./scripts/set-paused.sh atlas true owner.json', { kind: 'set-paused', runId: 'atlas', paused: true }],
  ])('%s', (text, form) => {
    expect(formOf(text)).toEqual(form);
  });

  test.each([
    'cargo run --release --bin run-manager -- set-paused --run-id atlas --resume',
    'cargo run --release --bin run-manager set-paused --run-id atlas --resume',
    'cargo run --bin=psyche-solana-client --features solana-localnet-tests -- set-paused --run-id atlas --resume',
    'cargo run -p psyche-solana-client -- set-paused --run-id atlas --resume',
    './target/release/run-manager set-paused --run-id atlas --resume',
    'RUN_ID=atlas run-manager set-paused --resume',
    'RUN_ID=atlas RESUME=true run-manager set-paused',
    'export RUN_ID=atlas\nrun-manager set-paused --resume',
    'RUN=atlas\nrun-manager set-paused --run-id "$RUN" --resume',
    '$ run-manager set-paused --run-id atlas --resume',
    'sudo -E env RUN_ID=atlas run-manager set-paused --resume',
    'docker run --rm -e RUN_ID=atlas nousresearch/psyche-solana-client:latest run-manager set-paused --resume',
    'docker exec -it run-manager set-paused --run-id atlas --resume',
    'run-manager --rpc "$RPC" set-paused --run-id atlas --resume',
    'cd psyche && run-manager set-paused --run-id atlas --resume | tee log.txt',
    'set-paused --run-id atlas --resume',
    'run-manager set-paused —run-id atlas —resume',
    'run-manager set-paused --run-id “atlas” --resume',
    'run-manager set-paused \\  \n  --run-id atlas \\\r\n  --resume > out.txt 2>&1 # starts it',
    'run-manager set-paused --run-id \'at\'"la"s --resume',
  ])('is found in “%s”', (text) => {
    const found = readCommandLine(text).commands.map(({ form }) => form);
    expect(found).toContainEqual({ kind: 'set-paused', runId: 'atlas', paused: false });
  });

  test('that the app has no form for is named and opens nothing', () => {
    for (const text of [
      'solana-keygen new -o key.json',
      'run-manager download-results -r atlas',
      'run-manager fly -r a',
    ]) {
      expect(read(text)).toMatchObject({ form: undefined, notes: [{ kind: 'unknown' }] });
    }
  });

  test('keeps what it does not know apart: flags by name, and words left over', () => {
    const text = 'run-manager set-paused --run-id atlas --priority-fee 5000 now please';
    expect(formOf(text)).toEqual({ kind: 'set-paused', runId: 'atlas', paused: true });
    expect(notesOf(text, 'unknown')).toEqual([
      '--priority-fee is not known here and is left out',
      'Left over and not used: “now”, “please”',
    ]);
  });

  test('says what the command line would miss', () => {
    expect(notesOf('run-manager treasurer-top-up-rewards', 'missing')).toEqual([
      '--run-id is missing',
      '--collateral-amount is missing',
    ]);
    expect(notesOf('run-manager set-future-epoch-rates -r atlas', 'missing')).toHaveLength(1);
    expect(notesOf('run-manager close-run --run-id', 'missing')).toEqual(['--run-id stands without a value']);
  });

  test('names what it would have run and runs nothing', () => {
    const text = `run-manager can-join -r <RUN_ID> --address "$(solana-keygen pubkey client.json)" --authorizer $GRANTEE --rpc \`cat rpc\``;
    expect(formOf(text)).toEqual({ kind: 'can-join', runId: '' });
    expect(notesOf(text, 'fill-in')).toEqual([
      '<RUN_ID> stands in place of a value: Run id',
      '$(solana-keygen…) stands in place of a value: Client',
      '$GRANTEE stands in place of a value: Allowed user',
    ]);
  });

  test('takes keyfiles for no addresses', () => {
    expect(
      notesOf(`sh scripts/join-authorization-set-delegates.sh devnet ${USER} grantee.json delegate*.json`, 'fill-in'),
    ).toEqual(['The script took delegates from a keyfile; the form takes their addresses']);
  });
});

describe('an amount', () => {
  const rates = (program: string, flags: string) => formOf(`${program} set-future-epoch-rates -r a ${flags}`);
  const topUp = (program: string, amount: string) =>
    formOf(`${program} treasurer-top-up-rewards -r a --collateral-amount ${amount}`);

  test('of an older command has two meanings, the older first', () => {
    expect(rates('psyche-solana-client', '--earning-rate 100 --slashing-rate 5')).toMatchObject({
      earning: {
        kind: 'two-meanings',
        meanings: [
          { unit: 'native', per: 'client' },
          { unit: 'tokens', per: 'all' },
        ],
      },
      slashing: {
        kind: 'two-meanings',
        meanings: [
          { unit: 'native', per: 'client' },
          { unit: 'tokens', per: 'client' },
        ],
      },
    });
    expect(rates('psyche-solana-client', '--earning-rate-total-shared 100')).toMatchObject({
      earning: {
        kind: 'two-meanings',
        meanings: [
          { unit: 'native', per: 'all' },
          { unit: 'tokens', per: 'all' },
        ],
      },
    });
    expect(topUp('psyche-solana-client', '5000000')).toMatchObject({
      amount: { kind: 'two-meanings', meanings: [{ unit: 'native' }, { unit: 'tokens' }] },
    });
  });

  test('of today’s command has one, and so have a fraction and nothing', () => {
    expect(topUp('run-manager', '5000000')).toMatchObject({ amount: { kind: 'clear', meaning: { unit: 'tokens' } } });
    expect(topUp('psyche-solana-client', '0.5')).toMatchObject({ amount: { kind: 'clear' } });
    expect(topUp('psyche-solana-client', '0')).toMatchObject({ amount: { kind: 'clear' } });
    expect(rates('run-manager', '--earning-rate 7')).toMatchObject({ earning: { kind: 'two-meanings' } });
  });

  test('that is no plain decimal is to be typed', () => {
    for (const text of ['1e3', '1_000', '-5', 'inf', '0x10', '1.2.3']) {
      expect(topUp('run-manager', text)).toEqual({ kind: 'top-up', runId: 'a' });
    }
  });
});
