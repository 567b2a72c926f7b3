/** Bytes of log text kept per transaction. Source: Agave, `LOG_MESSAGES_BYTES_LIMIT`. */
const LOG_BYTES_LIMIT = 10_000;

/** Collects the log lines of one transaction and, like a validator, stops at a limit. */
export type LogCollector = { readonly push: (line: string) => void; readonly lines: () => readonly string[] };

export function createLogCollector(): LogCollector {
  const lines: string[] = [];
  let bytes = 0;
  let isTruncated = false;
  return {
    push: (line) => {
      if (isTruncated) return;
      const size = Buffer.byteLength(line);
      if (bytes + size >= LOG_BYTES_LIMIT) {
        isTruncated = true;
        lines.push('Log truncated');
        return;
      }
      bytes += size;
      lines.push(line);
    },
    lines: () => lines,
  };
}
