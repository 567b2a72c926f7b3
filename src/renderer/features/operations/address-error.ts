import { parseAddress } from '#core/solana/address.ts';
import { errorWords } from '#renderer/lib/error-words.ts';

/** What is wrong with a typed address; `undefined` when nothing is. */
export function addressError(text: string): string | undefined {
  try {
    parseAddress(text);
    return undefined;
  } catch (error) {
    const { happened, remedy } = errorWords(error);
    return `${happened}. ${remedy}`;
  }
}
