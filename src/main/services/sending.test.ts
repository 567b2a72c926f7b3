import { describe, expect, test } from 'vitest';
import { GENESIS, WIRE, LAST_VALID, ENTRY, createWorld, follow, finished, landed } from '#test/main/sending-world.ts';

describe('a signed transaction', () => {
  test('is sent again every two seconds, always the same bytes, until it landed', async () => {
    const scene = createWorld();
    scene.world.onWait = (waits) => {
      if (waits === 9) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.world.sent.map(({ at }) => at)).toEqual([0, 2000, 4000, 6000, 8000]);
    expect(new Set(scene.world.sent.map(({ bytes }) => bytes))).toEqual(new Set([WIRE]));
    expect(scene.book.find(ENTRY.id).end?.outcome).toEqual({ kind: 'confirmed', slot: 77n, signature: 'signature' });
    expect(scene.world.neededSlots).toEqual([[GENESIS, 77n]]);
  });

  test('that was refused on chain has ended, with error and logs, and is not sent again', async () => {
    const scene = createWorld();
    scene.world.status = landed({ InstructionError: [0, { Custom: 6001 }] });
    await follow(scene);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({
      kind: 'failed',
      error: { InstructionError: [0, { Custom: 6001 }] },
      logs: ['Program log: refused'],
    });
    expect(scene.world.sent).toHaveLength(1);
  });

  test('is not ended by a processed status, which a fork could take back', async () => {
    const scene = createWorld();
    scene.world.status = { ...landed(), commitment: 'processed' };
    scene.world.onWait = (waits) => {
      if (waits === 5) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.world.now).toBeGreaterThanOrEqual(5000);
  });

  test('has expired only when the finalized chain is 32 blocks past its last one', async () => {
    const scene = createWorld();
    let doubtful = false;
    scene.world.onWait = (waits) => {
      if (waits === 3) scene.world.height = LAST_VALID + 32n;
      if (waits === 6) doubtful = scene.sending.isDoubtful(ENTRY.id);
      if (waits === 6) scene.world.height = LAST_VALID + 33n;
    };
    await follow(scene);
    expect(doubtful).toBe(true);
    expect(scene.sending.isDoubtful(ENTRY.id)).toBe(false);
    expect(scene.world.now).toBeGreaterThanOrEqual(6000);
    expect(scene.book.find(ENTRY.id).end?.outcome).toEqual({ kind: 'expired' });
    expect(scene.world.sent.every(({ at }) => at < 3000)).toBe(true);
  });

  test('that landed in its very last block is found, however late', async () => {
    const scene = createWorld();
    scene.world.sendFails = true;
    scene.world.onWait = (waits) => {
      if (waits === 3) scene.world.height = LAST_VALID + 20n;
      if (waits === 8) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({ kind: 'confirmed' });
  });

  test('is never given up, and asked about at most 8 times a minute, while nobody answers', async () => {
    const scene = createWorld();
    scene.world.isSilent = true;
    scene.world.onWait = (waits) => {
      if (waits === 40) Object.assign(scene.world, { isSilent: false, status: landed() });
    };
    await follow(scene);
    expect(scene.world.now).toBeGreaterThan(36 * 8000);
  });

  test('waits for its own cluster: another one gets no byte of it', async () => {
    const scene = createWorld();
    scene.world.isConnected = false;
    scene.world.genesis = 'another cluster';
    const sentElsewhere: unknown[] = [];
    scene.world.onWait = (waits) => {
      if (waits === 5) scene.world.isConnected = true;
      if (waits === 10) sentElsewhere.push(...scene.world.sent);
      if (waits === 10) scene.world.genesis = GENESIS;
      if (waits === 13) scene.world.status = landed();
    };
    await follow(scene);
    expect(sentElsewhere).toEqual([]);
    expect(scene.world.sent.length).toBeGreaterThan(0);
  });

  test('is watched on while the disk is full, and its end written once there is room', async () => {
    const scene = createWorld();
    await scene.book.writeSigned(ENTRY);
    Object.assign(scene.world, { isDiskFull: true, status: landed() });
    scene.world.onWait = (waits) => {
      if (waits === 4) scene.world.isDiskFull = false;
    };
    scene.sending.launch(ENTRY.id);
    await finished(scene);
    expect(scene.world.written.at(-1)).toMatchObject({ event: 'ended', outcome: { kind: 'confirmed' } });
  });

  test('is watched on without a word in the log while the journal is broken', async () => {
    const before = createWorld();
    await before.book.writeSigned(ENTRY);
    const scene = createWorld([...before.world.written, 'a record that nobody understands']);
    scene.world.status = landed();
    scene.sending.recover();
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(scene.world.now).toBeGreaterThan(5000);
    expect([scene.world.unexpected, scene.world.ended]).toEqual([[], []]);
    // The wait of this scene throws when it is woken.
    await scene.sending.close().catch(() => undefined);
  });

  test('asks for no state from before a landing that the journal tells of', async () => {
    const before = createWorld();
    await before.book.writeSigned(ENTRY);
    await before.book.writeEnded(ENTRY.id, { kind: 'confirmed', slot: 77n, signature: 'signature' });
    const scene = createWorld(before.world.written);
    scene.sending.recover();
    expect(scene.world.neededSlots).toEqual([[GENESIS, 77n]]);
  });

  test('is taken up after a kill between signing and sending, and after one between sending and the end', async () => {
    const before = createWorld();
    await before.book.writeSigned(ENTRY);
    const signedOnly = [...before.world.written];
    await before.book.writeSent(ENTRY.id);
    for (const payloads of [signedOnly, before.world.written]) {
      const scene = createWorld(payloads);
      scene.world.onWait = () => {
        scene.world.status = landed();
      };
      scene.sending.recover();
      await finished(scene);
      expect(scene.world.sent.map(({ bytes }) => [...bytes])).toEqual([[...WIRE]]);
    }
  });

  test('that landed while the app was away is not sent again', async () => {
    const before = createWorld();
    await before.book.writeSigned(ENTRY);
    const scene = createWorld(before.world.written);
    scene.world.status = landed();
    scene.sending.recover();
    await finished(scene);
    expect(scene.world.sent).toEqual([]);
  });

  test('is sent and found without hints when the WebSocket URL is mistyped', async () => {
    const scene = createWorld();
    scene.world.hasHints = false;
    scene.world.onWait = (waits) => {
      if (waits === 3) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.world.sent.length).toBeGreaterThan(0);
    expect(scene.world.unexpected).toEqual([]);
  });

  test('is taken up again after a failure nobody foresaw, and that is reported', async () => {
    const scene = createWorld();
    scene.world.bug = new TypeError('nobody foresaw this');
    scene.world.onWait = (waits) => {
      if (waits === 4) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.world.unexpected).toHaveLength(1);
    expect(scene.world.sent.length).toBeGreaterThan(0);
  });

  test.each([
    ['another cluster', { genesis: 'another cluster' }],
    ['a node that has not seen all of the finalized chain', { seenSlot: 59n }],
    ['a node that did not search its history', { hasHistory: false }],
  ])('does not expire by the word of %s', async (_who, changes) => {
    const scene = createWorld();
    const honest = { genesis: GENESIS, seenSlot: 90n, hasHistory: true };
    let doubtful = false;
    scene.world.onWait = (waits) => {
      if (waits === 2) Object.assign(scene.world, { height: LAST_VALID + 1000n, ...changes });
      if (waits === 20) doubtful = scene.sending.isDoubtful(ENTRY.id);
      if (waits === 20) Object.assign(scene.world, honest, { status: landed() });
    };
    await follow(scene);
    expect(doubtful).toBe(true);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({ kind: 'confirmed' });
  });

  test('has expired when its cluster was reset, though nobody can be asked any more', async () => {
    const scene = createWorld();
    scene.world.onWait = (waits) => {
      if (waits === 3) scene.world.isConnected = false;
      if (waits === 5) scene.sending.giveUpCluster(GENESIS);
    };
    await follow(scene);
    expect(scene.book.find(ENTRY.id).end?.outcome).toEqual({ kind: 'expired' });
  });

  test('has failed for good though nobody keeps its logs', async () => {
    const scene = createWorld();
    Object.assign(scene.world, { status: landed({ InstructionError: [0, { Custom: 6001 }] }), logs: [] });
    await follow(scene);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({ kind: 'failed', logs: [] });
  });

  test('is taken up again when writing down its end fails as nobody foresaw', async () => {
    const scene = createWorld();
    scene.world.onWait = (waits) => {
      if (waits === 2) Object.assign(scene.world, { status: landed(), journalBug: new TypeError('a fault') });
    };
    await follow(scene);
    expect(scene.world.unexpected).toHaveLength(1);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({ kind: 'confirmed' });
  });

  test('whose end was written by somebody else is left alone', async () => {
    const scene = createWorld();
    let written: Promise<void> | undefined;
    scene.world.onWait = (waits) => {
      if (waits === 2) written = scene.book.writeEnded(ENTRY.id, { kind: 'expired' });
    };
    await scene.book.writeSigned(ENTRY);
    scene.sending.launch(ENTRY.id);
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await written;
    const count = scene.world.sent.length;
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(scene.world.sent).toHaveLength(count);
    expect(scene.world.ended).toEqual([]);
    expect(scene.book.find(ENTRY.id).end?.outcome).toEqual({ kind: 'expired' });
  });

  test('is followed once, however often that is asked for', async () => {
    const scene = createWorld();
    await scene.book.writeSigned(ENTRY);
    scene.world.onWait = (waits) => {
      if (waits === 2) scene.world.status = landed();
    };
    for (let times = 0; times < 5; times += 1) scene.sending.launch(ENTRY.id);
    await finished(scene);
    expect(scene.world.sent).toHaveLength(1);
  });
});

test('how often it was sent, when the cluster last answered and until when it can land are known while it is on its way', async () => {
  const scene = createWorld();
  let seen: unknown;
  let isConnectedThen: boolean | undefined;
  scene.world.onWait = (waits) => {
    if (waits === 4) seen = scene.sending.flightOf(ENTRY.id);
    if (waits === 5) scene.world.isConnected = false;
    if (waits === 6) isConnectedThen = scene.sending.flightOf(ENTRY.id)?.isConnected;
    if (waits === 7) Object.assign(scene.world, { isConnected: true, status: landed() });
  };
  await follow(scene);
  expect(isConnectedThen).toBe(false);
  expect(seen).toEqual({
    isConnected: true,
    lookedAt: 3000,
    sends: 2,
    finalizedHeight: 50n,
    lastValidBlockHeight: LAST_VALID,
  });
  expect(scene.sending.flightOf(ENTRY.id)).toBeUndefined();
});
