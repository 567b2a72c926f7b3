import { gzipSync } from 'node:zlib';
import { firstLoadScripts } from '../checks/first-load.ts';
import { report, type Figure } from './measure.ts';

function firstLoadFigures(): Figure[] {
  const scripts = [...firstLoadScripts('out/renderer').values()];
  const bytes = scripts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  const chain = scripts.filter((text) => /solana\/web3|coral-xyz|AnchorProvider/.test(text)).length;
  return [
    { name: 'first load of script, gzip', value: bytes / 1000, unit: 'kB', limit: { kind: 'at-most', value: 300 } },
    { name: 'scripts of it with web3.js or Anchor', value: chain, unit: '', limit: { kind: 'at-most', value: 0 } },
  ];
}

report(firstLoadFigures());
