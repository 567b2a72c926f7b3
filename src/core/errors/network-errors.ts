import { defineErrors } from './define-errors.ts';

export const networkErrors = defineErrors({
  'network/url-malformed': ({ schemes }: { schemes: string }) => ({
    happened: 'This is not a URL of a Solana endpoint',
    remedy: `Write ${schemes}, a host and, if needed, a port and a path; no user name, no spaces`,
  }),
  'network/unencrypted': ({ host }: { host: string }) => ({
    happened: `The connection to ${host} would not be encrypted`,
    remedy: 'Use https and wss; plain http and ws are only for this machine',
  }),
  'network/unencrypted-private': ({ host }: { host: string }) => ({
    happened: `The connection to ${host} in your private network would not be encrypted`,
    remedy: 'Use https, or confirm for this network that others on the wire may read and change what is sent',
  }),
  /** `place`: the RPC URL itself is endpoint 1. `reason` is a sentence without its full stop. */
  'network/further-url': ({ place, reason }: { place: number; reason: string }) => ({
    happened: `Endpoint ${place} cannot be used: ${reason}`,
    remedy: 'Correct it, or remove it from the list',
  }),
  'network/unknown': ({ id }: { id: string }) => ({
    happened: `There is no network ${id}`,
    remedy: 'Choose one from the list of networks',
  }),
  'network/built-in': ({ name }: { name: string }) => ({
    happened: `${name} is one of the networks that come with the app`,
    remedy: 'It can be edited, but not removed',
  }),
  'network/offline': (_: Record<string, never>) => ({
    happened: 'The app is not connected to a network',
    remedy: 'Choose a network first',
  }),
  'network/contradicts': ({ promised, found }: { promised: string; found: string }) => ({
    happened: `This network is set up as ${promised}, but its genesis hash says ${found}`,
    remedy: 'Correct the URL, or what the network is expected to be. Nothing is sent until then',
  }),
  'network/changed': ({ expected, found }: { expected: string; found: string }) => ({
    happened: `The endpoint now serves another cluster: genesis hash ${found} instead of ${expected}`,
    remedy: 'Nothing was sent. Check the endpoint and review the transaction again',
  }),
  'network/cli-config': ({ reason }: { reason: string }) => ({
    happened: `This is not a configuration of the Solana command line: ${reason}`,
    remedy: 'Choose the file that `solana config get` names, usually config.yml',
  }),
  'practice/not-running': (_: Record<string, never>) => ({
    happened: 'The practice network is not running',
    remedy: 'Switch to the network named Practice',
  }),
  'practice/ended-early': (_: Record<string, never>) => ({
    happened: 'The practice network ended while it was starting',
    remedy: 'Try again; if it stays so, move the folder “practice” in the data folder away to begin afresh',
  }),
  'practice/gave-up': ({ ends }: { ends: number }) => ({
    happened: `The practice network ended ${ends} times in a row shortly after its start, and is left as it is`,
    remedy:
      'Switch to another network and back to start it again; if it stays so, move the folder “practice” in the data folder away to begin afresh',
  }),
  'practice/not-started': ({ seconds }: { seconds: number }) => ({
    happened: `The practice network did not start within ${seconds} seconds`,
    remedy: 'Try again; if it stays so, move the folder “practice” in the data folder away to begin afresh',
  }),
});
