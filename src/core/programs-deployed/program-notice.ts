import { z } from 'zod';
import { messageOf } from '#core/errors/app-error.ts';
import { catalog, type ErrorCode } from '#core/errors/catalog.ts';
import { PROGRAM_NAMES, type ProgramIds } from '#core/layouts/programs.ts';
import { AddressText } from '#core/units/wire.ts';
import { Build, Deployment } from './deployment.ts';
import { Verdict } from './verdict.ts';

/** One of the three programs as it was found on the network in use. */
export const DeployedProgram = z.strictObject({
  name: z.enum(['coordinator', 'treasurer', 'authorizer']),
  address: AddressText,
  deployment: Deployment,
  verdict: Verdict,
});

export type DeployedProgram = z.output<typeof DeployedProgram>;

/** The three programs of the network in use. */
export const DeployedPrograms = z.discriminatedUnion('kind', [
  /** There is no network to read them from. */
  z.strictObject({ kind: z.literal('offline') }),
  z.strictObject({ kind: z.literal('reading') }),
  z.strictObject({
    kind: z.literal('read'),
    genesisHash: z.string(),
    /** Milliseconds since 1970. */
    readAt: z.number(),
    programs: z.array(DeployedProgram),
  }),
]);

export type DeployedPrograms = z.output<typeof DeployedPrograms>;

/** A build as it was shown, so that nothing else is accepted in its place. */
export const ShownBuild = z.strictObject({
  genesisHash: z.string().max(64),
  program: AddressText,
  build: Build,
});

export type ShownBuild = z.output<typeof ShownBuild>;

/** Something to know about a deployed program. `typed`: a phrase is typed before anything is signed. */
export const ProgramNotice = z.strictObject({
  level: z.enum(['note', 'typed']),
  text: z.string(),
  remedy: z.string(),
});

export type ProgramNotice = z.output<typeof ProgramNotice>;

/** What has to be said where a program is read or written; `undefined` when it is as it was. */
export function noticeOf({ name, address, deployment, verdict }: DeployedProgram): ProgramNotice | undefined {
  switch (verdict.kind) {
    case 'emulated':
      return undefined;
    case 'unchanged':
      return verdict.becameFinal
        ? {
            level: 'note',
            text: `The ${name} program has become final: nobody can replace it any more`,
            remedy: 'The build is the one seen before. Say under Networks that you know it',
          }
        : undefined;
    case 'first-seen':
      return {
        level: 'note',
        text: `The ${name} program was seen here for the first time and compared with nothing`,
        remedy: 'Compare its hash under Networks with the one its operators announce, and say that you know the build',
      };
    case 'changed':
      return {
        level: 'typed',
        text: verdict.changes.includes('executable')
          ? `The ${name} program was replaced in slot ${slotOf(deployment)}: this build was not seen here before`
          : `Another key can now replace the ${name} program: its upgrade authority was handed over`,
        remedy:
          'What it does and what its accounts mean may differ from what is shown. Compare it under Networks with what its operators announce, and say there that you know it',
      };
    case 'missing':
    case 'unknown':
      return { level: 'typed', ...wordsOf(name, address, deployment, verdict) };
  }
}

/** What has to be said about several programs. */
export function noticesOf(programs: readonly DeployedProgram[]): ProgramNotice[] {
  return programs.flatMap((program) => noticeOf(program) ?? []);
}

/** Whether any of these addresses is one of the three programs. */
export function callsRunProgram(addresses: readonly string[], ids: ProgramIds): boolean {
  return PROGRAM_NAMES.some((name) => addresses.includes(ids[name]));
}

const CHECK_IDS = 'Check the program ids of this network under Networks';
const BEWARE = 'What it does cannot be compared with anything. Ask its operators before you sign';

function wordsOf(
  name: string,
  address: string,
  deployment: Deployment,
  verdict: Verdict,
): Pick<ProgramNotice, 'text' | 'remedy'> {
  const wasSeen = verdict.kind === 'missing' && verdict.wasSeen;
  const before = wasSeen ? ', though it was seen here before' : '';
  switch (deployment.kind) {
    case 'missing':
      return { text: `There is no ${name} program at ${address} on this network${before}`, remedy: CHECK_IDS };
    case 'closed':
      return {
        text: `The ${name} program was closed: its code is gone${before}`,
        remedy: 'A closed program never comes back at its address. Ask its operators for the new one',
      };
    case 'not-executable':
      return {
        text: `What is at the address of the ${name} program is no program${before}: it belongs to ${deployment.owner}`,
        remedy: CHECK_IDS,
      };
    case 'foreign-loader':
      return {
        text: `The ${name} program belongs to another loader (${deployment.owner}): its build and who can replace it are not known`,
        remedy: BEWARE,
      };
    case 'malformed':
      return { text: `The accounts of the ${name} program cannot be read: ${deployment.reason}`, remedy: BEWARE };
    case 'too-large':
      return {
        text: `The account of the ${name} program’s code is said to hold ${deployment.sizeBytes} bytes, more than the ${deployment.maxBytes} an account can: it was not read`,
        remedy: 'No cluster has such an account. Use another endpoint',
      };
    case 'unread': {
      const { happened, remedy } = unreadWords(deployment);
      return { text: `The build of the ${name} program could not be read: ${happened}`, remedy };
    }
    case 'deployed':
      return { text: `The build of the ${name} program is not known`, remedy: BEWARE };
  }
}

function unreadWords({ code, params }: Extract<Deployment, { kind: 'unread' }>) {
  if (!Object.hasOwn(catalog, code)) return { happened: 'for a reason nobody foresaw', remedy: 'Connect again' };
  // It is in the catalog, and whoever made it filled the parameters of that code.
  return messageOf(code as ErrorCode, params as never);
}

function slotOf(deployment: Deployment): string {
  return deployment.kind === 'deployed' ? deployment.build.deploySlot.toString() : 'an unknown one';
}
