import { defineErrors } from './define-errors.ts';

export const authorizationErrors = defineErrors({
  'join-kit/unfit': ({ name }: { name: string }) => ({
    happened: `${name} has a line break, or a space at an end, which a .env file cannot hold`,
    remedy: 'Choose another path; a run with such an id can only be given on the command line',
  }),
});
