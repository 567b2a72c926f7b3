import { defineMethod } from './define-method.ts';
import { NoParams } from './params.ts';

/** Always healthy: a network that is not does not answer. */
export const getHealth = defineMethod(NoParams, () => 'ok');
