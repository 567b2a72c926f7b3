import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

/** Fields on screen by the name that checks use for them, the newest last. */
const onScreen = new Map<string, readonly HTMLElement[]>();
/** Fields of the open form that another step of it has, with how to get there. */
const elsewhere = new Map<string, () => void>();
const listeners = new Set<() => void>();

/** The field that a remedy leads to while its step of the form is being drawn. */
let wanted: string | undefined;

/** Marks a field of a form by the name that checks use for it, so that a remedy can lead there. */
export function FieldPlace({ name, children }: { name: string; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = frame.current;
    if (!place) return undefined;
    put(name, [...(onScreen.get(name) ?? []), place]);
    if (wanted === name) {
      wanted = undefined;
      // What takes the focus by itself when a step opens has done so by then.
      setTimeout(() => focusField(name));
    }
    return () =>
      put(
        name,
        (onScreen.get(name) ?? []).filter((other) => other !== place),
      );
  }, [name]);
  return <div ref={frame}>{children}</div>;
}

/**
 * Names the fields that other steps of the open form have, so that a remedy can lead there too.
 *
 * @param places - by the name that checks use: the step that has the field
 * @param open - shows a step; keeps its identity between renders
 */
export function useFieldsElsewhere<Step extends string>(
  places: Readonly<Record<string, Step>>,
  open: (step: Step) => void,
): void {
  useEffect(() => {
    for (const [name, step] of Object.entries(places)) elsewhere.set(name, () => open(step));
    tell();
    return () => {
      for (const name of Object.keys(places)) elsewhere.delete(name);
      tell();
    };
  }, [places, open]);
}

/** Whether the open form has a field by this name; fields come and go with the steps of a form. */
export function useHasField(name: string | undefined): boolean {
  return useSyncExternalStore(listen, () => name !== undefined && (placeOf(name) !== undefined || elsewhere.has(name)));
}

/** Puts the cursor into a field of the open form, in another step of it if need be; nothing happens when it has none. */
export function focusField(name: string): void {
  const place = placeOf(name);
  const open = elsewhere.get(name);
  if (!place && open) {
    wanted = name;
    open();
    return;
  }
  for (let fold = place?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
  // A text is what a remedy is about; the choices above it are not.
  const target =
    place?.querySelector<HTMLElement>('textarea') ?? place?.querySelector<HTMLElement>('input, select, button');
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}

function placeOf(name: string): HTMLElement | undefined {
  return onScreen.get(name)?.at(-1);
}

function put(name: string, places: readonly HTMLElement[]): void {
  onScreen.set(name, places);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
