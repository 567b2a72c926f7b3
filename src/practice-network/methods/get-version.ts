import { defineMethod } from './define-method.ts';
import { API_VERSION, NoParams } from './params.ts';

/** Feature set of the release this network answers as; clients only log it. */
const FEATURE_SET = 288_566_304;

export const getVersion = defineMethod(NoParams, () => ({ 'solana-core': API_VERSION, 'feature-set': FEATURE_SET }));
