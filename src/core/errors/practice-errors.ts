import { defineErrors } from './define-errors.ts';

export const practiceErrors = defineErrors({
  'practice/port-taken': ({ port }: { port: number }) => ({
    happened: `The practice network cannot listen on port ${port}`,
    remedy: 'Stop the program that uses this port, or choose another one; the port after it must be free as well',
  }),
  'practice/folder-in-use': (_: Record<string, never>) => ({
    happened: 'Another practice network already works with this data folder',
    remedy: 'Stop it, or choose another folder',
  }),
});
