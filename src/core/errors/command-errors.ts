import { defineErrors } from './define-errors.ts';

export const commandErrors = defineErrors({
  'command/too-long': ({ limitBytes }: { limitBytes: number }) => ({
    happened: `The pasted text is longer than ${limitBytes} bytes`,
    remedy: 'Paste the commands without their output',
  }),
});
