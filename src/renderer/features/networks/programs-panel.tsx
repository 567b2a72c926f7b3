import type { ReactNode } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeployedPrograms, ShownBuild } from '#core/programs-deployed/program-notice.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh, useDeployedPrograms } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { ProgramLine } from './program-line.tsx';

/** What is deployed at the addresses of the three programs of the network in use, and whether it is what was there before. */
export function ProgramsPanel() {
  const client = useClient();
  const queries = useQueryClient();
  const programs = useDeployedPrograms();
  const accept = useMutation({
    mutationFn: (shown: ShownBuild) => client.networks.acceptProgram(shown),
    onSettled: () => refresh(queries, 'programs'),
  });
  return (
    <Panel title="Deployed programs" aside="compared with what was seen on this cluster before" flush>
      <QueryGate
        query={programs}
        failed="The programs could not be read"
        skeleton={
          <Inset>
            <SkeletonLines lines={3} label="Reading the programs" />
          </Inset>
        }
      >
        {(found) => (
          <Content
            found={found}
            accepting={accept.isPending ? accept.variables.program : undefined}
            onAccept={accept.mutate}
          />
        )}
      </QueryGate>
      {accept.error && (
        <Inset>
          <Failure error={accept.error} title="The build was not accepted" />
        </Inset>
      )}
    </Panel>
  );
}

function Content({
  found,
  accepting,
  onAccept,
}: {
  found: DeployedPrograms;
  accepting: string | undefined;
  onAccept: (shown: ShownBuild) => void;
}) {
  switch (found.kind) {
    case 'offline':
      return (
        <Inset>
          <p className="muted">They are read as soon as a network answers.</p>
        </Inset>
      );
    case 'reading':
      return (
        <Inset>
          <SkeletonLines lines={3} label="Reading the programs: megabytes the first time, usually a few seconds" />
        </Inset>
      );
    case 'read':
      return (
        <ul aria-label="Deployed programs">
          {found.programs.map((program) => (
            <ProgramLine
              key={program.name}
              program={program}
              isAccepting={accepting === program.address}
              onAccept={(build) => onAccept({ genesisHash: found.genesisHash, program: program.address, build })}
            />
          ))}
        </ul>
      );
  }
}

function Inset({ children }: { children: ReactNode }) {
  return <div style={{ padding: '12px 16px' }}>{children}</div>;
}
