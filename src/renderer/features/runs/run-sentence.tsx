import { Button } from '@mantine/core';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { type Screen, useNavigation } from '#renderer/lib/navigation.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { waitsFor } from './waits-for.ts';

/** One sentence: what the run waits for, and the button that helps. */
export function RunSentence({ view, account, owned }: { view: RunView; account: CoordinatorAccount; owned: boolean }) {
  const navigation = useNavigation();
  const { sentence, detail, tone, help } = waitsFor(account, view.openToAnyone);
  const helps: Readonly<Record<Exclude<typeof help, 'none'>, { label: string; screen: Screen }>> = {
    configure: { label: 'Add a configuration', screen: { kind: 'update-configuration', runId: view.runId } },
    start: { label: 'Start the run', screen: { kind: 'set-paused', runId: view.runId, paused: false } },
    resume: { label: 'Resume the run', screen: { kind: 'set-paused', runId: view.runId, paused: false } },
    admit: { label: 'Choose who may join', screen: { kind: 'who-may-join' } },
  };
  const action = help === 'none' ? undefined : helps[help];
  return (
    <Notice
      tone={tone}
      title={sentence}
      actions={
        action &&
        owned && (
          <Button size="xs" variant="default" onClick={() => navigation.go(action.screen)}>
            {action.label}
          </Button>
        )
      }
    >
      {detail}
    </Notice>
  );
}
