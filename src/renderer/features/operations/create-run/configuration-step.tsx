import { Checkbox } from '@mantine/core';
import { ConfigEditor } from '#renderer/lib/config-text/config-editor.tsx';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import type { CreateDraft } from './draft.ts';

/** The configuration file, or the choice to add it later. */
export function ConfigurationStep({
  draft,
  onChange,
  isPractice,
}: {
  draft: CreateDraft;
  onChange: (draft: CreateDraft) => void;
  isPractice: boolean;
}) {
  return (
    <Panel title="Configuration">
      <FieldPlace name="configText">
        <div className="stack">
          <Checkbox
            label="Configure later"
            description="The run is created without a configuration and cannot start until it has one"
            checked={draft.configLater}
            onChange={(event) => onChange({ ...draft, configLater: event.currentTarget.checked })}
          />
          {!draft.configLater && (
            <>
              <ConfigEditor
                text={draft.configText}
                onChange={(configText) => onChange({ ...draft, configText })}
                offerSample={isPractice}
                rows={18}
              />
              <Checkbox
                label="Start the run with the same approval"
                description="It then waits for members; clients may join at once"
                checked={draft.start}
                onChange={(event) => onChange({ ...draft, start: event.currentTarget.checked })}
              />
            </>
          )}
        </div>
      </FieldPlace>
    </Panel>
  );
}
