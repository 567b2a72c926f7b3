/** Does something as if it were done on Windows, as far as `process` tells: another platform, and no user ids. */
export async function onWindows<T>(work: () => T | Promise<T>): Promise<T> {
  const { platform, getuid } = process;
  Object.defineProperty(process, 'platform', { value: 'win32' });
  Object.defineProperty(process, 'getuid', { value: undefined, configurable: true, writable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(process, 'platform', { value: platform });
    Object.defineProperty(process, 'getuid', { value: getuid, configurable: true, writable: true });
  }
}
