import { Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { SignerRoles, type Signer } from '#core/signers/signer.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { Panel } from '#renderer/ui/panel.tsx';

const PARTS = [
  { part: 'payer', label: 'Usual fee payer' },
  { part: 'authority', label: 'Usual main authority' },
  { part: 'joinAuthority', label: 'Usual join authority' },
] as const;

/** Which signer a form starts with for each part. Every form can choose otherwise. */
export function RolesPanel({ signers, roles }: { signers: readonly Signer[]; roles: SignerRoles }) {
  const client = useClient();
  const queries = useQueryClient();
  const choose = useMutation({
    mutationFn: (chosen: SignerRoles) => client.signers.chooseRoles(chosen),
    onSettled: () => refresh(queries, 'signers'),
  });
  return (
    <Panel title="Roles">
      <div className="stack">
        {PARTS.map(({ part, label }) => (
          <Select
            key={part}
            label={label}
            placeholder="The first signer"
            data={signers.map((signer) => ({
              value: signer.address,
              label: `${signer.label} · ${signer.address.slice(0, 4)}…${signer.address.slice(-5)}`,
            }))}
            value={roles[part] ?? null}
            onChange={(address) => {
              const chosen = SignerRoles.safeParse({ ...roles, [part]: address ?? undefined });
              if (chosen.success) choose.mutate(chosen.data);
            }}
          />
        ))}
        <p className="muted small">They may be three different keys. A join authority needs no SOL.</p>
        {choose.error && <Failure error={choose.error} />}
      </div>
    </Panel>
  );
}
