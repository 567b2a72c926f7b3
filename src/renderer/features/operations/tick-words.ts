import { type NextTransition, TRANSITION_REASONS } from '#core/runs/next-transition.ts';
import { formatSeconds } from '#renderer/lib/durations.ts';
import { runStateWords } from '#renderer/lib/run-states.ts';

/** What a tick would do now, in one sentence and its reason. `does`: whether it moves the run at all. */
export function tickWords(
  next: NextTransition,
  clusterTime: number,
): { readonly sentence: string; readonly detail: string; readonly does: boolean } {
  switch (next.kind) {
    case 'none':
      return {
        sentence: 'The program refuses a tick: the run stands still',
        detail: `Nothing moves while it is ${runStateWords(next.state).word}.`,
        does: false,
      };
    case 'now':
      return {
        sentence: `A tick moves it on to ${runStateWords(next.to).word} now`,
        detail: `Because ${TRANSITION_REASONS[next.reason]}.`,
        does: true,
      };
    case 'at':
      return {
        sentence: `A tick changes nothing yet: ${runStateWords(next.to).word} in ${formatSeconds(Number(next.at) - clusterTime)}`,
        detail: `Then ${TRANSITION_REASONS[next.reason]}. Witnesses of clients may move it on sooner.`,
        does: false,
      };
    case 'needs-clients':
      return {
        sentence: `A tick changes nothing yet: ${next.joined} of ${next.needed} clients have joined`,
        detail: 'Time alone does not move it on.',
        does: false,
      };
  }
}
