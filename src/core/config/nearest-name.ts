/**
 * The known name somebody probably meant: the same letters in another case, or the fewest single-letter edits away, at
 * most a third of the name. `undefined` when nothing is that close.
 */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  const sameLetters = known.find((name) => fold(name) === fold(typed));
  if (sameLetters !== undefined) return sameLetters;
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of known) {
    const limit = Math.max(1, Math.floor(name.length / 3));
    if (Math.abs(name.length - typed.length) > limit) continue;
    const edits = editsBetween(fold(typed), fold(name));
    if (edits <= limit && edits < (best?.edits ?? Infinity)) best = { name, edits };
  }
  return best?.name;
}

/** Case and word separators are what people mix up most, so they do not count as differences. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Levenshtein distance, one row at a time. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
