/** Whether a text begins as a command that the reader may know: a program, a script, or variables before one. */
export function looksLikeCommand(text: string): boolean {
  const start = text.slice(0, 400).trimStart();
  return /^(?:[$%#>] +)?(?:[A-Z_]{2,40}=\S{0,100} +){0,8}(?:(?:sudo|env|export|sh|bash|docker|cargo) +\S|\S{0,100}(?:run-manager|psyche-solana-client)(?:\.exe)?(?: |$)|\S{1,100}\.sh(?: |$))/.test(
    start,
  );
}
