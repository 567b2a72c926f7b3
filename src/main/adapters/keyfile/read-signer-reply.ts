import { z } from 'zod';
import type { SignerReply } from '#signer/messages.ts';

const Params = z.record(z.string(), z.union([z.string(), z.number()]));

const Reply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('looked'), address: z.string() }),
  z.strictObject({ kind: z.literal('signed'), address: z.string(), signatureBase64: z.base64() }),
  z.strictObject({ kind: z.literal('created'), address: z.string(), fileName: z.string() }),
  z.strictObject({ kind: z.literal('encrypted'), address: z.string() }),
  z.strictObject({ kind: z.literal('made'), address: z.string(), words: z.instanceof(Uint8Array) }),
  z.strictObject({ kind: z.literal('refused'), code: z.string(), params: Params }),
  z.strictObject({ kind: z.literal('crashed') }),
]);

/** What a signing child sent, if it is a reply at all; nobody else is believed to be well either. */
export function readSignerReply(message: unknown): SignerReply | undefined {
  const parsed = Reply.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
