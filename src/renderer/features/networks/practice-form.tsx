import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FeePolicy } from '#core/networks/fee-policy.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { FeeFields } from './fee-fields.tsx';

/** What can be chosen of the practice network: its fees, so that a rehearsal pays as the real run will. */
export function PracticeForm({ profile, onClose }: { profile: NetworkProfile; onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const [fees, setFees] = useState<FeePolicy>(profile.fees);
  const parsed = FeePolicy.safeParse(fees);
  const wrong = new Set(parsed.error?.issues.map(({ path }) => path.join('.')));
  const reason = parsed.success ? '' : 'Put the marked fields right';
  const save = useMutation({
    mutationFn: (chosen: FeePolicy) => client.networks.save({ ...profile, fees: chosen }),
    onSettled: () => refresh(queries, 'networks', 'connection'),
    onSuccess: onClose,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (parsed.success) save.mutate(parsed.data);
  }
  return (
    <Panel title={`Fees on ${profile.name}`}>
      <form className="stack" onSubmit={submit}>
        <p className="muted">
          Practice SOL costs nothing. Choose what a real network is set to, and transactions look as they will there.
        </p>
        <FeeFields fees={fees} onChange={setFees} isWrong={(field) => wrong.has(field)} />
        {save.error && <Failure error={save.error} />}
        <div className="row">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <ActionButton type="submit" reason={reason} loading={save.isPending}>
            Save fees
          </ActionButton>
        </div>
      </form>
    </Panel>
  );
}
