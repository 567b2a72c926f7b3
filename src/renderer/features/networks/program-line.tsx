import { Button } from '@mantine/core';
import type { Build } from '#core/programs-deployed/deployment.ts';
import { type DeployedProgram, noticeOf } from '#core/programs-deployed/program-notice.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { formatCount, formatShortMoment } from '#renderer/lib/durations.ts';
import { groupsOfFour } from '#renderer/lib/grouped.ts';
import { ProgramNotices } from '#renderer/lib/program-notices.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { type Fact, Facts } from '#renderer/ui/facts.tsx';
import classes from './program-line.module.css';

/** One of the three programs: where it is, which build, who can replace it, and how that compares. */
export function ProgramLine({
  program,
  isAccepting,
  onAccept,
}: {
  program: DeployedProgram;
  isAccepting: boolean;
  onAccept: (build: Build) => void;
}) {
  const { name, address, deployment, verdict } = program;
  const notice = noticeOf(program);
  const before = verdict.kind === 'changed' ? verdict.before : undefined;
  const build = deployment.kind === 'deployed' ? deployment.build : undefined;
  return (
    <li className={classes.line} aria-label={`Program ${name}`}>
      <div className={classes.top}>
        <strong>{name}</strong>
        <VerdictChip program={program} />
        {build && canAccept(program) && (
          <Button
            size="xs"
            variant="default"
            className={classes.accept}
            loading={isAccepting}
            onClick={() => onAccept(build)}
            aria-label={`I know this build of the ${name} program`}
          >
            I know this build
          </Button>
        )}
      </div>
      {notice && <ProgramNotices notices={[notice]} />}
      <Facts
        facts={[
          { label: 'Address', value: <FullAddress address={address} /> },
          ...(build ? buildFacts(build, before) : []),
        ]}
      />
    </li>
  );
}

function buildFacts(build: Build, before: Build | undefined): Fact[] {
  const oldHash = before && before.executableHash !== build.executableHash ? before.executableHash : undefined;
  const oldAuthority = before && before.authority !== build.authority ? before : undefined;
  return [
    { label: 'Hash', value: <Hash hash={build.executableHash} /> },
    ...(oldHash === undefined ? [] : [{ label: 'Before', key: 'hash before', value: <Hash hash={oldHash} /> }]),
    { label: 'Authority', value: <Authority address={build.authority} /> },
    ...(oldAuthority
      ? [{ label: 'Before', key: 'authority before', value: <Authority address={oldAuthority.authority} /> }]
      : []),
    { label: 'Deployed', value: `in slot ${formatCount(build.deploySlot)}` },
  ];
}

function Hash({ hash }: { hash: string }) {
  return (
    <span className={classes.hash}>
      <span className="mono small break">{groupsOfFour(hash).join(' ')}</span>
      <CopyButton text={hash} label="Copy hash" />
    </span>
  );
}

function Authority({ address }: { address: string | undefined }) {
  if (address === undefined) return <span className="muted">nobody: it is final</span>;
  return <FullAddress address={address} />;
}

function VerdictChip({ program: { verdict, deployment } }: { program: DeployedProgram }) {
  switch (verdict.kind) {
    case 'emulated':
      return <Chip>emulated by this app’s practice network</Chip>;
    case 'first-seen':
      return <Chip tone="accent">first seen, not compared</Chip>;
    case 'unchanged':
      return (
        <Chip tone="good">
          {verdict.isAccepted ? 'the build you know, since' : 'unchanged since'} {formatShortMoment(verdict.since)}
        </Chip>
      );
    case 'changed': {
      const slot = deployment.kind === 'deployed' ? deployment.build.deploySlot : undefined;
      return (
        <Chip tone="bad">
          {verdict.changes.includes('executable') && slot !== undefined
            ? `changed in slot ${formatCount(slot)}`
            : 'authority changed'}
        </Chip>
      );
    }
    case 'missing':
      return <Chip tone="bad">missing</Chip>;
    case 'unknown':
      return <Chip tone="warn">unknown</Chip>;
  }
}

function canAccept({ verdict }: DeployedProgram): boolean {
  if (verdict.kind === 'unchanged') return !verdict.isAccepted || verdict.becameFinal;
  return verdict.kind === 'first-seen' || verdict.kind === 'changed';
}
