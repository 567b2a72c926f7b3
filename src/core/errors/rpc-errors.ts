import { defineErrors } from './define-errors.ts';

/** `origin` is scheme, host and port: paths and queries may hold a provider's key. */
type Endpoint = { origin: string };

/** `retryAfterSeconds`: the pause the endpoint asked for, if it named one, 1 to 60. */
type Refused = Endpoint & { status: number; retryAfterSeconds?: number };

export const rpcErrors = defineErrors({
  'rpc/unreachable': ({ origin }: Endpoint) => ({
    happened: `${origin} could not be reached`,
    remedy: 'Check the address and your connection; nothing was sent',
  }),
  'rpc/timeout': ({ origin, seconds }: Endpoint & { seconds: number }) => ({
    happened: `${origin} did not answer within ${seconds} seconds`,
    remedy: 'Try again, or use another endpoint',
  }),
  'rpc/refused': ({ origin, status }: Refused) => ({
    happened: `${origin} refused the request (${status}: ${statusWords(status)})`,
    remedy: status === 429 ? 'Wait a minute, or use an endpoint with a higher limit' : 'Check the URL and its key',
  }),
  'rpc/failing': ({ origin, status }: Refused) => ({
    happened: `${origin} has a problem of its own (${status})`,
    remedy: 'Wait and try again, or use another endpoint',
  }),
  'rpc/rate-limited': ({ origin, status, seconds }: Endpoint & { status: number; seconds: number }) => ({
    happened: `${origin} takes no requests for a while (${status}: ${status === 429 ? 'too many requests' : 'not available'})`,
    remedy: `It is asked again in ${seconds} s. Wait, or add another endpoint to this network, or one with a higher limit`,
  }),
  'rpc/redirected': ({ origin }: Endpoint) => ({
    happened: `${origin} answered with a redirection, which is not followed`,
    remedy: 'Enter the final URL of the endpoint',
  }),
  'rpc/too-large': ({ origin, maxBytes }: Endpoint & { maxBytes: number }) => ({
    happened: `The answer of ${origin} is larger than ${maxBytes} bytes and was cut off`,
    remedy: 'Use another endpoint: no answer this app asks for is that large',
  }),
  'rpc/malformed': ({ origin, method, reason }: Endpoint & { method: string; reason: string }) => ({
    happened: `${origin} answered ${method} with something that is not a Solana answer (${reason})`,
    remedy: 'Check that the URL is a Solana RPC endpoint, not a web page',
  }),
  'rpc/node-error': ({ origin, method, code }: Endpoint & { method: string; code: number }) => ({
    happened: `${origin} answered ${method} with error ${code}: ${codeWords(code)}`,
    remedy: code === BEHIND || code === BEHIND_CONTEXT ? 'Wait a few seconds' : 'Try another endpoint if it stays',
  }),
  'rpc/websocket-closed': ({ origin }: Endpoint) => ({
    happened: `${origin} opened no WebSocket, or closed it at once`,
    remedy: 'Check the WebSocket URL; the app works without it, only a little slower',
  }),
});

/** Source: Agave `rpc-client-api/src/custom_error.rs`. */
const BEHIND = -32005;
const BEHIND_CONTEXT = -32016;
const NODE_ERRORS: Readonly<Record<number, string>> = {
  [-32002]: 'the transaction would fail',
  [-32003]: 'a signature does not verify',
  [-32004]: 'this block is not available',
  [BEHIND]: 'the node is behind the network',
  [-32010]: 'this program is left out of its index, so it cannot list accounts',
  [-32015]: 'this transaction version is not supported',
  [BEHIND_CONTEXT]: 'the node has not reached the slot already seen elsewhere',
  [-32600]: 'it does not take the request',
  [-32601]: 'it does not know this method',
  [-32602]: 'it does not take these parameters',
  [-32603]: 'an error inside the node',
};

function codeWords(code: number): string {
  return NODE_ERRORS[code] ?? 'the code is not a known one';
}

function statusWords(status: number): string {
  if (status === 401) return 'a key is needed';
  if (status === 403) return 'not allowed';
  if (status === 404) return 'nothing there';
  if (status === 410) return 'this method was switched off';
  if (status === 413) return 'the request was too large';
  if (status === 429) return 'too many requests';
  return 'not accepted';
}
