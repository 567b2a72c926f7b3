export function findBrowser(): string | undefined;
export function isExecutable(path: string): boolean;
