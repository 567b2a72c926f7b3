import { canJoin } from '#core/authorizations/can-join.ts';
import { joinKit } from '#core/authorizations/join-kit.ts';
import { listAuthorizations } from '#core/authorizations/list-authorizations.ts';
import { AppError } from '#core/errors/app-error.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Signer, SignerRoles } from '#core/signers/signer.ts';
import type { FakeGroups, FakeWorld } from './fake-world.ts';
import { SAMPLE_USERS_FILE } from './sample-users.ts';
import { SAMPLE_BALANCES, SAMPLE_ROLES, SAMPLE_SIGNERS, SAMPLE_WORDS, sampleNewSigner } from './sample-signers.ts';

/** The operator's signers, their nonce accounts, and whom they let in. */
export function fakeSignerHandlers({
  scenario,
  isEmpty,
  chain,
  journal,
}: FakeWorld): FakeGroups<'signers' | 'nonces' | 'authorizations'> {
  let roles: SignerRoles = isEmpty ? {} : SAMPLE_ROLES;
  let signers: readonly Signer[] = isEmpty ? [] : SAMPLE_SIGNERS;
  const signerOf = (id: string) => {
    const signer = signers.find((one) => one.id === id);
    if (!signer) throw new AppError('ipc/malformed', { channel: 'signers', path: 'id' });
    return signer;
  };

  return {
    signers: {
      list: () => ({ signers: [...signers], roles, balances: { ...SAMPLE_BALANCES } }),
      addKeyfile: () => ({ kind: 'locked', handle: 'chosen', fileName: 'cold-storage.age' }),
      unlockKeyfile() {
        throw new AppError('keyfile/wrong-passphrase', { fileName: 'cold-storage.age' });
      },
      encryptKeyfile({ id }) {
        const signer = signerOf(id);
        if (signer.source.kind !== 'keyfile') throw new AppError('signer/absent', { address: signer.address });
        const { fileName } = signer.source;
        const encrypted = { ...signer, source: { ...signer.source, fileName: 'join_authority.age', encrypted: true } };
        signers = signers.map((each) => (each.id === id ? encrypted : each));
        return { kind: 'encrypted', signer: encrypted, oldFileName: fileName };
      },
      createKey({ withWords }) {
        const words = withWords ? SAMPLE_WORDS : '';
        return { kind: 'created', signer: sampleNewSigner(), words: new TextEncoder().encode(words) };
      },
      addAddress({ address, label }) {
        const signer: Signer = { id: address, label, address, source: { kind: 'address-only' } };
        signers = [...signers, signer];
        return signer;
      },
      rename: ({ id, label }) => ({ ...signerOf(id), label }),
      remove({ id }) {
        signers = signers.filter((signer) => signer.id !== id);
        return {};
      },
      allowOpenPermissions: ({ id }) => signerOf(id),
      chooseRoles(chosen) {
        roles = chosen;
        return roles;
      },
      lookUpLedger: () => ({ kind: 'locked' }),
    },
    authorizations: {
      list: (question) =>
        listAuthorizations(question, {
          chain,
          programs: DEFAULT_PROGRAM_IDS,
          own: new Set(signers.map(({ address }) => address)),
        }),
      canJoin: (question) => canJoin(question, { chain, programs: DEFAULT_PROGRAM_IDS }),
      joinKit: (question) =>
        joinKit(question, {
          rpcUrl: scenario.network === 'practice' ? 'http://127.0.0.1:8899' : 'https://rpc.example.org/v2/k3y',
          webSocketUrl: scenario.network === 'practice' ? 'ws://127.0.0.1:8900' : 'wss://rpc.example.org/v2/k3y',
        }),
      openUsers: () => ({ kind: 'opened', fileName: 'users.csv', text: SAMPLE_USERS_FILE }),
    },
    nonces: {
      list: async () => (await journal()).nonces.list(),
      async remember({ address }) {
        await (await journal()).nonces.remember(address);
        return {};
      },
      async forget({ address }) {
        await (await journal()).nonces.forget(address);
        return {};
      },
    },
  };
}
