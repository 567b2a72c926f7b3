import { spawn } from 'node:child_process';
import { root } from './setup.mjs';

/**
 * Runs a program until it ends and passes on what it was ended with. Ctrl-C reaches it directly; this process waits.
 *
 * @returns its exit code
 */
export function runProgram(command, args, { env = {}, stdio = 'inherit' } = {}) {
  const child = spawn(command, args, { cwd: root, stdio, env: { ...process.env, ...env } });
  const passOn = (signal) => child.kill(signal);
  process.on('SIGTERM', passOn);
  process.on('SIGHUP', passOn);
  process.on('SIGINT', passOn);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${command} did not start: ${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code) => {
      process.off('SIGTERM', passOn);
      process.off('SIGHUP', passOn);
      process.off('SIGINT', passOn);
      resolve(code ?? 1);
    });
  });
}

/** Runs one of the project's TypeScript programs. */
export function runTypeScript(file, args = [], options = {}) {
  return runProgram(process.execPath, ['--import', 'tsx', file, ...args], options);
}

/** Runs a tool that is installed with the project, by the file its package starts. */
export function runTool(file, args = [], options = {}) {
  return runProgram(process.execPath, [`node_modules/${file}`, ...args], options);
}
