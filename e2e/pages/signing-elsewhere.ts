import { base64 } from '@scure/base';
import { type Keypair, type PublicKey, VersionedTransaction } from '@solana/web3.js';

/** What somebody with another machine makes of a transaction in base64: the same with their signature. */
export function signedElsewhere(text: string, ...keys: readonly Keypair[]): string {
  const transaction = readTransaction(text);
  transaction.sign([...keys]);
  return base64.encode(transaction.serialize());
}

/** The same with a signature in somebody's place that another key made. */
export function signedByTheWrong(text: string, place: PublicKey, key: Keypair): string {
  const transaction = readTransaction(text);
  const foreign = readTransaction(text);
  const index = transaction.message.staticAccountKeys.findIndex((address) => address.equals(place));
  const isSigned = index >= 0 && index < transaction.message.header.numRequiredSignatures;
  if (!isSigned) throw new Error(`${place.toBase58()} does not sign it`);
  foreign.message.staticAccountKeys[index] = key.publicKey;
  foreign.sign([key]);
  const signature = foreign.signatures[index];
  if (!signature) throw new Error('nothing was signed');
  transaction.addSignature(place, signature);
  return base64.encode(transaction.serialize());
}

function readTransaction(text: string): VersionedTransaction {
  return VersionedTransaction.deserialize(base64.decode(text.trim()));
}
