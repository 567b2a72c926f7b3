import { defineErrors } from './define-errors.ts';

export const programErrors = defineErrors({
  'program/malformed': ({ reason }: { reason: string }) => ({
    happened: `This is not a program of the upgradeable loader: ${reason}`,
    remedy: 'Check the program ids of this network',
  }),
  'program/changing': ({ program }: { program: string }) => ({
    happened: `The program ${program} was being replaced while it was read`,
    remedy: 'It is read again within a minute; sign nothing until then',
  }),
  'program/other-build': ({ program }: { program: string }) => ({
    happened: `What is deployed at ${program} is not the build that was shown`,
    remedy: 'Look at the programs under Networks again',
  }),
});
