import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { build } from 'vite';

/**
 * Builds the measurement into one file, as main is built, and runs it. Run file by file, every call into another one takes
 * longer than in the app, and it is milliseconds that are counted here.
 */
async function runBuilt(name: string): Promise<number> {
  const outDir = resolve('out/bench');
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    resolve: { alias: { 'bigint-buffer': resolve('src/main/electron/bigint-buffer.ts') } },
    build: {
      ssr: true,
      outDir,
      target: 'node20.19',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [name]: resolve('scripts/bench', `${name}.ts`) },
        external: ['node-hid', 'usb', 'bufferutil', 'utf-8-validate', /^litesvm-/],
        output: { format: 'cjs', codeSplitting: false, entryFileNames: '[name].js' },
      },
    },
  });
  const child = spawn(process.execPath, [resolve(outDir, `${name}.js`)], { stdio: 'inherit' });
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)));
}

runBuilt('main-loop').then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
