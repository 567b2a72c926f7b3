import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => readFileSync(join(__dirname, name), 'utf8');

/** What runs in the page's own world first. */
export function pageWorldScript(secret: string): string {
  return `(() => { const secret = ${JSON.stringify(secret)}; ${read('world-bridge.js')} ${read('page-world.js')} })();`;
}

/**
 * What runs in the isolated world: a sandboxed preload script's surroundings, then the preload script itself, in the main
 * frame only.
 */
export function preloadWorldScript(secret: string, preload: string): string {
  return `if (window === window.top) (() => {
    const secret = ${JSON.stringify(secret)};
    const codec = ((module) => { ${read('clone-codec.cjs')}; return module.exports; })({});
    ${read('world-bridge.js')}
    ${read('preload-world.js')}
    ((require, module, exports) => { ${preload}
    })(requireInSandbox, { exports: {} }, {});
  })();`;
}
