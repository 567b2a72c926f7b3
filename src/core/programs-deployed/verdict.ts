import { z } from 'zod';
import type { ClusterName } from '#core/networks/cluster.ts';
import { AddressText } from '#core/units/wire.ts';
import { Build, type Deployment } from './deployment.ts';

/** What is remembered about a program on one cluster. */
export const SeenProgram = z.strictObject({
  genesisHash: z.string().max(64),
  program: AddressText,
  /** What later builds are compared with: the first one seen, or the last one the operator accepted. */
  trusted: Build,
  /** Milliseconds since 1970. */
  firstSeenAt: z.number(),
  /** When the operator said to know the trusted build. */
  acceptedAt: z.number().optional(),
  /** The build seen last. Its hash is not read again while deploy slot and size stay the same. */
  latest: Build,
});

export type SeenProgram = z.output<typeof SeenProgram>;

/** What is different from the trusted build. */
const BuildChange = z.enum(['executable', 'authority']);

/** How what is deployed compares with what was seen before on the same cluster. */
export const Verdict = z.discriminatedUnion('kind', [
  /** This app's own practice network runs emulated programs. */
  z.strictObject({ kind: z.literal('emulated') }),
  /** Compared with nothing. */
  z.strictObject({ kind: z.literal('first-seen') }),
  z.strictObject({
    kind: z.literal('unchanged'),
    /** Milliseconds since 1970: first seen, or accepted. */
    since: z.number(),
    isAccepted: z.boolean(),
    /** It had an upgrade authority then, and now nobody can replace it. */
    becameFinal: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('changed'), before: Build, changes: z.array(BuildChange).min(1) }),
  z.strictObject({ kind: z.literal('missing'), wasSeen: z.boolean() }),
  z.strictObject({ kind: z.literal('unknown') }),
]);

export type Verdict = z.output<typeof Verdict>;

/**
 * Compares what is deployed with what is remembered of that program on that cluster.
 *
 * @param seen - absent: never seen there
 * @param connectedAt - milliseconds since 1970: what was first seen since then stays “first seen”
 */
export function judgeDeployment(
  deployment: Deployment,
  seen: SeenProgram | undefined,
  { cluster, connectedAt }: { cluster: ClusterName; connectedAt: number },
): Verdict {
  switch (deployment.kind) {
    case 'deployed':
      if (cluster === 'practice' && isAsOfGenesis(deployment.build)) return { kind: 'emulated' };
      return seen ? compareBuilds(deployment.build, seen, connectedAt) : { kind: 'first-seen' };
    case 'missing':
    case 'closed':
    case 'not-executable':
      return { kind: 'missing', wasSeen: seen !== undefined };
    case 'foreign-loader':
    case 'malformed':
    case 'too-large':
    case 'unread':
      return { kind: 'unknown' };
  }
}

/** What is remembered after a build was seen. */
export function rememberBuild(
  seen: SeenProgram | undefined,
  sight: Pick<SeenProgram, 'genesisHash' | 'program'> & { readonly build: Build; readonly at: number },
): SeenProgram {
  const { genesisHash, program, build, at } = sight;
  if (!seen) return { genesisHash, program, trusted: build, firstSeenAt: at, latest: build };
  return { ...seen, latest: build };
}

/** What is remembered after the operator said to know a build. */
export function acceptBuild(
  seen: SeenProgram | undefined,
  sight: Pick<SeenProgram, 'genesisHash' | 'program'> & { readonly build: Build; readonly at: number },
): SeenProgram {
  return { ...rememberBuild(seen, sight), trusted: sight.build, acceptedAt: sight.at };
}

function compareBuilds(build: Build, { trusted, firstSeenAt, acceptedAt }: SeenProgram, connectedAt: number): Verdict {
  const changes: z.output<typeof BuildChange>[] = [];
  if (build.executableHash !== trusted.executableHash) changes.push('executable');
  // Giving the authority up takes a right from everybody; handing it over gives one to somebody else.
  const isHandedOver = build.authority !== trusted.authority && build.authority !== undefined;
  if (isHandedOver) changes.push('authority');
  if (changes.length > 0) return { kind: 'changed', before: trusted, changes };
  if (acceptedAt === undefined && firstSeenAt >= connectedAt) return { kind: 'first-seen' };
  return {
    kind: 'unchanged',
    since: acceptedAt ?? firstSeenAt,
    isAccepted: acceptedAt !== undefined,
    becameFinal: trusted.authority !== undefined && build.authority === undefined,
  };
}

/** The emulated programs are there from slot 0 and nobody can replace them. */
function isAsOfGenesis({ deploySlot, authority }: Build): boolean {
  return deploySlot === 0n && authority === undefined;
}
