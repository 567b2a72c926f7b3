import type { RunView } from '#core/runs/run-row.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

/** The addresses that make up a run, each a way into the inspector. */
export function RunAccounts({ view }: { view: RunView }) {
  const labels = useLabels();
  const accounts = [
    { label: 'Instance', address: view.instance },
    { label: 'State', address: view.account },
    { label: 'Main authority', address: view.mainAuthority },
    { label: 'Join authority (grantor)', address: view.joinAuthority },
    ...(view.treasurerRun ? [{ label: 'Treasury', address: view.treasurerRun }] : []),
  ];
  return (
    <Panel title="Accounts">
      <Facts
        facts={[
          ...accounts.map(({ label, address }) => ({
            label,
            value: (
              <>
                <FullAddress
                  address={address}
                  label={labels.get(address)}
                  role={labels.has(address) ? 'you' : undefined}
                />
                <br />
                <InspectLink address={address} what={label} />
              </>
            ),
          })),
          { label: 'Locked in the state', value: <Sol lamports={view.accountLamports} native /> },
          { label: 'Read at slot', value: formatCount(view.slot) },
        ]}
      />
    </Panel>
  );
}

function InspectLink({ address, what }: { address: string; what: string }) {
  const navigation = useNavigation();
  return (
    <button
      type="button"
      className="link small"
      aria-label={`Inspect ${what}`}
      onClick={() => navigation.go({ kind: 'inspector', text: address })}
    >
      Inspect
    </button>
  );
}
