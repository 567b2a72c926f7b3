import { describe, expect, test } from 'vitest';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { Service } from '#main/ports.ts';
import { createPractice } from './practice.ts';

/** Children that come up at once unless told otherwise, and die when told. */
function createScene() {
  const scene = {
    notices: [] as string[],
    changes: 0,
    args: [] as string[][],
    comesUp: true,
    /** What a child says that cannot start, before it ends. */
    failure: undefined as unknown,
    now: 0,
    /** Told of a change: the connection asks for the network again, at once. */
    onChanged: (): void => undefined,
    die: (): void => {
      throw new Error('nothing runs');
    },
  };
  const start = (args: string[]): Service => {
    scene.args.push(args);
    let exit: (code: number) => void = () => undefined;
    const exited = new Promise<number>((resolve) => {
      exit = resolve;
    });
    scene.die = () => exit(1);
    return {
      post: () => undefined,
      onMessage(listener) {
        if (scene.failure !== undefined) {
          listener(scene.failure);
          exit(1);
          return;
        }
        if (!scene.comesUp) return;
        listener({ notice: 'A file was damaged' });
        listener({
          ready: {
            rpcUrl: 'http://127.0.0.1:5',
            webSocketUrl: 'ws://127.0.0.1:6',
            genesisHash: 'g',
            demoMint: SYSTEM_PROGRAM,
          },
        });
      },
      exited,
      stop: async () => exit(0),
    };
  };
  const practice = createPractice({
    start,
    folder: '/data/practice',
    demoAddress: async () => SYSTEM_PROGRAM,
    clock: { now: () => scene.now, monotonic: () => scene.now },
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
    notify: (notice) => scene.notices.push(notice),
    onChanged: () => {
      scene.changes += 1;
      scene.onChanged();
    },
  });
  return { scene, practice };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the practice network’s process', () => {
  test('forgets the demo mint of a network that became another one, unless it is told the new one', async () => {
    const { practice } = createScene();
    await practice.start();
    practice.noteGenesis('g');
    expect(practice.endpoint()?.demoMint).toBe(SYSTEM_PROGRAM);
    practice.noteGenesis('h');
    expect(practice.endpoint()?.demoMint).toBeUndefined();
    practice.noteGenesis('i', TOKEN_PROGRAM);
    expect(practice.endpoint()).toMatchObject({ genesisHash: 'i', demoMint: TOKEN_PROGRAM });
  });

  test('is started once, with the demo key, for however many ask', async () => {
    const { scene, practice } = createScene();
    const [first, second] = await Promise.all([practice.start(), practice.start()]);
    expect(first).toEqual(second);
    expect(scene.args).toEqual([['--port', '0', '--data-dir', '/data/practice', '--demo', SYSTEM_PROGRAM]]);
    expect(scene.notices).toEqual(['A file was damaged']);
  });

  test('is started again when it dies, three times, and says so', async () => {
    const { scene, practice } = createScene();
    await practice.start();
    for (let death = 0; death < 4; death += 1) {
      scene.die();
      await settle();
    }
    expect(scene.args).toHaveLength(4);
    expect(practice.endpoint()).toBeUndefined();
    expect(scene.notices.at(-1)).toContain('ended several times');
  });

  test('is left alone after three restarts, however often it is asked for, until it is chosen again', async () => {
    const { scene, practice } = createScene();
    scene.onChanged = () => void practice.start().catch(() => undefined);
    await practice.start();
    for (let death = 0; death < 6; death += 1) {
      scene.die();
      await settle();
    }
    expect(scene.args).toHaveLength(4);
    await expect(practice.start()).rejects.toMatchObject({ code: 'practice/gave-up', params: { ends: 4 } });
    practice.tryAnew();
    expect(await practice.start()).toMatchObject({ genesisHash: 'g' });
  });

  test('may end now and then: only ends within a minute of the start count', async () => {
    const { scene, practice } = createScene();
    await practice.start();
    for (let death = 0; death < 6; death += 1) {
      scene.now += 61_000;
      scene.die();
      await settle();
    }
    expect(scene.args).toHaveLength(7);
  });

  test('is not started again when it was asked to stop', async () => {
    const { scene, practice } = createScene();
    await practice.start();
    await practice.stop();
    await settle();
    expect(scene.args).toHaveLength(1);
    expect(practice.endpoint()).toBeUndefined();
  });

  test('that died is started again with the notice that says so, once, and serves again', async () => {
    const { scene, practice } = createScene();
    await practice.start();
    scene.notices.length = 0;
    scene.die();
    await settle();
    expect(practice.endpoint()).toMatchObject({ genesisHash: 'g' });
    expect(scene.notices.filter((notice) => notice.includes('was started again; its state was kept'))).toHaveLength(1);
  });

  test('that died and cannot be started again is not said to have been', async () => {
    const { scene, practice } = createScene();
    await practice.start();
    scene.comesUp = false;
    scene.die();
    await settle();
    expect(practice.endpoint()).toBeUndefined();
    expect(scene.notices.at(-1)).toContain('did not start again');
    expect(scene.notices.join()).not.toContain('was started again');
  });

  test('that ends while it starts is not said to have taken too long', async () => {
    const { scene, practice } = createScene();
    scene.failure = { failed: { code: 'practice/ended-early', message: 'out of memory' } };
    await expect(practice.start()).rejects.toMatchObject({ code: 'practice/ended-early' });
    scene.failure = { failed: { code: 'practice/folder-in-use', message: '' } };
    await expect(practice.start()).rejects.toMatchObject({ code: 'practice/folder-in-use' });
    scene.failure = undefined;
    expect(await practice.start()).toMatchObject({ genesisHash: 'g' });
  });

  test('that never answers is ended, and the failure told', async () => {
    const { scene, practice } = createScene();
    scene.comesUp = false;
    await expect(practice.start()).rejects.toMatchObject({ code: 'practice/not-started' });
    scene.comesUp = true;
    expect(await practice.start()).toMatchObject({ genesisHash: 'g' });
  });
});
