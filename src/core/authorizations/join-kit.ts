import { AppError } from '#core/errors/app-error.ts';
import { shellWord } from '#core/operations/command-line.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { JoinKit, JoinKitQuestion } from './authorization-view.ts';

/**
 * What a user needs to join a run: the variables that the client and `run-manager` read, and the line that checks them.
 * Values stand as they are, without quotes: `docker --env-file` takes quotes as part of the value. Source: PROTOCOL.md §10.
 *
 * @param urls - of the network; a key of a provider may be in their path, query or user info
 * @throws AppError `join-kit/unfit`
 */
export function joinKit(
  { runId, user, authorizer = SYSTEM_PROGRAM, keyfilePath, includeUrl }: JoinKitQuestion,
  urls: { readonly rpcUrl: string; readonly webSocketUrl: string },
): JoinKit {
  const urlLeftOut = !includeUrl && Object.values(urls).some(holdsMoreThanHost);
  const variables = {
    RPC: urlLeftOut ? '[YOUR_RPC_URL]' : urls.rpcUrl,
    WS_RPC: urlLeftOut ? '[YOUR_WEBSOCKET_URL]' : urls.webSocketUrl,
    RUN_ID: runId,
    AUTHORIZER: authorizer,
    WALLET_PRIVATE_KEY_PATH: keyfilePath,
  };
  const flags = ['--run-id', runId, '--authorizer', authorizer, '--address', user];
  return {
    env: `${Object.entries(variables).map(line).join('\n')}\n`,
    canJoinLine: `run-manager can-join --rpc "$RPC" ${flags.map(shellWord).join(' ')}`,
    urlLeftOut,
  };
}

function line([name, value]: [string, string]): string {
  if (/[\r\n]/.test(value) || value.trim() !== value) throw new AppError('join-kit/unfit', { name });
  return `${name}=${value}`;
}

/** A URL that cannot be read is taken for one that does. */
function holdsMoreThanHost(url: string): boolean {
  return !/^[a-z]+:\/\/[^/?#@\s]+\/?$/i.test(url);
}
