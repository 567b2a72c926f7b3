import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { LedgerState } from '#core/signers/signer.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

/** Looks for a Ledger and says what it found. */
export function LedgerPanel() {
  const client = useClient();
  const look = useMutation({ mutationFn: () => client.signers.lookUpLedger({}) });
  return (
    <Panel title="Ledger">
      <div className="stack">
        {look.data ? (
          <LedgerWords state={look.data} />
        ) : (
          <p className="muted">Connect and unlock it, open its Solana app, then look.</p>
        )}
        {look.error && <Failure error={look.error} title="The device could not be asked" />}
        <div>
          <Button variant="default" size="xs" loading={look.isPending} onClick={() => look.mutate()}>
            Look for a Ledger
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function LedgerWords({ state }: { state: LedgerState }) {
  switch (state.kind) {
    case 'absent':
      return <p role="status">No Ledger is connected. Plug it in and unlock it.</p>;
    case 'locked':
      return <p role="status">It is locked. Enter its PIN.</p>;
    case 'other-app':
      return <p role="status">Another app is open on it. Open its Solana app.</p>;
    case 'busy':
      return <p role="status">Another program is using it. Close Ledger Live, then look again.</p>;
    case 'ready':
      return (
        <Facts
          facts={[
            { label: 'Address', value: <FullAddress address={state.address} /> },
            { label: 'Derivation', value: <span className="mono">{state.path}</span> },
            { label: 'Solana app', value: state.appVersion },
            { label: 'Blind signing', value: state.blindSigning ? 'on' : 'off: run programs need it on' },
          ]}
        />
      );
  }
}
