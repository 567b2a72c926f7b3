import { MAX_CONFIG_BYTES } from '#core/config/config-size.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { decodeCoordinatorAccount, encodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { OperationInput } from '#core/operations/request.ts';
import { addressFromBytes, addressToBytes, type Address } from '#core/solana/address.ts';
import { COMMAND_COSTS, inSequence, readBytesOf, tripsOf, type CommandCost } from './command-line-costs.ts';
import { measure, openScene, type Measured, type Row, type Scene, type Traffic } from './operation-costs.ts';

/** Bars of issue 4. */
const MAX_READS = 2;
const MAX_REVIEW = MAX_READS + 1;
const MAX_CHECK_MS = 50;

const TOKEN = 1_000_000n;
const DAY_SECONDS = 86_400;

/** An address nobody has a key for. */
function someone(number: number): Address {
  const bytes = new Uint8Array(32).fill(5);
  new DataView(bytes.buffer).setUint32(0, number, true);
  return addressFromBytes(bytes);
}

const people = (count: number, from: number) =>
  Array.from({ length: count }, (_, index) => ({ address: someone(from + index), label: `user ${index}` }));

/** Makes the demo key a client of the epoch that earned points, as only a long training could. */
async function becomeClient({ services, network, demo }: Scene, runId: string): Promise<void> {
  const { account } = await services.runs.read(runId);
  const found = network.chain.account(account);
  if (!found) throw new Error('no run');
  const value = decodeCoordinatorAccount(found.data);
  const id = { signer: addressToBytes(demo), p2p_identity: new Uint8Array(32) };
  value.state.clients_state.clients = [{ id, _unused: new Uint8Array(8), earned: 5n * TOKEN, slashed: 0n, active: 0n }];
  value.state.coordinator.epoch_state.clients = [{ id, state: 'Healthy', exited_height: 0 }];
  found.data.set(encodeCoordinatorAccount(value));
}

function creation(runId: string, { mint, demo }: Scene, isRewarded: boolean): OperationInput {
  const topUp = { upTo: 10n * TOKEN, funder: demo };
  return {
    kind: 'create-run',
    runId,
    whoMayJoin: { kind: 'user', address: someone(isRewarded ? 2 : 1) },
    metadata: { name: 'Atlas', description: 'A run to measure', parameters: 20_000_000n, vocabulary: 32_000n },
    clientVersion: 'latest',
    configText: PRACTICE_CONFIG_TEXT,
    start: true,
    ...(isRewarded && { rewards: { mint, decimals: 6, earning: TOKEN, topUp } }),
  };
}

const OTHER_CONFIG = PRACTICE_CONFIG_TEXT.replace('total_steps = 2000', 'total_steps = 3000');
/** As long as a file may be: what it says, and comments. */
const BIG_CONFIG = `${OTHER_CONFIG}${'# a line that says nothing and has to be read anyway\n'.repeat(MAX_CONFIG_BYTES)}`
  .slice(0, MAX_CONFIG_BYTES - 10)
  .concat('\n');

async function measureRoute(scene: Scene, route: 'plain' | 'treasurer'): Promise<Measured[]> {
  const isRewarded = route === 'treasurer';
  const runId = `bench-${route}`;
  const {
    createRun,
    authorizationCreate,
    updateConfig,
    setPaused,
    setRates,
    topUp,
    tick,
    checkpoint,
    claim,
    closeRun,
  } = COMMAND_COSTS;
  const launch = inSequence(createRun, authorizationCreate, updateConfig, setPaused);
  const rows: Measured[] = [];
  const take = async (row: Row) => {
    rows.push(await measure(scene, { ...row, name: `${row.name}, ${route}` }));
  };
  const one = (name: string, operation: OperationInput, command: CommandCost | undefined) =>
    take({ name, operation, needed: 1, command });
  const update = { kind: 'update-configuration', runId } as const;
  const metadata = { name: 'Atlas', description: 'Another one', parameters: 20_000_000n, vocabulary: 32_000n };

  await take({
    name: 'create-run, all of it',
    operation: creation(runId, scene, isRewarded),
    // The configuration does not fit beside the creation: PROTOCOL.md §4.
    needed: 2,
    command: isRewarded ? inSequence(launch, setRates, topUp) : launch,
  });
  await one('set-paused: pause', { kind: 'set-paused', runId, paused: true }, setPaused);
  await take({
    name: 'update-configuration, 256 KiB',
    operation: { ...update, configText: BIG_CONFIG },
    needed: 1,
    command: updateConfig,
    isOnlyReviewed: true,
  });
  const everything = { ...update, configText: OTHER_CONFIG, metadata, clientVersion: 'sha256:01' };
  await one('update-configuration, all parts', everything, updateConfig);
  await one('update-configuration, from a step', { ...update, restartFromStep: 4 }, updateConfig);
  await one(
    'set-rates',
    { kind: 'set-rates', runId, earning: 2n * TOKEN, ...(isRewarded && { decimals: 6 }) },
    // Without a treasury it has no such command.
    isRewarded ? setRates : undefined,
  );
  await one('set-paused: resume', { kind: 'set-paused', runId, paused: false }, setPaused);
  await one('tick', { kind: 'tick', runId }, tick);
  await becomeClient(scene, runId);
  const repository = { kind: 'hub' as const, repository: 'example-org/another' };
  await one('checkpoint', { kind: 'checkpoint', runId, user: scene.demo, repository }, checkpoint);
  if (isRewarded) {
    const money = { amount: TOKEN, decimals: 6, funder: scene.demo, depositedBefore: 10n * TOKEN };
    await one('top-up', { kind: 'top-up', runId, ...money }, topUp);
    await one('claim-rewards, the first', { kind: 'claim-rewards', runId, user: scene.demo }, claim);
  } else {
    await one('set-paused: pause again', { kind: 'set-paused', runId, paused: true }, setPaused);
    await one('close-run', { kind: 'close-run', runId }, closeRun);
  }
  return rows;
}

/** Eight new users fill a transaction of 1,232 bytes: PROTOCOL.md §3.2, §4. */
const USERS_PER_TRANSACTION = 8;

async function measurePeople(scene: Scene): Promise<Measured[]> {
  const { demo } = scene;
  const rows: Measured[] = [];
  const take = async (row: Row) => {
    rows.push(await measure(scene, row));
  };
  const one = (name: string, operation: OperationInput, command: CommandCost | undefined) =>
    take({ name, operation, needed: 1, command });
  const many = (users: ReturnType<typeof people>, isOnlyReviewed: boolean) =>
    take({
      name: `allow-many, ${users.length} users`,
      operation: { kind: 'allow-many', users },
      needed: Math.ceil(users.length / USERS_PER_TRANSACTION),
      command: inSequence(...users.map(() => COMMAND_COSTS.authorizationCreate)),
      isOnlyReviewed,
    });
  const active = (isActive: boolean) =>
    ({ kind: 'set-authorization-active', grantee: demo, active: isActive }) as const;
  const { authorizationCreate, authorizationDelegate, authorizationDelete, authorizationReactivate } = COMMAND_COSTS;

  await one(
    'allow-to-join',
    { kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: demo } },
    authorizationCreate,
  );
  await many(people(25, 100), false);
  await many(people(500, 1000), true);
  await many(people(2000, 2000), true);
  const delegates = people(5, 5000).map(({ address }) => address);
  await one('set-delegates', { kind: 'set-delegates', grantor: demo, grantee: demo, delegates }, authorizationDelegate);
  await one('set-authorization-active: off', active(false), authorizationDelete);
  await one('set-authorization-active: on', active(true), authorizationReactivate);
  await measure(scene, { name: 'off again', operation: active(false), needed: 1, command: undefined });
  scene.network.chain.advance(31 * DAY_SECONDS);
  await one('close-authorization', { kind: 'close-authorization', grantee: demo }, undefined);
  return rows;
}

function problemsOf({ preparing, reviewing, transactions, needed, checkMs }: Measured): string[] {
  return [
    ...(preparing.trips > MAX_READS ? [`${preparing.trips} sequential reads`] : []),
    ...(reviewing.trips > MAX_REVIEW ? [`${reviewing.trips} round trips to the review`] : []),
    ...(transactions > needed ? [`${transactions} transactions, ${needed} needed`] : []),
    ...(checkMs > MAX_CHECK_MS ? [`${checkMs.toFixed(0)} ms for the checks`] : []),
  ];
}

const HEADER = [
  '',
  'operation',
  'prepare',
  'review',
  'send',
  'tx',
  'checks ms',
  'CLI reads',
  'CLI trips',
  'CLI tx',
  '',
];

function cellsOf(row: Measured): string[] {
  const { name, preparing, reviewing, sending, transactions, needed, checkMs, command, isOnlyReviewed } = row;
  const problems = problemsOf(row);
  const cli = command && [trafficText({ trips: command.reads.length, bytes: readBytesOf(command) }), tripsOf(command)];
  return [
    problems.length === 0 ? 'ok' : 'MISS',
    name,
    trafficText(preparing),
    trafficText(reviewing),
    isOnlyReviewed ? '-' : trafficText(sending),
    `${transactions}/${needed}`,
    checkMs.toFixed(1),
    ...(cli ? cli.map(String) : ['-', '-']),
    command ? String(command.transactions) : '-',
    problems.join(', '),
  ];
}

function trafficText({ trips, bytes }: Traffic): string {
  return `${trips} · ${(bytes / 1000).toFixed(1)} kB`;
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of rows) {
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

async function measureAll(): Promise<void> {
  const scene = await openScene();
  try {
    const rows = [
      ...(await measureRoute(scene, 'plain')),
      ...(await measureRoute(scene, 'treasurer')),
      ...(await measurePeople(scene)),
    ];
    console.log('Round trips one after the other · bytes of the bodies; review and send of the first transaction;');
    console.log(
      `bars: ${MAX_READS} to prepare, ${MAX_REVIEW} to the review, tx as needed, ${MAX_CHECK_MS} ms of checks`,
    );
    printTable([HEADER, ...rows.map(cellsOf)]);
    if (rows.some((row) => problemsOf(row).length > 0)) process.exitCode = 1;
  } finally {
    await scene.close();
  }
}

measureAll().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
