import { runStateWords } from '#renderer/lib/run-states.ts';
import classes from './state-machine.module.css';

/** Where each state is drawn: centre, in units of the picture. */
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  Uninitialized: [60, 60],
  WaitingForMembers: [200, 60],
  Warmup: [340, 60],
  RoundTrain: [480, 60],
  RoundWitness: [640, 60],
  Cooldown: [640, 180],
  Finished: [480, 180],
  Paused: [200, 180],
};

/** Every edge the program has. Source: PROTOCOL §8 and set_paused in §4.1. */
const EDGES: readonly { from: string; to: string; path: string; says?: readonly [string, number, number] }[] = [
  { from: 'Uninitialized', to: 'WaitingForMembers', path: 'M108 60H148', says: ['start', 128, 52] },
  { from: 'WaitingForMembers', to: 'Warmup', path: 'M252 60H288' },
  { from: 'Warmup', to: 'WaitingForMembers', path: 'M330 42C320 16 220 16 210 40', says: ['clients lost', 270, 14] },
  { from: 'Warmup', to: 'RoundTrain', path: 'M392 60H428' },
  { from: 'RoundTrain', to: 'RoundWitness', path: 'M532 53H588' },
  { from: 'RoundWitness', to: 'RoundTrain', path: 'M588 67H532', says: ['next round', 560, 82] },
  { from: 'RoundWitness', to: 'Cooldown', path: 'M640 78V160', says: ['epoch over', 676, 124] },
  {
    from: 'Cooldown',
    to: 'WaitingForMembers',
    path: 'M600 162C560 116 260 130 222 80',
    says: ['next epoch', 420, 124],
  },
  { from: 'Cooldown', to: 'Finished', path: 'M588 180H532' },
  { from: 'Cooldown', to: 'Paused', path: 'M640 198C620 236 230 236 206 200', says: ['pending pause', 420, 240] },
  { from: 'WaitingForMembers', to: 'Paused', path: 'M190 78V160', says: ['pause', 168, 124] },
  { from: 'Paused', to: 'WaitingForMembers', path: 'M210 162V80', says: ['resume', 234, 140] },
  { from: 'Warmup', to: 'Paused', path: 'M326 78C310 130 290 165 254 174' },
];

/** The states a run goes through and the edges between them, the current one lit. */
export function StateMachine({ state, pendingPause }: { state: string; pendingPause: boolean }) {
  return (
    <svg
      viewBox="0 0 720 248"
      className={classes.picture}
      role="img"
      aria-label={`State machine: the run is in state ${runStateWords(state).word}`}
    >
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8Z" className={classes.head} />
        </marker>
        <marker id="arrow-lit" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8Z" className={classes.headLit} />
        </marker>
      </defs>
      {EDGES.map(({ from, to, path, says }) => {
        const isLit = from === state && (to !== 'Paused' || from !== 'Cooldown' || pendingPause);
        return (
          <g key={`${from} ${to}`}>
            <path
              d={path}
              className={classes.edge}
              data-lit={isLit || undefined}
              markerEnd={isLit ? 'url(#arrow-lit)' : 'url(#arrow)'}
            />
            {says && (
              <text x={says[1]} y={says[2]} className={classes.says} data-lit={isLit || undefined}>
                {says[0]}
              </text>
            )}
          </g>
        );
      })}
      {Object.entries(PLACES).map(([name, [x, y]]) => {
        const { word, tone } = runStateWords(name);
        const isHere = name === state;
        return (
          <g key={name} style={{ color: `var(--state-${tone})` }}>
            <rect
              x={x - 50}
              y={y - 18}
              width={100}
              height={36}
              rx={6}
              className={classes.state}
              data-here={isHere || undefined}
            />
            <text x={x} y={y + 5} className={classes.word} data-here={isHere || undefined}>
              {word}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
