import type { Cdp } from './cdp.ts';
import type { Chromium } from './chromium.ts';

const taken = new WeakSet<Chromium>();

/** A blank page of its own to put a window in: the one Chromium starts with, then new ones. */
export async function openTarget(chromium: Chromium): Promise<{ cdp: Cdp; targetId: string }> {
  const { root, session } = chromium.connection;
  const isFirst = !taken.has(chromium);
  taken.add(chromium);
  if (isFirst) await root.send('Target.setDiscoverTargets', { discover: true });
  const first = isFirst ? await firstTarget(root) : undefined;
  const targetId = first ?? (await root.send('Target.createTarget', { url: 'about:blank', newWindow: true })).targetId;
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
  return { cdp: session(sessionId), targetId };
}

async function firstTarget(root: Cdp): Promise<string | undefined> {
  const { targetInfos } = await root.send('Target.getTargets');
  return targetInfos.find(({ type, url }) => type === 'page' && url.startsWith('data:'))?.targetId;
}
