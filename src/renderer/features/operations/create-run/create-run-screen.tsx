import { useQuery } from '@tanstack/react-query';
import type { FilledOf } from '#core/command-line/filled-form.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { useConnection, usePracticeStatus, useRuns, useSigners } from '#renderer/lib/queries.ts';
import { defaultChoice } from '#renderer/lib/signers-fields.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { CreateRunForm } from './create-run-form.tsx';
import { type CreateDraft, emptyDraft, parseDraft, practiceDraft } from './draft.ts';
import { fillDraft, wasUsed } from './fill-draft.ts';

/** Creates a run. Starts where the operator left off, from a pasted command, or on practice with everything filled in. */
export function CreateRunScreen({ filled }: { filled?: FilledOf<'create-run'> | undefined }) {
  const client = useClient();
  const connection = useConnection();
  const signers = useSigners();
  const runs = useRuns();
  const isPractice = connection.data?.kind === 'online' && connection.data.cluster === 'practice';
  const draft = useQuery({
    queryKey: ['draft'],
    queryFn: () => client.config.readDraft({}),
    gcTime: 0,
    staleTime: Infinity,
  });
  const sample = useQuery({
    queryKey: ['sample'],
    queryFn: () => client.config.sample({}),
    enabled: isPractice,
    staleTime: Infinity,
  });
  const practice = usePracticeStatus();
  const demoMint = isPractice && practice.data?.kind === 'running' ? practice.data.demoMint : undefined;
  const failed = signers.error ?? draft.error;
  const isReady =
    signers.data &&
    draft.data &&
    connection.data &&
    connection.data.kind !== 'connecting' &&
    !runs.isPending &&
    !(isPractice && (sample.isPending || practice.isPending));
  if (!isReady) {
    return (
      <Page key="loading" title="Create run" width="form">
        {failed ? (
          <Failure
            error={failed}
            title="The form could not be made ready"
            onRetry={() => void Promise.all([signers.refetch(), draft.refetch()])}
          />
        ) : (
          <SkeletonLines lines={8} />
        )}
      </Page>
    );
  }
  const resumed = parseDraft(draft.data.text);
  const isPasted = filled !== undefined && !wasUsed(filled);
  function fresh(): CreateDraft {
    const choice = defaultChoice(signers.data?.signers ?? [], signers.data?.roles ?? {});
    return isPractice
      ? practiceDraft(
          choice,
          (runs.data?.rows ?? []).map(({ runId }) => runId),
          sample.data?.text ?? '',
          demoMint,
        )
      : emptyDraft(choice);
  }
  return (
    <CreateRunForm
      start={isPasted ? fillDraft(resumed ?? fresh(), filled) : (resumed ?? fresh())}
      isResumed={resumed !== undefined && !isPasted}
      filled={filled}
      isPractice={isPractice}
      demoMint={demoMint}
      fresh={fresh}
    />
  );
}
