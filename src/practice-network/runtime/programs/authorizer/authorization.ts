import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';

/** Bytes of an authorization without scope and delegates, discriminator included. Source: PROTOCOL §5.1. */
const FIXED_BYTES = 90;

/** Bytes an authorization takes. */
export function authorizationSize(scopeBytes: number, delegates: number): number {
  return FIXED_BYTES + scopeBytes + 32 * delegates;
}

/** Whether an authorization lets `user` do what `scope` names on behalf of `grantor`. Source: PROTOCOL §4.1, join_run. */
export function isValidFor(authorization: Authorization, grantor: Address, user: Address, scope: Uint8Array): boolean {
  const grantee = addressFromBytes(authorization.grantee);
  return (
    authorization.active &&
    addressFromBytes(authorization.grantor) === grantor &&
    Buffer.compare(authorization.scope, scope) === 0 &&
    (grantee === SYSTEM_PROGRAM ||
      grantee === user ||
      authorization.delegates.some((delegate) => addressFromBytes(delegate) === user))
  );
}
