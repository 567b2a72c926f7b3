import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { DEFAULT_PROGRAM_IDS, PROGRAM_NAMES } from '#core/layouts/programs.ts';
import type { Account, DataSlice } from '#core/ports.ts';
import { programDataAddress } from '#core/programs-deployed/loader-state.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { Store } from '#main/ports.ts';
import { programAccount, programDataAccount } from '#test/builders/program-accounts.ts';
import type { Online } from './connections.ts';
import { createDeployedPrograms } from './deployed-programs.ts';
import { programsFormat, type StoredPrograms } from './stored-programs.ts';

const { coordinator, treasurer } = DEFAULT_PROGRAM_IDS;
const ELF = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
const PADDED = Uint8Array.from([...ELF, ...new Uint8Array(5_000)]);

type World = ReturnType<typeof createWorld>;

/** A cluster in memory, a store that survives reconnecting, and the service over both. */
function createWorld() {
  const accounts = new Map<Address, Account>();
  const put = (account: Account) => void accounts.set(account.address, account);
  const deploy = (program: Address, code: { slot: bigint; authority?: Address; elf: Uint8Array }) => {
    put(programAccount(program));
    put(programDataAccount(program, code));
  };
  for (const name of PROGRAM_NAMES)
    deploy(DEFAULT_PROGRAM_IDS[name], { slot: 50n, authority: TOKEN_PROGRAM, elf: PADDED });
  let document = programsFormat.defaults;
  let now = 1_000;
  const world = {
    deploy,
    accounts,
    /** Bytes of code that were asked for. */
    codeBytes: 0,
    fails: false,
    writable: true,
    says: true,
    questions: [] as string[],
    genesisHash: 'cluster one',
    cluster: 'unknown' as Online['cluster'],
    beforeRead: (_slice: DataSlice | undefined): void => undefined,
    store: {
      read: () => document,
      async update(change) {
        if (!world.writable)
          throw new AppError('storage/unwritable', { fileName: 'programs.json', reason: 'full' } as never);
        // As on disk: what cannot be read again is not written.
        document = programsFormat.parse(JSON.parse(JSON.stringify(change(document))));
      },
    } satisfies Store<StoredPrograms>,
    pass: (milliseconds: number) => void (now += milliseconds),
    clock: { now: () => now, monotonic: () => now },
    node: {
      async readAccounts(addresses: readonly Address[], slice?: DataSlice) {
        if (world.fails) throw new AppError('rpc/timeout', { origin: 'https://rpc.example.org', seconds: 15 });
        world.beforeRead(slice);
        return { slot: 90n, accounts: addresses.map((address) => sliced(accounts.get(address), slice)) };
      },
    },
  };
  function sliced(account: Account | undefined, slice: DataSlice | undefined): Account | undefined {
    if (!account || !slice) return account;
    if (slice.offset >= 45) world.codeBytes += slice.length;
    return { ...account, data: account.data.slice(slice.offset, slice.offset + slice.length) };
  }
  return world;
}

/** Connects and waits until the programs were read. */
async function connect(world: World) {
  const online = {
    node: world.node,
    genesisHash: world.genesisHash,
    cluster: world.cluster,
    profile: { programs: DEFAULT_PROGRAM_IDS },
  } as unknown as Online;
  const programs = createDeployedPrograms({
    connections: { status: () => ({ kind: 'online' }) as never, current: () => online },
    store: world.store,
    dialogs: {
      async confirm({ detail }) {
        world.questions.push(detail);
        return world.says;
      },
    },
    clock: world.clock,
    reportUnexpected: () => 'reference',
    onChanged: () => undefined,
  });
  world.pass(10);
  programs.lookAtNetwork();
  await programs.noticesFor(online);
  return { programs, online };
}

async function verdictsOf(world: World) {
  const { programs } = await connect(world);
  const view = programs.view();
  if (view.kind !== 'read') throw new Error('they were not read');
  return Object.fromEntries(view.programs.map(({ name, verdict, deployment }) => [name, { ...deployment, verdict }]));
}

let world: World;
beforeEach(() => {
  world = createWorld();
});

describe('at connect', () => {
  test('hash, authority and slot of all three programs are read, the hash without padding', async () => {
    const { coordinator: found } = await verdictsOf(world);
    expect(found).toEqual({
      kind: 'deployed',
      programData: programDataAddress(coordinator),
      build: {
        executableHash: createHash('sha256').update(ELF).digest('hex'),
        deploySlot: 50n,
        authority: TOKEN_PROGRAM,
        sizeBytes: 305_045,
      },
      verdict: { kind: 'first-seen' },
    });
  });

  test('the code is read once, and again only when it was deployed anew', async () => {
    await verdictsOf(world);
    expect(world.codeBytes).toBe(3 * 305_000);
    expect((await verdictsOf(world)).coordinator?.verdict).toMatchObject({ kind: 'unchanged', isAccepted: false });
    expect(world.codeBytes).toBe(3 * 305_000);
    world.deploy(treasurer, { slot: 60n, authority: TOKEN_PROGRAM, elf: ELF });
    expect((await verdictsOf(world)).treasurer?.verdict).toMatchObject({ kind: 'unchanged' });
    expect(world.codeBytes).toBe(3 * 305_000 + 300_000);
  });

  test('a build that changed between two connections is told apart from one that is the same', async () => {
    await verdictsOf(world);
    world.deploy(coordinator, { slot: 80n, authority: TOKEN_PROGRAM, elf: ELF.slice(1) });
    const now = await verdictsOf(world);
    expect(now.coordinator?.verdict).toMatchObject({
      kind: 'changed',
      before: { deploySlot: 50n },
      changes: ['executable'],
    });
    expect(now.treasurer?.verdict).toMatchObject({ kind: 'unchanged' });
    // Seen twice is not known.
    expect((await verdictsOf(world)).coordinator?.verdict).toMatchObject({ kind: 'changed' });
    const { programs, online } = await connect(world);
    expect(await programs.noticesFor(online)).toEqual([
      expect.objectContaining({ level: 'typed', text: expect.stringContaining('slot 80') }),
    ]);
  });

  test('an authority that was removed is said without asking for a word, one handed over asks', async () => {
    await verdictsOf(world);
    world.deploy(coordinator, { slot: 50n, elf: PADDED });
    world.deploy(treasurer, { slot: 50n, authority: SYSTEM_PROGRAM, elf: PADDED });
    const now = await verdictsOf(world);
    expect(now.coordinator?.verdict).toMatchObject({ kind: 'unchanged', becameFinal: true });
    expect(now.treasurer?.verdict).toMatchObject({ kind: 'changed', changes: ['authority'] });
  });

  test('a program that was closed is missing, one with damaged accounts unknown', async () => {
    await verdictsOf(world);
    world.accounts.delete(programDataAddress(coordinator));
    const program = programAccount(treasurer);
    world.accounts.set(treasurer, { ...program, data: program.data.slice(0, 30) });
    const now = await verdictsOf(world);
    expect(now.coordinator).toMatchObject({ kind: 'closed', verdict: { kind: 'missing', wasSeen: true } });
    expect(now.treasurer).toMatchObject({ kind: 'malformed', verdict: { kind: 'unknown' } });
  });

  test('code larger than an account can hold is not read, and said to be', async () => {
    const address = programDataAddress(coordinator);
    const account = world.accounts.get(address);
    if (!account) throw new Error('it was deployed');
    world.accounts.set(address, { ...account, space: 4_000_000_000 });
    const { programs, online } = await connect(world);
    const [notice] = await programs.noticesFor(online);
    expect(notice).toMatchObject({
      level: 'typed',
      text: expect.stringContaining('4000000000 bytes, more than the 10485760'),
    });
    expect(world.codeBytes).toBe(2 * 305_000);
  });

  test('code that is replaced while it is read has no hash', async () => {
    let reads = 0;
    world.beforeRead = (slice) => {
      reads += slice && slice.offset >= 45 ? 1 : 0;
      if (reads === 2) world.deploy(coordinator, { slot: 51n, authority: TOKEN_PROGRAM, elf: PADDED.toReversed() });
    };
    expect(await connectOnce(world)).toMatchObject({ kind: 'unread', code: 'program/changing' });
  });

  test('another cluster is compared with nothing seen on this one', async () => {
    await verdictsOf(world);
    world.genesisHash = 'cluster two';
    world.deploy(coordinator, { slot: 80n, elf: ELF.slice(1) });
    expect((await verdictsOf(world)).coordinator?.verdict).toEqual({ kind: 'first-seen' });
    world.genesisHash = 'cluster one';
    expect((await verdictsOf(world)).coordinator?.verdict).toMatchObject({ kind: 'changed' });
  });

  test('the practice network’s emulated programs are called so and not remembered', async () => {
    for (const name of PROGRAM_NAMES) world.deploy(DEFAULT_PROGRAM_IDS[name], { slot: 0n, elf: Uint8Array.of(1) });
    world.cluster = 'practice';
    expect((await verdictsOf(world)).coordinator?.verdict).toEqual({ kind: 'emulated' });
    expect(world.store.read().seen).toEqual([]);
  });

  test('what cannot be written down is seen for the first time again', async () => {
    world.writable = false;
    await verdictsOf(world);
    expect((await verdictsOf(world)).coordinator?.verdict).toEqual({ kind: 'first-seen' });
  });
});

/** The coordinator as the first reading alone found it. */
async function connectOnce(scene: World) {
  const online = {
    node: scene.node,
    genesisHash: scene.genesisHash,
    cluster: scene.cluster,
    profile: { programs: DEFAULT_PROGRAM_IDS },
  } as unknown as Online;
  let changed: () => void = () => undefined;
  const read = new Promise<void>((resolve) => (changed = resolve));
  const programs = createDeployedPrograms({
    connections: { status: () => ({ kind: 'online' }) as never, current: () => online },
    store: scene.store,
    dialogs: { confirm: () => Promise.reject(new Error('nobody should be asked')) },
    clock: scene.clock,
    reportUnexpected: () => 'reference',
    onChanged: () => changed(),
  });
  expect(programs.view()).toEqual({ kind: 'reading' });
  programs.lookAtNetwork();
  await read;
  const view = programs.view();
  return view.kind === 'read' ? view.programs[0]?.deployment : undefined;
}

describe('while connected', () => {
  test('a deploy is noticed within a minute', async () => {
    const { programs, online } = await connect(world);
    world.deploy(coordinator, { slot: 80n, authority: TOKEN_PROGRAM, elf: ELF.slice(1) });
    programs.lookAtNetwork();
    expect((await programs.noticesFor(online)).map(({ level }) => level)).toEqual(['note', 'note', 'note']);
    world.pass(60_000);
    programs.lookAtNetwork();
    expect((await programs.noticesFor(online)).map(({ level }) => level)).toEqual(['typed', 'note', 'note']);
  });

  test('an endpoint that does not answer for once takes nothing back; one that never did leaves them unknown', async () => {
    const { programs, online } = await connect(world);
    world.fails = true;
    world.pass(60_000);
    programs.lookAtNetwork();
    expect((await programs.noticesFor(online)).map(({ level }) => level)).toEqual(['note', 'note', 'note']);
    const broken = await connect(world);
    const notices = await broken.programs.noticesFor(broken.online);
    expect(notices.map(({ level }) => level)).toEqual(['typed', 'typed', 'typed']);
    expect(notices[0]?.text).toContain('did not answer');
    world.fails = false;
    expect(await broken.programs.noticesFor(broken.online)).toEqual([]);
  });
});

describe('a build the operator knows', () => {
  async function shownCoordinator(programs: Awaited<ReturnType<typeof connect>>['programs']) {
    const view = programs.view();
    const found = view.kind === 'read' ? view.programs[0]?.deployment : undefined;
    if (found?.kind !== 'deployed') throw new Error('it is deployed');
    return { genesisHash: world.genesisHash, program: coordinator, build: found.build };
  }

  test('is what later ones are compared with, after a yes that shows hash, authority and cluster', async () => {
    await verdictsOf(world);
    world.deploy(coordinator, { slot: 80n, authority: TOKEN_PROGRAM, elf: ELF.slice(1) });
    const { programs, online } = await connect(world);
    const shown = await shownCoordinator(programs);
    const view = await programs.accept(shown);
    expect(view.kind === 'read' && view.programs[0]?.verdict).toMatchObject({ kind: 'unchanged', isAccepted: true });
    expect(await programs.noticesFor(online)).toEqual([]);
    expect(world.questions[0]).toContain(shown.build.executableHash.match(/.{4}/g)?.join(' '));
    expect(world.questions[0]).toContain(TOKEN_PROGRAM);
    expect(world.questions[0]).toContain('cluster one');
    expect((await verdictsOf(world)).coordinator?.verdict).toMatchObject({ kind: 'unchanged', isAccepted: true });
  });

  test('is not recorded after a no', async () => {
    const { programs } = await connect(world);
    world.says = false;
    await programs.accept(await shownCoordinator(programs));
    expect((await verdictsOf(world)).coordinator?.verdict).toMatchObject({ isAccepted: false });
  });

  test('is nothing but the one that was shown', async () => {
    const { programs } = await connect(world);
    const shown = await shownCoordinator(programs);
    for (const other of [
      { ...shown, genesisHash: 'cluster two' },
      { ...shown, program: SYSTEM_PROGRAM },
      { ...shown, build: { ...shown.build, executableHash: '00'.repeat(32) } },
      { ...shown, build: { ...shown.build, authority: SYSTEM_PROGRAM } },
    ]) {
      await expect(programs.accept(other)).rejects.toMatchObject({ code: 'program/other-build' });
    }
    expect(world.questions).toEqual([]);
  });
});

test('a damaged record of what was seen is refused, so that the store keeps it aside', () => {
  expect(() => programsFormat.parse({ seen: [{ genesisHash: 'x' }] })).toThrow();
  expect(programsFormat.parse({})).toEqual({ seen: [] });
});
