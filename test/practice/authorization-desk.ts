import { decodeAccount, encodeAccount } from '#core/codec/account-codec.ts';
import { authorizationAddress, JOIN_SCOPE } from '#core/layouts/addresses.ts';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { OperationInput, OperationSigners } from '#core/operations/request.ts';
import { addressFromBytes, addressToBytes, type Address } from '#core/solana/address.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { createOperatorDesk } from './operator-desk.ts';

/** An operator's desk with a join authority that owns no SOL, and a payer that does. */
export function createAuthorizationDesk(options: Parameters<typeof createOperatorDesk>[0] = {}) {
  const desk = createOperatorDesk(options);
  const payer = desk.person('payer');
  const joinAuthority = desk.person('join authority');
  desk.fund(payer, 50_000_000_000n);
  const signers: OperationSigners = { payer, authority: payer, joinAuthority };
  const lamportsOf = (address: Address) => desk.chain.account(address)?.lamports ?? 0n;
  return {
    ...desk,
    payer,
    joinAuthority,
    signers,
    lamportsOf,
    people: (count: number, name = 'user') =>
      Array.from({ length: count }, (_, index) => desk.person(`${name} ${index}`)),
    /** The authorization of a grantee as the chain has it. */
    authorizationOf(grantee: Address) {
      const account = desk.chain.account(authorizationAddress(joinAuthority, grantee).address);
      if (account?.owner !== DEFAULT_PROGRAM_IDS.authorizer) return undefined;
      const { value } = decodeAccount('authorizer', 'Authorization', account.data);
      return { ...value, delegates: value.delegates.map(addressFromBytes), lamports: account.lamports };
    },
    /** Sends every step, the chain read anew before each; answers with how many there were. */
    async sendAll(operation: OperationInput, by: OperationSigners = signers): Promise<number> {
      let sent = 0;
      while ((await desk.prepare(operation, by)).steps.length > 0) {
        const error = await desk.sendNext(operation, by);
        if (error !== null) throw new Error(`step ${sent + 1}: ${JSON.stringify(error)}`);
        sent += 1;
      }
      return sent;
    },
    /** Titles and reasons of the checks that fail. */
    async failures(operation: OperationInput, by: OperationSigners = signers): Promise<string[]> {
      const { checks } = (await desk.prepare(operation, by)).prepared;
      return checks.filter(({ kind }) => kind === 'fail').map(({ title, reason }) => `${title}: ${reason}`);
    },
  };
}

/** An authorization as an account that exists from the beginning; name what matters. */
export function authorizationAccount(
  grantor: Address,
  grantee: Address,
  parts: Partial<Authorization> = {},
): readonly [Address, StoredAccount] {
  const { address, bump } = authorizationAddress(grantor, grantee);
  const value: Authorization = {
    bump,
    grantor: addressToBytes(grantor),
    grantee: addressToBytes(grantee),
    scope: JOIN_SCOPE,
    active: true,
    delegates: [],
    grantor_update_unix_timestamp: 1_700_000_000n,
    ...parts,
  };
  const data = encodeAccount('authorizer', 'Authorization', value);
  const lamports = rentExemptMinimum(data.length);
  return [address, { lamports, owner: DEFAULT_PROGRAM_IDS.authorizer, executable: false, data }];
}

/** The custom code an instruction failed with. */
export function customCodeOf(error: unknown): number | undefined {
  const found = /"Custom":(\d+)/.exec(JSON.stringify(error));
  return found ? Number(found[1]) : undefined;
}
