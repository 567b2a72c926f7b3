import { describe, expect, test } from 'vitest';
import { parseAddress } from '#core/solana/address.ts';
import { errorCodeOf } from '#test/error-code.ts';
import { joinKit } from './join-kit.ts';

const user = parseAddress('tDfLDrJaK4CvH47gQWNsYDL1KxyKvo4xmJwecZoErq7');
const urls = { rpcUrl: 'https://rpc.example.org', webSocketUrl: 'wss://rpc.example.org:8900/' };
const question = { runId: 'atlas-7', user, keyfilePath: '/home/anna/key.json', includeUrl: false };

describe('a join kit', () => {
  test('holds the variables the client reads, and the line that checks them', () => {
    expect(joinKit(question, urls)).toEqual({
      env: `RPC=https://rpc.example.org
WS_RPC=wss://rpc.example.org:8900/
RUN_ID=atlas-7
AUTHORIZER=11111111111111111111111111111111
WALLET_PRIVATE_KEY_PATH=/home/anna/key.json
`,
      canJoinLine: `run-manager can-join --rpc "$RPC" --run-id atlas-7 --authorizer 11111111111111111111111111111111 --address ${user}`,
      urlLeftOut: false,
    });
    expect(joinKit({ ...question, authorizer: user }, urls).env).toContain(`AUTHORIZER=${user}\n`);
  });

  test.each([
    'https://rpc.example.org/v2/secret',
    'https://rpc.example.org?api-key=secret',
    'https://rpc.example.org/#secret',
    'https://secret@rpc.example.org',
    'not a url secret',
  ])('leaves %s out until somebody said so', (rpcUrl) => {
    const hidden = joinKit(question, { ...urls, rpcUrl });
    expect(hidden).toMatchObject({ urlLeftOut: true });
    expect(hidden.env).toContain('RPC=[YOUR_RPC_URL]\nWS_RPC=[YOUR_WEBSOCKET_URL]\n');
    expect(JSON.stringify(hidden)).not.toContain('secret');
    const shown = joinKit({ ...question, includeUrl: true }, { ...urls, rpcUrl });
    expect(shown).toMatchObject({ urlLeftOut: false });
    expect(shown.env).toContain(`RPC=${rpcUrl}\n`);
  });

  test('quotes a run id for the shell, and refuses what a .env file would change', () => {
    const kit = joinKit({ ...question, runId: "o'neill 1" }, urls);
    expect(kit.canJoinLine).toContain(`--run-id 'o'\\''neill 1'`);
    expect(kit.env).toContain(`RUN_ID=o'neill 1\n`);
    for (const runId of ['a\nRPC=http://evil', 'a\r', ' a', 'a ']) {
      expect(errorCodeOf(() => joinKit({ ...question, runId }, urls))).toBe('join-kit/unfit');
    }
    expect(errorCodeOf(() => joinKit({ ...question, keyfilePath: 'key.json\n' }, urls))).toBe('join-kit/unfit');
  });
});
