import { defineMethod } from './define-method.ts';
import { NoParams } from './params.ts';

export const minimumLedgerSlot = defineMethod(NoParams, () => 0);
