import { configureGlobal } from 'fast-check';

/** `npm run soak` gives each round a seed of its own and prints it; without one fast-check draws and prints its own. */
const seed = process.env['PROPERTY_SEED'];
if (seed !== undefined) configureGlobal({ seed: Number(seed) });
