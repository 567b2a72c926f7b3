import type { OperationContext } from '../define-operation.ts';
import type { Consequence } from '../prepared.ts';
import { amountText } from '../token-text.ts';
import type { CreateFacts } from './create-run-facts.ts';
import type { CreateRunInput } from './input.ts';
import { missingTopUp } from './rewards-checks.ts';

/** Who is let in, what moves, and what stays as it is for good. */
export function createRunConsequences(
  input: CreateRunInput,
  facts: CreateFacts,
  { signers }: OperationContext,
): Consequence[] {
  const { whoMayJoin, rewards, start, configText } = input;
  const topUp = missingTopUp(input, facts);
  const others = `every run of the join authority ${signers.joinAuthority}, also its later ones`;
  return [
    ...(facts.authorization.state === 'active'
      ? []
      : [
          {
            about: 'people' as const,
            text: whoMayJoin.kind === 'anyone' ? `Anyone may then join ${others}` : `This user may then join ${others}`,
          },
        ]),
    ...(topUp > 0n && rewards
      ? [
          {
            about: 'tokens' as const,
            text: `${amountText(topUp, rewards.decimals)} go into the vault: only claims of clients take them out again`,
          },
        ]
      : []),
    ...(start && (configText !== undefined || facts.existing)
      ? [{ about: 'time' as const, text: 'Clients can join as soon as the last transaction has landed' }]
      : []),
    ...(facts.existing
      ? []
      : [{ about: 'final' as const, text: 'Run id, main authority and join authority can never be changed' }]),
  ];
}
