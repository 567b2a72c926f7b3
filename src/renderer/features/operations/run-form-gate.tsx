import type { ReactNode } from 'react';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import type { RunView } from '#core/runs/run-row.ts';
import type { Signer } from '#core/signers/signer.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { useRun, useSigners } from '#renderer/lib/queries.ts';
import { defaultChoice, type SignerChoice } from '#renderer/lib/signers-fields.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { WaitingForm } from './waiting-form.tsx';

/** What a form about a run starts from. */
export type ReadyRun = {
  readonly run: RunView;
  readonly account: CoordinatorAccount;
  readonly signers: readonly Signer[];
  /** The usual keys, with the owner of the run as main authority when it is one of the operator's. */
  readonly choice: SignerChoice;
};

/** Reads a run and the signers for a form; says why there is no form while they are read or cannot be. */
export function RunFormGate({
  runId,
  title,
  children,
}: {
  runId: string;
  title: string;
  children: (ready: ReadyRun) => ReactNode;
}) {
  const run = useRun(runId);
  const signers = useSigners();
  if (!run.data || !signers.data) return <WaitingForm title={title} queries={[run, signers]} />;
  const decoded = decode(run.data.accountData);
  if (!decoded.account) {
    return (
      <Page title={title} width="form">
        <Failure error={decoded.error} title="This run cannot be written to" />
      </Page>
    );
  }
  const usual = defaultChoice(signers.data.signers, signers.data.roles);
  const owner = signers.data.signers.find(({ address }) => address === run.data.mainAuthority);
  return children({
    run: run.data,
    account: decoded.account,
    signers: signers.data.signers,
    choice: owner ? { ...usual, authority: owner.address } : usual,
  });
}

function decode(bytes: Uint8Array): { account?: CoordinatorAccount; error?: unknown } {
  try {
    return { account: decodeCoordinatorAccount(bytes) };
  } catch (error) {
    return { error };
  }
}
