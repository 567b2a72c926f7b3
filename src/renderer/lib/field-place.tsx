import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

/** Fields on screen by the name that checks use for them, the newest last. */
const onScreen = new Map<string, readonly HTMLElement[]>();
const listeners = new Set<() => void>();

/** Marks a field of a form by the name that checks use for it, so that a remedy can lead there. */
export function FieldPlace({ name, children }: { name: string; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = frame.current;
    if (!place) return undefined;
    put(name, [...(onScreen.get(name) ?? []), place]);
    return () =>
      put(
        name,
        (onScreen.get(name) ?? []).filter((other) => other !== place),
      );
  }, [name]);
  return <div ref={frame}>{children}</div>;
}

/** Whether the open form has a field by this name; fields come and go with the steps of a form. */
export function useHasField(name: string | undefined): boolean {
  return useSyncExternalStore(listen, () => name !== undefined && placeOf(name) !== undefined);
}

/** Puts the cursor into a field of the open form; nothing happens when it is not on screen. */
export function focusField(name: string): void {
  const place = placeOf(name);
  for (let fold = place?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
  const target = place?.querySelector<HTMLElement>('input, textarea, select, button');
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}

function placeOf(name: string): HTMLElement | undefined {
  return onScreen.get(name)?.at(-1);
}

function put(name: string, places: readonly HTMLElement[]): void {
  onScreen.set(name, places);
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
