import { treasurerIndexOf } from '#core/layouts/addresses.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { Said } from '#renderer/lib/said.tsx';
import { type Fact, Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import type { CreateDraft } from './draft.ts';

/** Everything that was chosen, once more, before the first signature. */
export function ReviewStep({ draft, approvals }: { draft: CreateDraft; approvals: number | undefined }) {
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
          ...rewardFacts(draft),
          { label: 'Configuration', value: configuration },
          { label: 'Start', value: draft.start && !draft.configLater ? 'Yes, together with the configuration' : 'No' },
          { label: 'Main authority', value: <FullAddress address={draft.signers.authority} /> },
          { label: 'Fee payer', value: <FullAddress address={draft.signers.payer} /> },
          ...(draft.seed.isOn
            ? [
                {
                  label: 'Account',
                  value: (
                    <>
                      derived from the seed{' '}
                      <span className="mono">
                        <Said text={draft.seed.text} empty="(none)" />
                      </span>
                    </>
                  ),
                },
              ]
            : []),
          { label: 'Join authority', value: <FullAddress address={draft.signers.joinAuthority} /> },
          ...(approvals === undefined
            ? []
            : [
                {
                  label: 'Signing',
                  value: `${approvals} ${approvals === 1 ? 'approval' : 'approvals'}, one after the other`,
                },
              ]),
        ]}
      />
    </Panel>
  );
}

function rewardFacts({ rewards, runId }: CreateDraft): readonly Fact[] {
  if (!rewards.isOn) return [{ label: 'Rewards', value: 'Points without tokens' }];
  const amount = (text: string, none: string) => (text.trim() === '' ? none : `${text.trim()} tokens`);
  return [
    { label: 'Reward token', value: <FullAddress address={rewards.mint.trim()} /> },
    {
      label: 'Treasurer index',
      value: (
        <>
          <span className="mono">{rewards.treasurerIndex.trim() || treasurerIndexOf(runId).toString()}</span>{' '}
          <span className="muted">
            {rewards.treasurerIndex.trim() === '' ? 'derived from the run id' : 'chosen by hand: keep it'}
          </span>
        </>
      ),
    },
    { label: 'Reward per epoch', value: `${amount(rewards.earning, 'none yet')}, shared` },
    { label: 'Penalty per client', value: `${amount(rewards.slashing, 'none')}, never applied` },
    { label: 'First top-up', value: amount(rewards.topUp, 'none: the treasury starts empty') },
    ...(rewards.topUp.trim() === '' || rewards.funder === ''
      ? []
      : [{ label: 'Funder', value: <FullAddress address={rewards.funder} /> }]),
  ];
}
