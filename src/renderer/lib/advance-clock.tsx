import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from './client.tsx';
import { Failure } from './failure.tsx';
import { PRACTICE_TOUCHED, refresh } from './queries.ts';

const STEPS = [
  { seconds: 60, label: '1 min' },
  { seconds: 3_600, label: '1 h' },
  { seconds: 86_400, label: '1 d' },
];

/** Moves the clock of the practice network; its simulated clients live through the time. */
export function AdvanceClock() {
  const client = useClient();
  const queries = useQueryClient();
  const advance = useMutation({
    mutationFn: (seconds: number) => client.practice.advance({ seconds }),
    onSettled: () => refresh(queries, ...PRACTICE_TOUCHED),
  });
  return (
    <>
      <div className="row">
        <span className="muted">Advance the clock</span>
        {STEPS.map(({ seconds, label }) => (
          <Button
            key={seconds}
            size="xs"
            variant="default"
            loading={advance.isPending && advance.variables === seconds}
            onClick={() => advance.mutate(seconds)}
            aria-label={`Advance the clock by ${label}`}
          >
            {label}
          </Button>
        ))}
      </div>
      {advance.error && <Failure error={advance.error} />}
    </>
  );
}
