import { defineErrors } from './define-errors.ts';

export const dumpErrors = defineErrors({
  'dump/account-missing': ({ account, address }: { account: string; address: string }) => ({
    happened: `The ${account} at ${address} does not exist`,
    remedy: 'Check the run id, the network and the program addresses',
  }),
  'dump/wrong-account': ({ account, address }: { account: string; address: string }) => ({
    happened: `The account at ${address} is not a ${account}`,
    remedy: 'Look at it in the inspector; the run may belong to another deployment of the programs',
  }),
});
