/** A call answers once; an event tells the page that a fact changed. */
export type ChannelKind = 'call' | 'event';

export type Channels = Readonly<Record<string, Readonly<Record<string, ChannelKind>>>>;

/** Every channel between page and main. Preload, contract, handlers and tests all follow from this table. */
export const channels = {
  app: { status: 'call', chooseDoor: 'call', saveSettings: 'call', changed: 'event' },
  networks: {
    list: 'call',
    save: 'call',
    remove: 'call',
    activate: 'call',
    test: 'call',
    importCliConfig: 'call',
    status: 'call',
    programs: 'call',
    acceptProgram: 'call',
    changed: 'event',
  },
  practice: {
    status: 'call',
    advance: 'call',
    faucet: 'call',
    createMint: 'call',
    giveTokens: 'call',
    reset: 'call',
    addClients: 'call',
    removeClients: 'call',
    clients: 'call',
  },
  signers: {
    list: 'call',
    addKeyfile: 'call',
    unlockKeyfile: 'call',
    encryptKeyfile: 'call',
    createKey: 'call',
    addAddress: 'call',
    rename: 'call',
    remove: 'call',
    allowOpenPermissions: 'call',
    chooseRoles: 'call',
    lookUpLedger: 'call',
    changed: 'event',
  },
  runs: {
    list: 'call',
    read: 'call',
    dump: 'call',
    saveDump: 'call',
    dumpUser: 'call',
    saveUserDump: 'call',
    configText: 'call',
    treasury: 'call',
  },
  rewards: { claims: 'call', mint: 'call', holding: 'call' },
  authorizations: { list: 'call', canJoin: 'call', joinKit: 'call', openUsers: 'call' },
  nonces: { list: 'call', remember: 'call', forget: 'call' },
  config: { open: 'call', check: 'call', insertMissing: 'call', sample: 'call', saveDraft: 'call', readDraft: 'call' },
  operations: { prepare: 'call', begin: 'call', review: 'call', approve: 'call', discard: 'call' },
  ticker: { start: 'call', stop: 'call', status: 'call', changed: 'event' },
  transactions: {
    list: 'call',
    read: 'call',
    landed: 'call',
    annotate: 'call',
    look: 'call',
    openHanded: 'call',
    addSignatures: 'call',
    signRest: 'call',
    resend: 'call',
    exportText: 'call',
    saveWire: 'call',
    saveJournal: 'call',
    saveBooks: 'call',
    changed: 'event',
  },
  inspector: { look: 'call' },
} as const satisfies Channels;

export type AppChannels = typeof channels;

/** The one place where a channel's name on the wire is made. */
export function channelName(group: string, name: string): string {
  return `${group}.${name}`;
}
