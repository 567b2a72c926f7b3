export function findElectron(): string | undefined;
export const standInLauncher: string;
