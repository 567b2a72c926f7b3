import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

/** `npm run --silent protocol -- VERB FILE`: the core without the app. JSON on stdout, everything else on stderr. */
await setUp();
const child = spawn(process.execPath, [join(root, 'out/protocol/protocol.js'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
});
child.on('exit', (code) => process.exit(code ?? 1));
