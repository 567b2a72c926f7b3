import { resolve } from 'node:path';
import { build } from 'vite';

/** The faked main as one classic script, to be run before the page's own. */
export async function bundleFakeMain(root: string): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry: resolve(root, 'e2e/harness/fake-main/page.ts'), formats: ['iife'], name: 'fakeMain' },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (!chunk) throw new Error('the faked main was not bundled');
  return chunk.code;
}
