import type { CoordinatorConfig } from '#core/layouts/generated/coordinator.ts';
import { ProgramPanic } from '../../../instruction-failure.ts';

/** Witnesses a round needs when `count` have reported. Source: PROTOCOL §8, `quorum`. */
export function witnessQuorum({ witness_nodes: wanted }: CoordinatorConfig, count: number): number {
  const witnesses = wanted === 0 ? count : wanted;
  if (witnesses === 0) throw new ProgramPanic('internal error: entered unreachable code');
  if (witnesses <= 2) return witnesses;
  return witnesses === 3 ? 2 : Math.floor(witnesses * (2 / 3));
}
