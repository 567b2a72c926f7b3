import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ConfigReport } from '#core/config/config-report.ts';
import { jumpTo, TextEditor } from '#renderer/ui/text-editor.tsx';
import { useClient } from '../client.tsx';
import { Failure } from '../failure.tsx';
import { useConfigReport } from '../queries.ts';
import { ConfigFindings } from './config-findings.tsx';

/** A configuration as text: open, paste or type it; what is wrong stands under it with line, column and remedy. */
export function ConfigEditor({
  text,
  onChange,
  offerSample,
  runId,
  rows,
}: {
  text: string;
  onChange: (text: string) => void;
  offerSample: boolean;
  /** A run whose configuration on chain can be taken as a start. */
  runId?: string;
  rows?: number;
}) {
  const client = useClient();
  const report = useConfigReport(text);
  const frame = useRef<HTMLDivElement>(null);
  const open = useMutation({
    mutationFn: () => client.config.open({}),
    onSuccess: (answer) => answer.kind === 'opened' && onChange(answer.text),
  });
  const sample = useMutation({
    mutationFn: () => client.config.sample({}),
    onSuccess: (answer) => onChange(answer.text),
  });
  const chain = useMutation({
    mutationFn: (id: string) => client.runs.configText({ runId: id }),
    onSuccess: (answer) => onChange(answer.text),
  });
  const insert = useMutation({
    mutationFn: () => client.config.insertMissing({ text }),
    onSuccess: (answer) => onChange(answer.text),
  });
  const failure = open.error ?? sample.error ?? chain.error ?? insert.error ?? report.error;
  return (
    <div className="stack" ref={frame}>
      <div className="row">
        <Button variant="default" size="xs" loading={open.isPending} onClick={() => open.mutate()}>
          Open file
        </Button>
        {runId !== undefined && (
          <Button variant="default" size="xs" loading={chain.isPending} onClick={() => chain.mutate(runId)}>
            Take what the chain has
          </Button>
        )}
        {offerSample && (
          <Button variant="default" size="xs" loading={sample.isPending} onClick={() => sample.mutate()}>
            Use the sample
          </Button>
        )}
        <span className="muted small">or paste it below: TOML with [config] and [model]</span>
      </div>
      <TextEditor
        label="Configuration text"
        value={text}
        onChange={onChange}
        marks={marksOf(report.data)}
        {...(rows && { rows })}
      />
      {failure && <Failure error={failure} />}
      {text !== '' && report.data && (
        <ConfigFindings
          report={report.data}
          isStale={report.isPlaceholderData}
          isInserting={insert.isPending}
          onInsert={() => insert.mutate()}
          onGo={(line, column) => {
            const area = frame.current?.querySelector('textarea');
            if (area) jumpTo(area, line, column);
          }}
        />
      )}
    </div>
  );
}

function marksOf(report: ConfigReport | undefined) {
  return (report?.findings ?? [])
    .filter(({ line }) => line > 0)
    .map(({ line, level, message }) => ({
      line,
      message,
      level: level === 'warning' ? ('warn' as const) : ('bad' as const),
    }));
}
