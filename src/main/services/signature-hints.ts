import type { WebSockets } from '#main/ports.ts';

export type Hints = ReturnType<typeof createHints>;

/** One subscription to a signature, opened anew when the network is reached at another URL. A hint only saves waiting. */
export function createHints(webSockets: WebSockets) {
  let open = '';
  let stop: (() => void) | undefined;
  let wake = new AbortController();

  function close(): void {
    stop?.();
    stop = undefined;
  }

  /** Without a hint the transaction is sent and looked for just the same. */
  function watch(url: string, signature: string): (() => void) | undefined {
    try {
      return webSockets.watchSignature(url, signature, () => wake.abort());
    } catch {
      return undefined;
    }
  }

  return {
    /**
     * Aborts when the cluster says that something happened, from now on.
     *
     * @param signature - empty while it is not known: then nothing is watched
     */
    next(url: string | undefined, signature: string): AbortSignal {
      wake = new AbortController();
      const wanted = url === undefined || signature === '' ? '' : `${url} ${signature}`;
      if (wanted !== open) {
        close();
        open = wanted;
        stop = url === undefined || signature === '' ? undefined : watch(url, signature);
      }
      return wake.signal;
    },
    close,
  };
}
