import { DEFAULT_PROGRAM_IDS, PROGRAM_NAMES, type ProgramName } from '#core/layouts/programs.ts';
import type { Build, Deployment } from '#core/programs-deployed/deployment.ts';
import { programDataAddress } from '#core/programs-deployed/loader-state.ts';
import {
  type DeployedProgram,
  type DeployedPrograms,
  noticesOf,
  type ProgramNotice,
} from '#core/programs-deployed/program-notice.ts';
import { judgeDeployment } from '#core/programs-deployed/verdict.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { addressOf, GENESIS } from './sample-addresses.ts';
import type { Scenario } from './scenario.ts';

const CONNECTED = Date.now();
const SEEN = Date.UTC(2025, 10, 3, 9, 30);

function buildOf(name: ProgramName, version = ''): Build {
  const hash = [...addressToBytes(addressOf(`build of ${name} ${version}`))];
  return {
    executableHash: hash.map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    deploySlot: version === '' ? 346_218_904n : 371_902_115n,
    authority: addressOf('upgrade authority'),
    sizeBytes: 812_453,
  };
}

/** The three programs of a scenario, judged as the app judges them. */
export function samplePrograms(scenario: Scenario, accepted: ReadonlySet<Address>): DeployedPrograms {
  if (scenario.door === undefined || scenario.door === 'offline' || scenario.network === 'unreachable') {
    return { kind: 'offline' };
  }
  return {
    kind: 'read',
    genesisHash: GENESIS,
    readAt: Date.now(),
    programs: PROGRAM_NAMES.map((name) => programOf(name, scenario, accepted)),
  };
}

/** What a review says about them. */
export function sampleNotices(scenario: Scenario): ProgramNotice[] {
  const found = samplePrograms(scenario, new Set());
  return found.kind === 'read' ? noticesOf(found.programs) : [];
}

function programOf(name: ProgramName, scenario: Scenario, accepted: ReadonlySet<Address>): DeployedProgram {
  const address = DEFAULT_PROGRAM_IDS[name];
  const cluster = scenario.network === 'practice' ? 'practice' : 'mainnet';
  const before = buildOf(name);
  const deployment = deploymentOf(name, scenario);
  const now = deployment.kind === 'deployed' ? deployment.build : before;
  const isAccepted = accepted.has(address);
  const seen = {
    genesisHash: GENESIS,
    program: address,
    trusted: isAccepted ? now : before,
    firstSeenAt: scenario.programs === 'first-seen' ? CONNECTED : SEEN,
    ...(isAccepted && { acceptedAt: Date.now() }),
    latest: now,
  };
  return { name, address, deployment, verdict: judgeDeployment(deployment, seen, { cluster, connectedAt: CONNECTED }) };
}

function deploymentOf(name: ProgramName, { network, programs }: Scenario): Deployment {
  const programData = programDataAddress(DEFAULT_PROGRAM_IDS[name]);
  if (network === 'practice') {
    const { executableHash } = buildOf(name);
    return { kind: 'deployed', programData, build: { executableHash, deploySlot: 0n, sizeBytes: 119 } };
  }
  if (programs === 'changed' && name === 'treasurer') return { kind: 'missing' };
  return {
    kind: 'deployed',
    programData,
    build: buildOf(name, programs === 'changed' && name === 'coordinator' ? 'two' : ''),
  };
}
