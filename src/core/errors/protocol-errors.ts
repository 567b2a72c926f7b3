import { defineErrors } from './define-errors.ts';

export const protocolErrors = defineErrors({
  'protocol/usage': ({ verbs }: { verbs: string }) => ({
    happened: 'The command needs a verb and a file',
    remedy: `npm run --silent protocol -- VERB FILE, where VERB is one of ${verbs}`,
  }),
  'protocol/unreadable': ({ file }: { file: string }) => ({
    happened: `${file} cannot be read`,
    remedy: 'Check the path and the permissions',
  }),
  'protocol/malformed': ({ path, expected }: { path: string; expected: string }) => ({
    happened: `The input does not have the shape the verb takes: at ${path === '' ? 'the top' : path}, ${expected}`,
    remedy: 'Compare it with the sample of this verb in docs/protocol-command.md',
  }),
});
