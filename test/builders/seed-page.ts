/** The key that stands for everybody: 32 zero bytes. */
export const EVERYONE = '11111111111111111111111111111111';

/** The commands of the page that explained how to create a run, one after the other. */
export const SEED_PAGE = {
  allow: `sh scripts/join-authorization-create.sh [RPC] join_authority.json ${EVERYONE}`,
  allowUser: 'sh scripts/join-authorization-create.sh [RPC] join_authority.json [MY_USER_PUBKEY]',
  create: `psyche-solana-client create-run \\
    --rpc [RPC] \\
    --run-id [RUN_ID] \\
    --join-authority [JOIN_AUTHORITY_PUBKEY] \\
    --treasurer-collateral-mint [COLLATERAL_MINT_PUBKEY] \\
    --wallet-private-key-path [JSON_PRIVATE_KEY_PATH]`,
  update: `psyche-solana-client update-config \\
    --rpc [RPC] \\
    --run-id [RUN_ID] \\
    --config-path [CONFIG_FILE_PATH] \\
    --wallet-private-key-path [JSON_PRIVATE_KEY_PATH]`,
  resume: `psyche-solana-client set-paused \\
    --rpc [RPC] \\
    --run-id [RUN_ID] \\
    --resume \\
    --wallet-private-key-path [JSON_PRIVATE_KEY_PATH]`,
  rates: `psyche-solana-client set-future-epoch-rates \\
    --rpc [RPC] \\
    --run-id [RUN_ID] \\
    --earning-rate [EARNING_RATE] \\
    --slashing-rate [SLASHING_RATE] \\
    --wallet-private-key-path [JSON_PRIVATE_KEY_PATH]`,
  topUp: `psyche-solana-client treasurer-top-up-rewards \\
    --rpc [RPC] \\
    --run-id [RUN_ID] \\
    --collateral-amount [COLLATERAL_AMOUNT] \\
    --wallet-private-key-path [JSON_PRIVATE_KEY_PATH]`,
  dump: `psyche-solana-client json-info-dump \\
    --rpc [RPC] \\
    --run-id [RUN_ID]`,
  dumpUser: `psyche-solana-client json-dump-user \\
    --rpc [RPC] \\
    --run-id [RUN_ID] \\
    --wallet [PUBLIC_KEY]`,
};
