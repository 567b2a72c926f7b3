// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { explainFailure } from '#core/transactions/failure.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import { OutcomeNotice } from './outcome-notice.tsx';

afterEach(cleanup);

test('a refused transaction says why, which check fired, and what to do', () => {
  const outcome: Extract<Outcome, { kind: 'failed' }> = {
    kind: 'failed',
    slot: 7n,
    error: { InstructionError: [1, { Custom: 6004 }] },
    logs: [],
  };
  const { coordinator } = DEFAULT_PROGRAM_IDS;
  const failure = explainFailure({ ...outcome, instructionPrograms: [coordinator, coordinator] });
  render(
    <MantineProvider env="test">
      <OutcomeNotice outcome={outcome} failure={failure} />
    </MantineProvider>,
  );
  const text = document.body.textContent;
  expect(text).toContain('The configuration breaks a rule');
  expect(text).toContain('Check: ConfigSanityCheckFailed (6004), instruction 2');
  expect(text).toContain(coordinator);
  expect(text).toContain('Check the configuration here: it names the rule and the values.');
  expect(screen.getByText('Logs and error value')).toBeDefined();
});
