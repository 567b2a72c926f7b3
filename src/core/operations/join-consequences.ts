import { MAX_CLIENTS } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Consequence } from './prepared.ts';

/** What letting people in means for every run. Source: PROTOCOL.md §4.1, `join_run`. */
export function joiningConsequences(grantor: Address, grantees: readonly Address[]): Consequence[] {
  const isEveryone = grantees.includes(SYSTEM_PROGRAM);
  const subject = isEveryone
    ? 'Every wallet'
    : grantees.length === 1
      ? 'This user'
      : `Each of ${grantees.length} users`;
  const delegates = isEveryone ? '' : ', and so may the delegates it names';
  return [
    {
      about: 'people',
      text: `${subject} may join every run whose join authority is ${grantor}, those of today and those still to come${delegates}`,
    },
    {
      about: 'people',
      text: `A new wallet that joins takes one of ${MAX_CLIENTS} places of the run for good: taking the authorization back later does not free it`,
    },
    { about: 'time', text: 'It holds as soon as the transaction lands; nobody has to be told or restarted' },
  ];
}
