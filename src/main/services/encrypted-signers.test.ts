import { ed25519 } from '@noble/curves/ed25519.js';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import type { SignerRequest } from '#signer/messages.ts';
import { ageFile, keyfileText } from '#test/age-files.ts';
import { approvalOf, practiceOperator } from '#test/main/practice-operator.ts';
import {
  askSignerHere,
  noDialogs,
  practiceInThisProcess,
  startMain,
  temporaryFolder,
  type StartedMain,
} from '#test/main/start-main.ts';
import { encodingsOf } from '#test/secret-encodings.ts';

const PASSPHRASE = 'canary in a söng of four words';
const seed = new Uint8Array(32).fill(21);
const address = addressFromBytes(ed25519.getPublicKey(seed));
const utf8 = (text: string) => new TextEncoder().encode(text);
const isWiped = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);

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

const dataFolder = () => join(folder.path, 'data');
const path = () => join(folder.path, 'cold.age');

type Answers = { target?: string | undefined; requests?: SignerRequest[] };

/** Main, with a person who chooses the encrypted keyfile and agrees with everything. */
async function starting({ target, requests = [] }: Answers = {}): Promise<StartedMain> {
  writeFileSync(path(), await ageFile(keyfileText(seed), PASSPHRASE), { mode: 0o600 });
  main = await startMain(dataFolder(), {
    children: {
      startPracticeNetwork: practiceInThisProcess,
      askSigner(request) {
        requests.push(request);
        return askSignerHere(request);
      },
    },
    dialogs: {
      ...noDialogs,
      chooseFile: async () => path(),
      chooseTarget: async () => target,
      confirm: async () => true,
    },
  });
  return main;
}

async function adding(answers?: Answers) {
  const { services } = await starting(answers);
  const chosen = await services.signers.addKeyfile();
  if (chosen.kind !== 'locked') throw new Error(chosen.kind);
  return { services, handle: chosen.handle, fileName: chosen.fileName };
}

describe('an encrypted keyfile is added', () => {
  test('with its passphrase, typed once; its path and address are all that is kept', async () => {
    const { services, handle, fileName } = await adding();
    expect(fileName).toBe('cold.age');
    const passphrase = utf8(PASSPHRASE);
    const signer = await services.signers.unlockKeyfile(handle, passphrase);
    expect(signer).toMatchObject({
      label: 'cold',
      address,
      source: { kind: 'keyfile', encrypted: true, state: 'ready' },
    });
    expect(isWiped(passphrase)).toBe(true);
    const stored = JSON.parse(readFileSync(join(dataFolder(), 'settings.json'), 'utf8')) as { value?: unknown };
    expect(JSON.stringify(stored)).toContain('"encrypted":true');
  });

  test('after a wrong passphrase too: the file stays chosen', async () => {
    const { services, handle } = await adding();
    const wrong = utf8('not this one');
    await expect(services.signers.unlockKeyfile(handle, wrong)).rejects.toMatchObject({
      code: 'keyfile/wrong-passphrase',
    });
    expect(isWiped(wrong)).toBe(true);
    expect(await services.signers.unlockKeyfile(handle, utf8(PASSPHRASE))).toMatchObject({ address });
    await expect(services.signers.unlockKeyfile(handle, utf8(PASSPHRASE))).rejects.toMatchObject({
      code: 'signer/file-forgotten',
    });
  });
});

describe('a keyfile is encrypted', () => {
  test('into a new file, which signs from then on, and the old one stays', async () => {
    const target = join(folder.path, 'id.age');
    const { services } = await starting({ target });
    const plain = join(folder.path, 'id.json');
    writeFileSync(plain, keyfileText(seed), { mode: 0o600 });
    const { id } = await services.signers.addPath(plain);
    const short = utf8('elf signs ö');
    await expect(services.signers.encryptKeyfile(id, short)).rejects.toMatchObject({
      code: 'keyfile/short-passphrase',
      params: { least: 12 },
    });
    const done = await services.signers.encryptKeyfile(id, utf8(PASSPHRASE));
    expect(done).toMatchObject({ kind: 'encrypted', oldFileName: 'id.json' });
    expect(readFileSync(plain, 'utf8')).toBe(keyfileText(seed));
    expect(await services.signers.keyFor(address)).toMatchObject({ encrypted: true, problem: '' });
    await expect(services.signers.encryptKeyfile(id, utf8(PASSPHRASE))).rejects.toMatchObject({
      code: 'keyfile/encrypted-already',
    });
    await expect(services.signers.sign(address, seed, 'x')).rejects.toMatchObject({ code: 'signer/wrong-message' });
  });

  test('not when the operator chooses no place for it', async () => {
    const { services } = await starting();
    const plain = join(folder.path, 'id.json');
    writeFileSync(plain, keyfileText(seed), { mode: 0o600 });
    const { id } = await services.signers.addPath(plain);
    const passphrase = utf8(PASSPHRASE);
    expect(await services.signers.encryptKeyfile(id, passphrase)).toEqual({ kind: 'cancelled' });
    expect(isWiped(passphrase)).toBe(true);
    expect(await services.signers.keyFor(address)).toMatchObject({ encrypted: false });
  });
});

describe('a new key', () => {
  test('is written where the operator says and added; its words come only when asked for', async () => {
    const target = join(folder.path, 'fresh.json');
    const { services } = await starting({ target });
    const made = await services.signers.createKey({ withWords: true });
    if (made.kind !== 'created') throw new Error(made.kind);
    expect(new TextDecoder().decode(made.words).split(' ')).toHaveLength(12);
    expect(made.signer).toMatchObject({ label: 'fresh', source: { encrypted: false } });
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(services.signers.own()).toContain(made.signer.address);
    await expect(services.signers.createKey({ withWords: false })).rejects.toMatchObject({ code: 'keyfile/exists' });
  });
});

/** Every file below a folder. */
function filesIn(where: string): string[] {
  return readdirSync(where, { recursive: true, encoding: 'utf8' })
    .map((name) => join(where, name))
    .filter((file) => statSync(file).isFile());
}

test('an encrypted keyfile signs with the passphrase of this approval, which is nowhere afterwards', async () => {
  const requests: SignerRequest[] = [];
  const started = await starting({ requests });
  const { services } = started;
  const operator = await practiceOperator(started);
  await operator.launch(undefined);
  const chosen = await services.signers.addKeyfile();
  if (chosen.kind !== 'locked') throw new Error(chosen.kind);
  await services.signers.unlockKeyfile(chosen.handle, utf8(PASSPHRASE));
  await services.connections.current().node.requestAirdrop(address, 1_000_000_000n);
  const before = services.transactions.list().length;

  const shown = await operator.review({
    operation: { kind: 'tick', runId: 'atlas-7' },
    signers: { payer: address, authority: address, joinAuthority: address },
  });
  expect(shown.slots).toMatchObject([{ address, kind: 'encrypted-keyfile', problem: '' }]);

  // Repeating it would take a passphrase that is kept.
  const terms = { count: 2, intervalMs: 1_000 };
  const repeated = services.approvals.approveRepeated({ ...approvalOf(shown), typed: shown.typedPhrase }, terms);
  await expect(repeated).rejects.toMatchObject({ code: 'ticker/keyfile-only' });

  const approveWith = (passphrase: Uint8Array) =>
    services.approvals.approve({
      ...approvalOf(shown),
      typed: shown.typedPhrase,
      passphrases: [{ address, passphrase }],
    });
  const wrong = utf8('mistyped canary phrase');
  await expect(approveWith(wrong)).rejects.toMatchObject({ code: 'keyfile/wrong-passphrase' });
  expect(services.transactions.list()).toHaveLength(before);
  const passphrase = utf8(PASSPHRASE);
  await approveWith(passphrase);
  expect(services.transactions.list()).toHaveLength(before + 1);

  expect([wrong, passphrase].every(isWiped)).toBe(true);
  for (const request of requests)
    if ('passphrase' in request && request.passphrase) expect(isWiped(request.passphrase)).toBe(true);
  await main?.close();
  const files = filesIn(dataFolder());
  expect(files.map((file) => file.replace(/^.*\//, ''))).toEqual(expect.arrayContaining(['journal.log', 'events.log']));
  for (const [name, needle] of [PASSPHRASE, 'mistyped canary phrase'].flatMap((text) => [...encodingsOf(utf8(text))])) {
    for (const file of files) expect([name, file, readFileSync(file).includes(needle)]).toEqual([name, file, false]);
  }
}, 60_000);
