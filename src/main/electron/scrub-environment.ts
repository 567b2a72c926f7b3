const DELETED = ['NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'SSLKEYLOGFILE'];

/**
 * Takes back what the environment could change about trust: certificate checks, extra authorities, code loaded into the
 * process, recorded TLS keys (security bar §1.7). The first statement of main.
 */
export function scrubEnvironment(environment: Record<string, string | undefined>): void {
  for (const name of Object.keys(environment)) {
    const upper = name.toUpperCase();
    if (DELETED.includes(upper) || upper.startsWith('ELECTRON_')) delete environment[name];
  }
}

const REFUSED = ['load-extension', 'no-sandbox', 'disable-web-security', 'js-flags', 'host-rules'];
const REFUSED_FAMILIES = ['remote-debugging-', 'proxy-'];

/**
 * The switches on a command line that would open the packaged app to others. It does not start with any of them; started
 * from source it does, because tests drive it that way.
 *
 * @returns the offending arguments, as typed
 */
export function refusedSwitches(argv: readonly string[]): string[] {
  return argv.filter((argument) => {
    const name = /^-{1,2}([^=]+)/.exec(argument)?.[1]?.toLowerCase();
    if (name === undefined) return false;
    return REFUSED.includes(name) || REFUSED_FAMILIES.some((family) => name.startsWith(family));
  });
}
