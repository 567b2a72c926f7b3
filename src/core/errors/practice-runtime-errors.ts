import { defineErrors } from './define-errors.ts';

export const practiceRuntimeErrors = defineErrors({
  'practice/engine-missing': ({ platform, arch }: { platform: string; arch: string }) => ({
    happened: `The practice network cannot run on this machine: its engine has no build for ${platform} ${arch}`,
    remedy: 'Install the app again on Linux or macOS, or work on another network',
  }),
});
