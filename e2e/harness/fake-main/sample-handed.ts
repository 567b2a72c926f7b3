import { base64 } from '@scure/base';
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import type { Address } from '#core/solana/address.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { buildMessage, withNonce } from '#core/transactions/build.ts';
import { addressOf, DEMO, JOIN, PARTNER, WATCHED } from './sample-addresses.ts';
import { signedBy } from './sample-keys.ts';
import { sampleNonceValue, SOMEBODYS_NONCE } from './sample-nonces.ts';

type Asked = {
  readonly payer: Address;
  readonly instructions: readonly TransactionInstruction[];
  /** How many keys sign it. */
  readonly signers: number;
  readonly nonce?: { readonly account: Address; readonly authority: Address; readonly value?: Address };
};

/** A partner pays the fee and asks the operator to pay half a SOL; it lives by the partner's nonce. Signed by these. */
export function paymentWithPartner(signers: readonly Address[]): string {
  return signedBy(
    unsigned({
      payer: PARTNER,
      instructions: [transfer(DEMO, addressOf('shared costs'), 500_000_000)],
      signers: 2,
      nonce: { account: SOMEBODYS_NONCE, authority: PARTNER },
    }),
    signers,
  );
}

/** Looks like a payment, and would also hand over the operator's wallet and call a program nobody knows. */
export function handedTrap(): string {
  const unknown = new TransactionInstruction({
    programId: new PublicKey(addressOf('a program nobody knows')),
    keys: [{ pubkey: new PublicKey(DEMO), isSigner: true, isWritable: true }],
    data: Buffer.from([9, 1, 0, 0, 2, 64, 255, 17]),
  });
  const assign = SystemProgram.assign({
    accountPubkey: new PublicKey(DEMO),
    programId: new PublicKey(addressOf('a program nobody knows')),
  });
  const instructions = [transfer(DEMO, addressOf('somebody'), 2_000_000_000), assign, unknown];
  return signedBy(unsigned({ payer: PARTNER, instructions, signers: 2 }), [PARTNER]);
}

/** Somebody else's business: nobody here can sign it. */
export function handedForOthers(): string {
  return unsigned({
    payer: PARTNER,
    instructions: [transfer(WATCHED, addressOf('somebody'), 1_000_000)],
    signers: 2,
  });
}

/** Three people sign a payment: the demo key has, the join authority's key is here, the treasury officer's is not. */
export function sharedPayment(): string {
  const account = nonceAddress(DEMO, 2);
  return signedBy(
    unsigned({
      payer: DEMO,
      instructions: [
        transfer(JOIN, addressOf('shared costs'), 1_500_000_000),
        transfer(WATCHED, addressOf('shared costs'), 250_000_000),
      ],
      signers: 3,
      nonce: { account, authority: DEMO },
    }),
    [DEMO],
  );
}

/** Alone under a value that its nonce account held before. */
export function paymentUnder(value: Address, lamports: number): string {
  return signedBy(
    unsigned({
      payer: DEMO,
      instructions: [transfer(DEMO, addressOf('shared costs'), lamports)],
      signers: 1,
      nonce: { account: nonceAddress(DEMO, 3), authority: DEMO, value },
    }),
    [DEMO],
  );
}

function transfer(from: Address, to: Address, lamports: number): TransactionInstruction {
  return SystemProgram.transfer({ fromPubkey: new PublicKey(from), toPubkey: new PublicKey(to), lamports });
}

function unsigned({ payer, instructions, signers, nonce }: Asked): string {
  const blockhash = nonce ? (nonce.value ?? sampleNonceValue(nonce.account)) : addressOf('their blockhash');
  const message = buildMessage(withNonce(instructions, nonce), { payer, blockhash });
  const nobody = Array.from({ length: signers }, () => new Uint8Array(SIGNATURE_BYTES));
  return base64.encode(encodeTransaction(nobody, message));
}
