import type { AtlasGroup } from './atlas-entry.ts';

/**
 * The id of an entry: `coordinator-6004`, `rpc-32005` for −32005, `transaction-BlockhashNotFound`. It says nothing about
 * whether there is such an entry, and loads none of them.
 */
export function atlasId(group: AtlasGroup, codeOrName: number | string): string {
  return `${group}-${typeof codeOrName === 'number' ? Math.abs(codeOrName) : codeOrName}`;
}

/** The entry that tells more about an error of the app itself, for those that pass on an answer of a node or its gateway. */
export function atlasIdOfAppError(code: string, params: Readonly<Record<string, unknown>>): string | undefined {
  if (code === 'rpc/node-error' && typeof params['code'] === 'number') return atlasId('rpc', params['code']);
  const isHttp = code === 'rpc/refused' || code === 'rpc/failing' || code === 'rpc/rate-limited';
  return isHttp && typeof params['status'] === 'number' ? atlasId('http', params['status']) : undefined;
}
