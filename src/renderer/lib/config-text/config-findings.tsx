import { Button } from '@mantine/core';
import type { ConfigFinding, ConfigReport } from '#core/config/config-report.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Said } from '../said.tsx';
import classes from './config-findings.module.css';

type Props = {
  report: ConfigReport;
  isStale: boolean;
  isInserting: boolean;
  onInsert: () => void;
  onGo: (line: number, column: number) => void;
};

const LEVELS = {
  error: { word: 'error', tone: 'bad' },
  rule: { word: 'the program refuses', tone: 'bad' },
  warning: { word: 'warning', tone: 'warn' },
} as const;

/** What a configuration file's check found: place, key path, reason, remedy. */
export function ConfigFindings({ report, isStale, isInserting, onInsert, onGo }: Props) {
  return (
    <div className="stack" aria-busy={isStale}>
      <p role="status" aria-label="Configuration verdict" className={report.acceptable ? 'good' : 'bad'}>
        {verdictOf(report)}
      </p>
      {report.insertable.length > 0 && (
        <Notice
          tone="info"
          title={`${report.insertable.length} missing ${report.insertable.length === 1 ? 'key has' : 'keys have'} a safe default`}
          actions={
            <Button size="xs" loading={isInserting} onClick={onInsert}>
              Insert missing keys
            </Button>
          }
        >
          <p className="mono small">{report.insertable.join(', ')}</p>
        </Notice>
      )}
      {report.findings.length > 0 && (
        <ul className={classes.findings} aria-label="Findings">
          {report.findings.map((finding, index) => (
            <FindingLine key={index} finding={finding} onGo={onGo} />
          ))}
        </ul>
      )}
      {report.values.length > 0 && (
        <Fold title={`All ${report.values.length} values as the chain will hold them`}>
          <Facts
            wide
            facts={report.values.map(({ path, value }) => ({
              key: path,
              label: <span className="mono small">{path}</span>,
              value: <Said text={value} />,
            }))}
          />
        </Fold>
      )}
    </div>
  );
}

function FindingLine({ finding, onGo }: { finding: ConfigFinding; onGo: (line: number, column: number) => void }) {
  const { word, tone } = LEVELS[finding.level];
  return (
    <li className={classes.finding}>
      <div className="row">
        {finding.line > 0 && (
          <button type="button" className="link small" onClick={() => onGo(finding.line, finding.column)}>
            Line {finding.line}, column {finding.column}
          </button>
        )}
        {finding.path && <span className="mono small">{finding.path}</span>}
        <Chip tone={tone}>{finding.programError ? `${word}: ${finding.programError}` : word}</Chip>
      </div>
      <p className="break">
        <Said text={finding.message} />
      </p>
      {finding.remedy && <p className="muted break">{finding.remedy}</p>}
    </li>
  );
}

function verdictOf({ acceptable, findings }: ConfigReport): string {
  if (acceptable) return 'The chain would take this configuration';
  const errors = findings.filter(({ level }) => level !== 'warning').length;
  return `${errors} ${errors === 1 ? 'thing has' : 'things have'} to be put right first`;
}
