import { scrubEnvironment } from './electron/scrub-environment.ts';

// Imported before everything else: packages read the environment while they load.
scrubEnvironment(process.env);
