import type { Page } from '@playwright/test';

/** Asks main through the window's own bridge; a failure is thrown with its code. */
export async function ask<T>(page: Page, group: string, name: string, input: unknown = {}): Promise<T> {
  const envelope = await page.evaluate(
    ([groupName, callName, argument]) =>
      (window as unknown as { api: WindowApi }).api[groupName]?.[callName]?.(argument),
    [group, name, input] as const,
  );
  if (!envelope?.ok) throw new Error(`${group}.${name}: ${envelope?.code ?? 'no answer'}`);
  return envelope.value as T;
}

type Envelope = { ok: true; value: unknown } | { ok: false; code: string; value?: undefined };
type WindowApi = Record<string, Record<string, (argument: unknown) => Promise<Envelope & { code?: string }>>>;

/** Where the app's own practice network listens. */
export async function practiceUrl(page: Page): Promise<string> {
  const { rpcUrl } = await ask<{ rpcUrl: string }>(page, 'practice', 'status');
  return rpcUrl;
}
