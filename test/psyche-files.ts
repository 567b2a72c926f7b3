import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The committed protocol facts, relative to `test/fixtures/psyche`. */
export function psycheBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fromHere(`fixtures/psyche/${path}`)));
}

/** A committed JSON file, relative to `test/fixtures/psyche`. The caller names the part of its form that it uses. */
export function psycheJson<T>(path: string): T {
  return JSON.parse(readFileSync(fromHere(`fixtures/psyche/${path}`), 'utf8')) as T;
}

/** A file of other projects, read in place beside the repository; `undefined` where the folder is absent. */
export function thirdPartyBytes(name: string): Uint8Array | undefined {
  const file = fromHere(`../../shared/third-party/${name}`);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
}

/** A JSON file of other projects; call it only where its bytes are present. */
export function thirdPartyJson<T>(name: string): T {
  return JSON.parse(readFileSync(fromHere(`../../shared/third-party/${name}`), 'utf8')) as T;
}

function fromHere(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
