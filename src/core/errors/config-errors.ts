import { defineErrors } from './define-errors.ts';

export const configErrors = defineErrors({
  'config/not-writable': ({ path, value }: { path: string; value: string }) => ({
    happened: `${path} is ${value}, which a TOML file cannot hold`,
    remedy:
      'TOML integers end at 9223372036854775807; change this value on chain first, or copy the others from the JSON dump',
  }),
});
