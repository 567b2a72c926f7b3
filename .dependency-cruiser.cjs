'use strict';
// Who may import whom: the table of the architecture, by resolved path. The compiler holds the same lines by its project
// files; these rules also hold them for packages and for siblings, which the compiler cannot.

const TESTS = '\\.test\\.tsx?$';

/** A rule that refuses an edge. `from` never means tests: they may reach for the other side of a line. */
const refuse = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: TESTS, ...from },
  to,
});

/** From a folder nothing of ours may be imported but these. */
const only = (name, folder, allowed, except = []) =>
  refuse(
    name,
    `${folder} imports ${allowed.join(', ')} of ours and nothing else`,
    { path: `^src/${folder}/`, pathNot: [TESTS, ...except] },
    { path: '^(src|e2e|test|scripts)/', pathNot: allowed.map((path) => `^src/${path}`) },
  );

const PURE_PACKAGES = [
  'zod',
  '@noble/hashes',
  '@noble/curves',
  '@scure/base',
  'smol-toml',
  'toml-eslint-parser',
  'yaml',
];
const CHAIN_PACKAGES = ['@solana/web3.js', '@coral-xyz/anchor', '@solana/spl-token'];
const packagePath = (names) => names.map((name) => `^node_modules/${name}(/|$)`);
const CHAIN_PLACES = [
  '^src/core/programs/',
  '^src/core/operations/(?!request\\.ts|[^/]+/input\\.ts)',
  '^src/core/transactions/build',
];

module.exports = {
  forbidden: [
    refuse('no-cycles', 'Two files that need each other are one idea or three', {}, { circular: true }),
    refuse(
      'no-unresolved',
      'What cannot be found cannot be checked',
      {},
      { couldNotResolve: true, pathNot: '^electron$' },
    ),

    only('core-is-alone', 'core', ['core/']),
    refuse(
      'core-is-pure',
      'Core has no Node, no Electron, no network',
      { path: '^src/(core|ipc)/' },
      { dependencyTypes: ['core'] },
    ),
    refuse(
      'core-packages',
      'Core uses the few pure packages, and the chain packages where messages are built',
      { path: '^src/(core|ipc)/', pathNot: [TESTS, ...CHAIN_PLACES] },
      { path: '^node_modules/', pathNot: packagePath(PURE_PACKAGES) },
    ),
    refuse(
      'core-chain-packages',
      'Where messages are built, the chain packages come in besides',
      { path: CHAIN_PLACES },
      { path: '^node_modules/', pathNot: packagePath([...PURE_PACKAGES, ...CHAIN_PACKAGES]) },
    ),
    refuse(
      'operations-are-apart',
      'An operation does not see another one; the shape of an input may be shared',
      { path: '^src/core/operations/([^/]+)/' },
      { path: '^src/core/operations/[^/]+/', pathNot: '^src/core/operations/($1/|[^/]+/input\\.ts$)' },
    ),
    only('ipc-sees-core', 'ipc', ['ipc/', 'core/']),

    only('handlers-and-services', 'main/(handlers|services)', [
      'main/handlers/',
      'main/services/',
      'main/ports',
      'core/',
      'ipc/',
    ]),
    only('adapters-see-core', 'main/adapters', ['main/adapters/', 'main/ports', 'core/', 'signer/messages']),
    refuse(
      'adapters-are-apart',
      'An adapter does not see another one',
      { path: '^src/main/adapters/([^/]+)/' },
      { path: '^src/main/adapters/[^/]+/', pathNot: '^src/main/adapters/$1/' },
    ),
    only('electron-decides-nothing', 'main/electron', ['main/electron/', 'ipc/']),
    refuse(
      'electron-in-two-places',
      'Only src/main/electron and the preload script see Electron',
      { path: '^(src|scripts)/', pathNot: [TESTS, '^src/main/electron/electron\\.ts$', '^src/preload/'] },
      { path: ['^node_modules/electron(/|$)', '^electron$'] },
    ),

    only('signer-sees-little', 'signer', ['signer/', 'core/solana/', 'core/transactions/', 'core/errors/']),
    only('preload-sees-names', 'preload', ['ipc/channels']),
    refuse(
      'preload-has-no-packages',
      'A sandboxed script can require Electron and nothing else',
      { path: '^src/preload/' },
      { path: ['^node_modules/'], pathNot: '^node_modules/electron(/|$)' },
    ),
    only('renderer-sees-the-pure-rest', 'renderer', [
      'renderer/',
      'ipc/(client|contract|contract-types|channels|envelope)\\.ts$',
      'core/(units|errors|error-atlas|authorizations|nonces|command-line|codec|layouts|accounts|config|dump|networks|practice|programs-deployed|rewards|runs|signers|solana)/',
      'core/operations/[^/]+/input\\.ts$',
      'core/operations/(request|prepared|run-fields|place)\\.ts$',
      'core/nonces/nonce-view\\.ts$',
      'core/transactions/(review|outcome|states|failure|fees|journal-view|log-tree|review-request|handed-transaction)\\.ts$',
      'core/journal/annotation\\.ts$',
    ]),
    refuse(
      'renderer-has-no-node',
      'The page runs in a browser without Node, and without the chain packages',
      { path: '^src/renderer/' },
      { path: ['^node_modules/(electron|node-hid|usb|ws)(/|$)', ...packagePath(CHAIN_PACKAGES)] },
    ),
    refuse(
      'renderer-has-no-node-modules',
      'The page has no Node',
      { path: '^src/renderer/' },
      { dependencyTypes: ['core'] },
    ),
    refuse(
      'features-are-apart',
      'A feature does not see another one',
      { path: '^src/renderer/features/([^/]+)/' },
      { path: '^src/renderer/features/[^/]+/', pathNot: '^src/renderer/features/$1/' },
    ),
    refuse(
      'ui-knows-nothing',
      'The components below know nothing of the chain or the app',
      { path: '^src/renderer/ui/' },
      { path: '^src/', pathNot: '^src/renderer/ui/' },
    ),

    only('protocol-sees-core', 'protocol', ['protocol/', 'core/', 'practice-network/runtime/programs/']),
    only('practice-network-sees-core', 'practice-network', ['practice-network/', 'core/']),
    refuse(
      'emulated-programs-prove-the-checks',
      'The emulated programs share bytes with the checks, never rules',
      { path: '^src/practice-network/runtime/programs/' },
      { path: '^src/core/(config|operations|transactions)/' },
    ),
    refuse(
      'ledger-emulator-proves-the-prediction',
      'What predicts a device and what emulates one share no code',
      { path: '^src/ledger-emulator/' },
      { path: '^src/', pathNot: '^src/ledger-emulator/' },
    ),
    refuse(
      'nothing-shipped-sees-tests',
      'Test code is not shipped',
      { path: '^src/' },
      { path: '^(e2e|test|scripts)/' },
    ),
    refuse(
      'stand-in-knows-the-type',
      'The stand-in is written against the type of what the app uses of Electron, not against the app',
      { path: '^e2e/harness/electron-standin/' },
      { path: '^src/', pathNot: '^src/main/electron/electron-api\\.ts$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^test/fixtures/', '^out/', '\\.d\\.ts$'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
