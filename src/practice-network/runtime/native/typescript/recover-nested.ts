import type { Address } from '#core/solana/address.ts';
import { InstructionFailure } from '../../instruction-failure.ts';
import type { ProgramContext, WorkingAccount } from '../../programs/program.ts';
import { associatedAddress, INVALID_OWNER } from './associated-address.ts';
import { accountAt, meta } from './native-environment.ts';
import { unpackDecimals, unpackTokenAccount } from './unpack-token.ts';

/** Instructions of the Token program in use. Source: SPL Token, `TokenInstruction`. */
const TRANSFER_CHECKED = 12;
const CLOSE_ACCOUNT = 9;

/** Brings back tokens sent to the associated account of an associated account, and closes it. */
export function recoverNested(context: ProgramContext): void {
  const [nested, nestedMint, destination] = [accountAt(context, 0), accountAt(context, 1), accountAt(context, 2)];
  const [ownerAccount, ownerMint, wallet] = [accountAt(context, 3), accountAt(context, 4), accountAt(context, 5)];
  const { address: tokenProgram } = accountAt(context, 6);
  const derived = associatedAddress(wallet.address, ownerMint.address, tokenProgram);
  requireDerived(context, 'Owner', derived.address, ownerAccount);
  const inner = associatedAddress(ownerAccount.address, nestedMint.address, tokenProgram);
  requireDerived(context, 'Nested', inner.address, nested);
  const target = associatedAddress(wallet.address, nestedMint.address, tokenProgram);
  requireDerived(context, 'Destination', target.address, destination);
  if (!wallet.isSigner) {
    context.log('Wallet of the owner associated token account must sign');
    throw new InstructionFailure('MissingRequiredSignature');
  }
  requireOwnedBy(context, ownerMint, tokenProgram, 'Owner mint not owned by provided token program');
  requireOwnedBy(context, ownerAccount, tokenProgram, NO_OWNER_ACCOUNT);
  readOwnedBy(context, ownerAccount, wallet, 'Owner associated token account not owned by provided wallet');
  requireOwnedBy(context, nested, tokenProgram, 'Nested associated token account not owned by provided token program');
  const amount = readOwnedBy(context, nested, ownerAccount, NOT_NESTED);
  requireOwnedBy(context, nestedMint, tokenProgram, 'Nested mint account not owned by provided token program');
  const decimals = unpackDecimals(nestedMint.data);

  const authority = meta.signer(ownerAccount.address);
  const transferData = new Uint8Array(10);
  transferData[0] = TRANSFER_CHECKED;
  new DataView(transferData.buffer).setBigUint64(1, amount, true);
  transferData[9] = decimals;
  const from = meta.writable(nested.address);
  const to = meta.writable(destination.address);
  const accounts = [from, meta.readonly(nestedMint.address), to, authority];
  context.invoke({ programId: tokenProgram, accounts, data: transferData }, [derived.seeds]);
  const closing = [from, meta.writable(wallet.address), authority];
  context.invoke({ programId: tokenProgram, accounts: closing, data: Uint8Array.of(CLOSE_ACCOUNT) }, [derived.seeds]);
}

const NO_OWNER_ACCOUNT =
  'Owner associated token account not owned by provided token program, recreate the owner associated token account first';
const NOT_NESTED = 'Nested associated token account not owned by provided associated token account';

function requireDerived({ log }: ProgramContext, which: string, derived: Address, { address }: WorkingAccount): void {
  if (derived === address) return;
  log(`Error: ${which} associated address does not match seed derivation`);
  throw new InstructionFailure('InvalidSeeds');
}

function requireOwnedBy({ log }: ProgramContext, { owner }: WorkingAccount, expected: Address, words: string): void {
  if (owner === expected) return;
  log(words);
  throw new InstructionFailure('IllegalOwner');
}

/** The amount in a token account that must belong to `owner`. */
function readOwnedBy({ log }: ProgramContext, { data }: WorkingAccount, owner: WorkingAccount, words: string): bigint {
  const token = unpackTokenAccount(data);
  if (token instanceof InstructionFailure) throw token;
  if (token.owner === owner.address) return token.amount;
  log(words);
  throw new InstructionFailure(INVALID_OWNER);
}
