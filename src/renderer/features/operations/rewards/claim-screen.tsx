import { Button } from '@mantine/core';
import { OperationRequest } from '#core/operations/request.ts';
import { claimableOf } from '#core/rewards/treasury.ts';
import type { ClaimLedger } from '#core/rewards/treasury-view.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useClaims, useSigners, useTreasury } from '#renderer/lib/queries.ts';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { SignerSelect } from '#renderer/lib/signer-select.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { amountWords } from '#renderer/lib/token-amount.ts';
import { Tokens } from '#renderer/lib/tokens.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationScreen } from '../operation-screen.tsx';
import { WaitingForm } from '../waiting-form.tsx';
import { indexHint } from './index-hint.ts';

type Token = NonNullable<ClaimLedger['token']>;

const useClaimDraft = formDraft<{ readonly client: string; readonly choice: SignerChoice }>();

/** Pays a client of one's own what it earned and has not claimed, as far as the vault reaches. No user: one's own is looked for. */
export function ClaimScreen({ runId, user }: { runId: string; user: string }) {
  const navigation = useNavigation();
  const claims = useClaims(runId);
  const signers = useSigners();
  const title = `Claim rewards of ${runId}`;
  if (!claims.data || !signers.data) return <WaitingForm title={title} queries={[claims, signers]} />;
  if (!claims.data.token) {
    return (
      <Page title={title} width="form">
        <EmptyState
          title="There is nothing to claim"
          actions={<Button onClick={() => navigation.replace({ kind: 'run', runId })}>Back to the run</Button>}
        >
          This run has no treasury: its points stand for no tokens.
        </EmptyState>
      </Page>
    );
  }
  return (
    <ClaimForm
      runId={runId}
      user={user === '' ? ownClient(claims.data.rows, signers.data.signers) : user}
      token={claims.data.token}
      rows={claims.data.rows}
      signers={defaultChoice(signers.data.signers, signers.data.roles)}
    />
  );
}

function ClaimForm({
  runId,
  user,
  token,
  rows,
  signers,
}: {
  runId: string;
  user: string;
  token: Token;
  rows: ClaimLedger['rows'];
  signers: SignerChoice;
}) {
  const navigation = useNavigation();
  const treasury = useTreasury(runId).data;
  const draft = useClaimDraft(`${runId} ${token.mint} ${user}`, { client: user, choice: signers });
  const { client, choice } = draft.typed;
  const row = rows.find((one) => one.user === client);
  const claimable = row && claimableOf(row.earned, row.claimed, token.funded);
  const request =
    claimable && claimable.now > 0n
      ? OperationRequest.safeParse({
          operation: { kind: 'claim-rewards', runId, user: client, ...indexHint(treasury) },
          signers: choice,
        }).data
      : undefined;
  const tokens = (amount: bigint) => <Tokens amount={amount} decimals={token.decimals} native />;
  return (
    <OperationScreen
      title={`Claim rewards of ${runId}`}
      lead="Only the steps that are needed are sent: an account for the token and the record of claims are made once."
      request={request}
      waitingFor={waitingWords(client, claimable)}
      onDone={() => {
        draft.forget();
        navigation.replace({ kind: 'run', runId });
      }}
    >
      <Panel title="Client">
        <div className="stack">
          <SignerSelect
            label="Client"
            description="The wallet that trained; it signs and gets the tokens"
            value={client}
            onChange={(chosen) => draft.type({ ...draft.typed, client: chosen })}
          />
          {client !== '' && !row && (
            <Notice tone="info" title="This wallet never joined the run">
              Only clients of the run earn in it.
            </Notice>
          )}
          {claimable && (
            <Facts
              wide
              facts={[
                { label: 'Earned', value: tokens(claimable.earned) },
                { label: 'Claimed before', value: tokens(claimable.claimed) },
                { label: 'Still open', value: tokens(claimable.unclaimed) },
                { label: 'In the vault', value: tokens(token.funded) },
                { label: 'Paid now', value: <strong>{tokens(claimable.now)}</strong> },
              ]}
            />
          )}
          {claimable && claimable.now < claimable.unclaimed && (
            <Notice
              tone="warn"
              title={`The vault does not cover ${amountWords(claimable.unclaimed - claimable.now, token.decimals)}`}
            >
              That part stays open and can be claimed once the treasury was topped up. Others may claim before you.
            </Notice>
          )}
          {claimable?.isOverclaimed && (
            <Notice tone="bad" title="More was claimed than this run's account says was earned">
              The program refuses every claim of this client until it has earned as much again.
            </Notice>
          )}
        </div>
      </Panel>
      <Panel title="Signers">
        <SignersFields
          choice={choice}
          onChange={(chosen) => draft.type({ ...draft.typed, choice: chosen })}
          parts={['payer']}
        />
      </Panel>
    </OperationScreen>
  );
}

/** The first of the operator's own keys that trained, when none was named. */
function ownClient(rows: ClaimLedger['rows'], signers: readonly { readonly address: string }[]): string {
  const own = new Set(signers.map(({ address }) => address));
  return rows.find(({ user }) => own.has(user))?.user ?? '';
}

function waitingWords(client: string, claimable: ReturnType<typeof claimableOf> | undefined): string {
  if (client === '') return 'Choose the client';
  if (!claimable || claimable.unclaimed === 0n) return 'There is nothing to claim: no transaction is sent';
  if (claimable.now === 0n) return 'The vault is empty: nothing can be paid now';
  return 'Choose the fee payer';
}
