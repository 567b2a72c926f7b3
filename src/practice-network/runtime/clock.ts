/** The cluster's time as programs see it. `unixTimestamp` in seconds. */
export type Clock = { readonly slot: bigint; readonly unixTimestamp: bigint };
