import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { build, type InlineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** Native code stays outside the bundles: the first two are dependencies, the middle two optional speed-ups of `ws`. */
const NATIVE = ['node-hid', 'usb', 'bufferutil', 'utf-8-validate', /^litesvm-/];

/** Anchor's ES build does not load when bundled; the native half of bigint-buffer has CVE-2025-3194. */
const ALIASES = {
  '@coral-xyz/anchor': resolve(root, 'node_modules/@coral-xyz/anchor/dist/cjs/index.js'),
  'bigint-buffer': resolve(root, 'src/main/electron/bigint-buffer.ts'),
};

/** Programs that run in a process of their own. Each is one file that shares no chunk with another. */
const PROCESSES = {
  'main/signer': 'src/signer/index.ts',
  'main/practice-network': 'src/practice-network/main.ts',
  'protocol/protocol': 'src/protocol/main.ts',
};

/** Electron 45 runs Node 24; the stand-in and the protocol command run the same files on Node 20. */
const NODE_TARGET = 'node20.19';

/** Writes what went into a bundle beside it, for the tests that compare it with what may. */
function listModules(): Plugin {
  return {
    name: 'list-modules',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const modules = chunk.moduleIds.filter((id) => !id.startsWith('\0')).map((id) => relative(root, id));
        const file = resolve(root, 'out/modules', `${chunk.name}.json`);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(
          file,
          JSON.stringify({ modules: modules.toSorted(), imports: chunk.imports.toSorted() }, null, 1),
        );
      }
    },
  };
}

function processBuild(name: string, entry: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { alias: ALIASES },
    ssr: { noExternal: true },
    plugins: [listModules()],
    build: {
      ssr: true,
      outDir: resolve(root, 'out', dirname(name)),
      emptyOutDir: false,
      target: NODE_TARGET,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [name.slice(name.indexOf('/') + 1)]: resolve(root, entry) },
        external: NATIVE,
        output: { format: 'cjs', codeSplitting: false, entryFileNames: '[name].js' },
      },
    },
  };
}

/** Builds the other processes after main, each by itself. */
function buildProcesses(): Plugin {
  return {
    name: 'build-processes',
    async closeBundle(error?: Error) {
      if (error) return;
      await Promise.all(Object.entries(PROCESSES).map(([name, entry]) => build(processBuild(name, entry))));
    },
  };
}

/** The list main serves the page by: every file with its SHA-256, written beside the folder. */
function listPageFiles(): Plugin {
  return {
    name: 'list-page-files',
    writeBundle(_options, bundle) {
      const hashes = Object.values(bundle).map((file) => {
        const bytes = file.type === 'chunk' ? file.code : file.source;
        return [file.fileName, createHash('sha256').update(bytes).digest('hex')] as const;
      });
      writeFileSync(resolve(root, 'out/renderer-files.json'), JSON.stringify(Object.fromEntries(hashes)));
    },
  };
}

export default defineConfig({
  main: {
    resolve: { alias: ALIASES },
    plugins: [listModules(), buildProcesses()],
    build: {
      externalizeDeps: false,
      target: NODE_TARGET,
      rolldownOptions: {
        input: { index: resolve(root, 'src/main/index.ts') },
        external: NATIVE,
        output: { codeSplitting: false },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    plugins: [react(), listPageFiles()],
    build: {
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
});
