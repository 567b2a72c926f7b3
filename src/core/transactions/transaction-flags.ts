import type { Address } from '#core/solana/address.ts';
import type { Fee } from '#core/solana/compute-budget.ts';
import type { Message } from '#core/solana/message.ts';
import type { Lifetime } from '#core/solana/nonce.ts';
import { formatSol, lamportsFromSol } from '#core/units/lamports.ts';
import type { Flag } from './review.ts';

/** Above these the fee is pointed out, needs a typed phrase, or is refused. Source: security bar §3.4. */
const FEE_WARN = lamportsFromSol('0.001');
const FEE_TYPED = lamportsFromSol('0.01');
const FEE_REFUSE = lamportsFromSol('0.5');

/** What must be known about a transaction as a whole. */
export function transactionFlags(
  message: Message,
  { lifetime, fee, own }: { lifetime: Lifetime; fee: Fee; own: ReadonlySet<Address> },
): Flag[] {
  return [
    ...feeFlags(fee.totalLamports),
    ...lifetimeFlags(lifetime, own),
    ...lookupFlags(message),
    ...signerFlags(message, own),
  ];
}

function feeFlags(total: bigint): Flag[] {
  const level = total > FEE_REFUSE ? 'refuse' : total > FEE_TYPED ? 'typed' : total > FEE_WARN ? 'warn' : undefined;
  if (level === undefined) return [];
  const limit = level === 'refuse' ? `; this app signs up to ${formatSol(FEE_REFUSE)} SOL` : '';
  return [{ level, code: 'fee/high', text: `The network fee can be ${formatSol(total)} SOL${limit}` }];
}

function lifetimeFlags(lifetime: Lifetime, own: ReadonlySet<Address>): Flag[] {
  if (lifetime.kind === 'blockhash') return [];
  const never: Flag = {
    level: 'warn',
    code: 'lifetime/never-expires',
    text: 'Once signed, this never expires: it can be sent at any time until its nonce is used',
  };
  const { nonceAuthority } = lifetime;
  if (nonceAuthority !== undefined && own.has(nonceAuthority)) return [never];
  const who = nonceAuthority === undefined ? 'somebody else' : nonceAuthority;
  const text = `You cannot cancel this: its nonce belongs to ${who}`;
  return [never, { level: 'typed', code: 'lifetime/foreign-nonce-authority', text }];
}

function lookupFlags({ lookups }: Message): Flag[] {
  if (lookups.length === 0) return [];
  const text = 'Some accounts come from lookup tables, which the signature does not cover. This app does not sign that';
  return [{ level: 'refuse', code: 'message/lookup-tables', text }];
}

function signerFlags({ header, staticKeys }: Message, own: ReadonlySet<Address>): Flag[] {
  const signers = staticKeys.slice(0, header.requiredSignatures);
  if (signers.some((signer) => own.has(signer))) return [];
  return [{ level: 'warn', code: 'signers/none-own', text: 'None of your keys signs this transaction' }];
}
