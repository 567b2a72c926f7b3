/** A component test on a busy machine waits longer than the second that the library gives it, and no longer when it is quick. */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 10_000 });
}

export {};
