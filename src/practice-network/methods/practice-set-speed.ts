import { z } from 'zod';
import { MAX_SPEED } from '../chain/cluster-clock.ts';
import { defineMethod } from './define-method.ts';
import { clockJson } from './practice-get-clock.ts';

/** Lets cluster time run faster, or stand still at 0. Slots keep their pace. */
export const practiceSetSpeed = defineMethod(
  z.tuple([z.strictObject({ speed: z.number().min(0).max(MAX_SPEED) })]),
  ([{ speed }], chain) => {
    chain.setSpeed(speed);
    return clockJson(chain);
  },
);
