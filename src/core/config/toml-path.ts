/** Where a value stands in a TOML document: table keys and list positions, outermost first. */
export type TomlKeyPath = readonly (string | number)[];

/** The path as a person writes it: `model.LLM.optimizer.AdamW.betas[1]`. */
export function formatTomlPath(path: TomlKeyPath): string {
  return path.map((step, index) => formatStep(step, index === 0)).join('');
}

/** A key as it stands in a file: bare where TOML allows that, else quoted. */
export function formatTomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

function formatStep(step: string | number, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  return (isFirst ? '' : '.') + formatTomlKey(step);
}
