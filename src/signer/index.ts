import { answer } from './answer.ts';
import type { SignerRequest } from './messages.ts';

/**
 * The signing child: takes one request from its parent, answers it, and exits. Its only caller is main, through
 * `main/adapters/keyfile`, so the message has the shape that adapter writes.
 */
type ParentPort = {
  once(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
};

const { parentPort } = process as unknown as { parentPort: ParentPort };

parentPort.once('message', ({ data }) => void reply(data as SignerRequest));

async function reply(request: SignerRequest): Promise<void> {
  parentPort.postMessage(await answer(request));
  // The answer is still on its way: leave a moment later, unless the parent ends the process first.
  setTimeout(() => process.exit(0), 100);
}
