import { defineErrors } from './define-errors.ts';

export const practiceRuntimeErrors = defineErrors({
  'practice/engine-missing': ({ platform, arch }: { platform: string; arch: string }) => ({
    happened: `The practice network's engine has no build for ${platform} ${arch}`,
    remedy: 'Leave the choice of engine out: the native programs then run in TypeScript',
  }),
});
