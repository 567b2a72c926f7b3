import { defineMethod } from './define-method.ts';
import { NoParams } from './params.ts';

export const getFirstAvailableBlock = defineMethod(NoParams, () => 0);
