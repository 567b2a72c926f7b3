import { Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh, useAppStatus } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** How the app looks, and which version it is. */
export function SettingsScreen() {
  const client = useClient();
  const queries = useQueryClient();
  const status = useAppStatus();
  const save = useMutation({
    mutationFn: (theme: 'system' | 'light' | 'dark') => client.app.saveSettings({ theme }),
    onSettled: () => refresh(queries, 'app'),
  });
  return (
    <Page title="Settings" width="decision">
      <QueryGate query={status} failed="The settings could not be read">
        {({ settings, version }) => (
          <>
            <Panel title="Look">
              <Radio.Group
                label="Theme"
                value={settings.theme}
                onChange={(value) => save.mutate(THEMES.find((theme) => theme.value === value)?.value ?? 'system')}
              >
                <div className="row">
                  {THEMES.map(({ value, label }) => (
                    <Radio key={value} value={value} label={label} />
                  ))}
                </div>
              </Radio.Group>
              {save.error && <Failure error={save.error} title="The settings were not saved" />}
            </Panel>
            <Panel title="Keys">
              <Facts
                facts={[
                  { label: 'Ctrl or ⌘ K', value: 'Command palette: every screen, run and network' },
                  { label: 'Alt ←, Alt →', value: 'Back and forward' },
                  { label: '↑ ↓ Enter', value: 'Walk and open rows of a table' },
                ]}
              />
            </Panel>
            <Panel title="About">
              <Facts facts={[{ label: 'Version', value: version }]} />
            </Panel>
          </>
        )}
      </QueryGate>
    </Page>
  );
}
