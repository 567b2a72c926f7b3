import { z } from 'zod';

// The page's policy has no eval. Imported first: schemas decide how they parse when they are made.
z.config({ jitless: true });
