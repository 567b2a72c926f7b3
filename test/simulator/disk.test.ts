import { describe, expect, test } from 'vitest';
import { createDisk, type LostWrite } from './disk.ts';
import { createRandom } from './random.ts';

const PATH = '/data/file';
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

/** What a power cut may leave of the work, over many seeds. */
async function leftovers(work: (fs: ReturnType<ReturnType<typeof createDisk>['mount']>) => Promise<void>) {
  const found = new Set<string | undefined>();
  const lost = new Set<LostWrite>();
  for (let seed = 1; seed <= 300; seed += 1) {
    const disk = createDisk();
    disk.put('/data/old', 'old');
    await work(disk.mount(async (_call, run) => run()));
    disk.cutPower(createRandom(seed), (what) => lost.add(what));
    found.add(text(disk.read(PATH)));
  }
  return { found, lost };
}

describe('a simulated disk', () => {
  test('keeps what was synced, its name too, whatever comes afterwards', async () => {
    const { found } = await leftovers(async (fs) => {
      const file = await fs.open(PATH, 'wx+');
      await file.write(Buffer.from('safe'), 0, 4, 0);
      await file.sync();
      const folder = await fs.open('/data', 'r');
      await folder.sync();
    });
    expect([...found]).toEqual(['safe']);
  });

  test('may lose a file whose folder was not synced, and all or part of what was not synced in it', async () => {
    const { found, lost } = await leftovers(async (fs) => {
      const file = await fs.open(PATH, 'wx+');
      await file.write(Buffer.from('one'), 0, 3, 0);
      await file.write(Buffer.from('two'), 0, 3, 3);
    });
    for (const left of [undefined, '', 'one', 'onetwo', '\0\0\0two', 'on']) expect(found).toContain(left);
    expect(lost).toEqual(new Set(['a write dropped', 'a write torn', 'writes reordered', 'a name lost']));
  });

  test('renames as a whole or not at all', async () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const disk = createDisk();
      disk.put('/data/new', 'new');
      disk.put(PATH, 'old');
      await disk.mount(async (_call, run) => run()).rename('/data/new', PATH);
      disk.cutPower(createRandom(seed));
      expect(['new,', 'old,new']).toContain(`${text(disk.read(PATH))},${text(disk.read('/data/new')) ?? ''}`);
    }
  });

  test('shows programs everything at once, synced or not', async () => {
    const disk = createDisk();
    const fs = disk.mount(async (_call, run) => run());
    await fs.writeFile(PATH, 'there');
    expect(await fs.readFile(PATH, 'utf8')).toBe('there');
    expect(disk.durable(PATH)).toBeUndefined();
    await expect(fs.readFile('/data/none')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(fs.open(PATH, 'wx')).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
