import type { Runway, SharingClients } from '#core/rewards/treasury-view.ts';
import { formatCount, formatSeconds } from './durations.ts';

/** Beyond this a number of days says nothing: a hundred years, in seconds. */
const AGES = 100n * 365n * 86_400n;

/** Over how many clients a reward is divided, and why that many. */
export function sharingWords({ count, basis }: SharingClients): string {
  const clients = count === 1 ? '1 client' : `${formatCount(count)} clients`;
  switch (basis) {
    case 'epoch':
      return `${clients} of this epoch`;
    case 'joined':
      return `${clients} that joined`;
    case 'minimum':
      return `${clients}, the configured minimum`;
  }
}

/** How many epochs the tokens that nobody is owed pay for. */
export function runwayEpochs({ epochs }: Runway): string {
  if (epochs === undefined) return 'Without end: nothing is paid';
  if (epochs === 0n) return 'Not one epoch';
  return epochs === 1n ? '1 epoch' : `${formatCount(epochs)} epochs`;
}

/** The same in time; empty when time is not known or nothing is paid. */
export function runwayTime({ epochs, seconds }: Runway): string {
  if (epochs === undefined || seconds === undefined || seconds === 0n) return '';
  return seconds > AGES ? 'more than 100 years' : `at least ${formatSeconds(Number(seconds))}`;
}
