import { FullAddress } from '#renderer/lib/address.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import type { CreateDraft } from './draft.ts';

/** Everything that was chosen, once more, before the first signature. */
export function ReviewStep({ draft }: { draft: CreateDraft }) {
  const configuration = draft.configLater
    ? 'Later: the run cannot start until it has one'
    : `From the text, ${formatCount(draft.configText.split('\n').length)} lines`;
  return (
    <Panel title="Run to create">
      <Facts
        wide
        facts={[
          {
            label: 'Run id',
            value: (
              <span className="mono">
                <Said text={draft.runId} empty="not given yet" />
              </span>
            ),
          },
          { label: 'Name', value: <Said text={draft.name} empty="none" /> },
          { label: 'Description', value: <Said text={draft.description} empty="none" /> },
          { label: 'Parameters', value: draft.parameters || '0' },
          { label: 'Vocabulary', value: draft.vocabulary || '0' },
          { label: 'Client version', value: <span className="mono">{draft.clientVersion || 'none'}</span> },
          {
            label: 'Who may join',
            value: draft.who.kind === 'anyone' ? 'Anyone' : <FullAddress address={draft.who.address} />,
          },
          { label: 'Configuration', value: configuration },
          { label: 'Start', value: draft.start && !draft.configLater ? 'Yes, together with the configuration' : 'No' },
          { label: 'Main authority', value: <FullAddress address={draft.signers.authority} /> },
          { label: 'Fee payer', value: <FullAddress address={draft.signers.payer} /> },
          { label: 'Join authority', value: <FullAddress address={draft.signers.joinAuthority} /> },
        ]}
      />
    </Panel>
  );
}
