import type { MantineColorSchemeManager } from '@mantine/core';

/** The colour scheme is a setting main keeps; Mantine stores nothing by itself. */
export const followSystem: MantineColorSchemeManager = {
  get: (fallback) => fallback,
  set() {},
  subscribe() {},
  unsubscribe() {},
  clear() {},
};
