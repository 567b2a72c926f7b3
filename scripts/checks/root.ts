import { resolve } from 'node:path';

/** The checkout the checks look at. */
export const root = resolve(__dirname, '../..');
