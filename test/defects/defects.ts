import { APPROVAL } from './approval.ts';
import { BYTES } from './bytes.ts';
import type { Defect } from './defect.ts';
import { KEYS_AND_RECORDS } from './keys-and-records.ts';
import { SENDER } from './sender.ts';
import { SUMMARY } from './summary.ts';

/** Every seeded defect, as `npm run defects` goes through them. */
export const DEFECTS: readonly Defect[] = [...BYTES, ...SUMMARY, ...APPROVAL, ...KEYS_AND_RECORDS, ...SENDER];
