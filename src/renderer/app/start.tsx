// First, so that the app's own styles come after the library's.
import './styles.ts';
import { createRoot } from 'react-dom/client';
import { contract } from '#ipc/contract.ts';
import { createClient } from '#ipc/client.ts';
import { App } from './app.tsx';

/** Draws the app into the page. */
export function start(nonce: string): void {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App client={createClient(contract, window.api)} nonce={nonce} />);
}
