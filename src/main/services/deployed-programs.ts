import { AppError, isAppError } from '#core/errors/app-error.ts';
import { PROGRAM_NAMES } from '#core/layouts/programs.ts';
import type { Clock } from '#core/ports.ts';
import { type Build, type Deployment, type DeployedHead, readDeployment } from '#core/programs-deployed/deployment.ts';
import { PROGRAM_DATA_HEADER_BYTES, programDataAddress } from '#core/programs-deployed/loader-state.ts';
import {
  type DeployedProgram,
  type DeployedPrograms,
  noticesOf,
  type ProgramNotice,
  type ShownBuild,
} from '#core/programs-deployed/program-notice.ts';
import { acceptBuild, judgeDeployment, rememberBuild, type SeenProgram } from '#core/programs-deployed/verdict.ts';
import type { Address } from '#core/solana/address.ts';
import type { Dialogs, Store } from '#main/ports.ts';
import type { Connections, Online } from './connections.ts';
import { readExecutableHash } from './read-executable.ts';
import { findSeen, keepSeen, type StoredPrograms } from './stored-programs.ts';

/** How often a connection that stays is asked whether a program was deployed anew, and after an answer that failed. */
const AGAIN_MS = 60_000;
const RETRY_MS = 10_000;

type Programs = readonly DeployedProgram[];

/** One reading of the three programs over a connection. It never rejects. */
type Look = {
  readonly online: Online;
  readonly connectedAt: number;
  readonly startedAt: number;
  programs: Promise<Programs>;
};

type Deps = {
  readonly connections: Pick<Connections, 'status' | 'current'>;
  readonly store: Store<StoredPrograms>;
  readonly dialogs: Pick<Dialogs, 'confirm'>;
  readonly clock: Clock;
  readonly reportUnexpected: (where: string, cause: unknown) => string;
  readonly onChanged: () => void;
};

export type DeployedProgramsBook = ReturnType<typeof createDeployedPrograms>;

/** Knows which builds of the three programs are deployed on the network in use, and which were seen there before. */
export function createDeployedPrograms({ connections, store, dialogs, clock, reportUnexpected, onChanged }: Deps) {
  let look: Look | undefined;
  let shown: { readonly online: Online; readonly readAt: number; readonly programs: Programs } | undefined;

  const connected = () => (connections.status().kind === 'online' ? connections.current() : undefined);

  function lookNow(online: Online): Look {
    const connectedAt = look?.online === online ? look.connectedAt : clock.now();
    const next: Look = {
      online,
      connectedAt,
      startedAt: clock.monotonic(),
      programs: readPrograms(online, connectedAt),
    };
    look = next;
    next.programs = next.programs.then((programs) => {
      // An endpoint that does not answer for once takes nothing back.
      if (shown?.online === online && programs.some(isUnread)) return shown.programs;
      if (look === next) {
        shown = { online, readAt: clock.now(), programs };
        onChanged();
      }
      return programs;
    });
    return next;
  }

  async function readPrograms(online: Online, connectedAt: number): Promise<Programs> {
    const { genesisHash, cluster, profile, node } = online;
    const addresses = PROGRAM_NAMES.map((name) => profile.programs[name]);
    const heads = await readHeads(node, addresses).catch(unread);
    const programs: DeployedProgram[] = [];
    for (const [index, name] of PROGRAM_NAMES.entries()) {
      const address = profile.programs[name];
      const seen = findSeen(store, genesisHash, address);
      const head = Array.isArray(heads) ? heads[index] : heads;
      const deployment = await complete(online, address, head ?? { kind: 'missing' }, seen);
      const verdict = judgeDeployment(deployment, seen, { cluster, connectedAt });
      if (deployment.kind === 'deployed' && verdict.kind !== 'emulated') {
        await remember(seen, { genesisHash, program: address, build: deployment.build });
      }
      programs.push({ name, address, deployment, verdict });
    }
    return programs;
  }

  /** With the hash, which is read only when it is not the one of a build seen before. */
  async function complete(
    { node }: Online,
    program: Address,
    found: DeployedHead | Exclude<Deployment, { kind: 'deployed' }>,
    seen: SeenProgram | undefined,
  ): Promise<Deployment> {
    if (found.kind !== 'head') return found;
    const { programData, head } = found;
    const isKnown = seen?.latest.deploySlot === head.deploySlot && seen.latest.sizeBytes === head.sizeBytes;
    try {
      const executableHash = isKnown ? seen.latest.executableHash : await readExecutableHash(node, program, found);
      return { kind: 'deployed', programData, build: { ...head, executableHash } };
    } catch (cause) {
      return unread(cause);
    }
  }

  function unread(cause: unknown): Extract<Deployment, { kind: 'unread' }> {
    if (isAppError(cause)) return { kind: 'unread', code: cause.code, params: { ...cause.params } };
    return {
      kind: 'unread',
      code: 'internal/unexpected',
      params: { reference: reportUnexpected('deployed programs', cause) },
    };
  }

  /** What cannot be written down is seen for the first time again. */
  async function remember(seen: SeenProgram | undefined, sight: ShownBuild): Promise<void> {
    if (seen && isSameBuild(seen.latest, sight.build)) return;
    try {
      await keepSeen(store, rememberBuild(seen, { ...sight, at: clock.now() }));
    } catch (cause) {
      reportUnexpected('deployed programs', cause);
    }
  }

  function view(): DeployedPrograms {
    const online = connected();
    if (!online) return { kind: 'offline' };
    if (shown?.online !== online) return { kind: 'reading' };
    return { kind: 'read', genesisHash: online.genesisHash, readAt: shown.readAt, programs: [...shown.programs] };
  }

  return {
    view,

    /** The connection answered, or is another one: reads what is deployed at once on a new one, and now and then on one that stays. */
    lookAtNetwork(): void {
      const online = connected();
      if (!online) return;
      if (look?.online !== online) {
        lookNow(online);
        return;
      }
      if (shown?.online !== online) return;
      const pause = shown.programs.some(isUnread) ? RETRY_MS : AGAIN_MS;
      if (clock.monotonic() - look.startedAt >= pause) lookNow(online);
    },

    /** What has to be said about the programs of a connection before something is signed. Waits until they were read. */
    async noticesFor(online: Online): Promise<ProgramNotice[]> {
      const programs = await (look?.online === online ? look : lookNow(online)).programs;
      return noticesOf(programs.some(isUnread) ? await lookNow(online).programs : programs);
    },

    /**
     * Compares later builds with this one, after a yes in a window no page can reach.
     *
     * @throws AppError `network/offline`, `program/other-build`, `storage/unwritable`
     */
    async accept({ genesisHash, program, build }: ShownBuild): Promise<DeployedPrograms> {
      const online = connections.current();
      const now = view();
      const found = now.kind === 'read' ? now.programs.find(({ address }) => address === program) : undefined;
      const isShown =
        online.genesisHash === genesisHash &&
        found?.deployment.kind === 'deployed' &&
        found.verdict.kind !== 'emulated' &&
        isSameBuild(found.deployment.build, build);
      if (!isShown) throw new AppError('program/other-build', { program });
      if (!(await dialogs.confirm(questionAbout(found, build, online)))) return now;
      await keepSeen(
        store,
        acceptBuild(findSeen(store, genesisHash, program), { genesisHash, program, build, at: clock.now() }),
      );
      await lookNow(online).programs;
      return view();
    },
  };
}

/** The three accounts and the heads of those that hold their code, all at one slot. */
async function readHeads(node: Online['node'], addresses: readonly Address[]) {
  const slice = { offset: 0, length: PROGRAM_DATA_HEADER_BYTES };
  const { accounts } = await node.readAccounts([...addresses, ...addresses.map(programDataAddress)], slice);
  return addresses.map((address, index) =>
    readDeployment(address, accounts[index], accounts[index + addresses.length]),
  );
}

const isUnread = ({ deployment }: DeployedProgram) => deployment.kind === 'unread';

function isSameBuild(a: Build, b: Build): boolean {
  return (
    a.executableHash === b.executableHash &&
    a.deploySlot === b.deploySlot &&
    a.authority === b.authority &&
    a.sizeBytes === b.sizeBytes
  );
}

function questionAbout({ name, address }: DeployedProgram, build: Build, { genesisHash }: Online) {
  return {
    title: 'Deployed program',
    message: `Do you know this build of the ${name} program?`,
    detail: [
      'The app will no longer warn about it. Compare the hash with the one the operators of the program announce.',
      `Program: ${address}`,
      `Executable hash: ${build.executableHash.match(/.{1,4}/g)?.join(' ') ?? ''}`,
      `Deployed in slot ${build.deploySlot}, replaceable by ${build.authority ?? 'nobody'}`,
      `Cluster: genesis ${genesisHash}`,
    ].join('\n'),
    button: 'I know this build',
  };
}
