import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';
import { RunId } from './run-fields.ts';

const ofRun = <K extends string>(kind: K) => z.strictObject({ kind: z.literal(kind), runId: RunId });

/** A place of the app where something can be done about a check, a state or an error. */
export const Place = z.discriminatedUnion('kind', [
  ofRun('run'),
  ofRun('update-configuration'),
  z.strictObject({ kind: z.literal('set-paused'), runId: RunId, paused: z.boolean() }),
  ofRun('set-rates'),
  ofRun('top-up'),
  z.strictObject({ kind: z.literal('claim-rewards'), runId: RunId, user: z.string() }),
  ofRun('close-run'),
  ofRun('tick'),
  ofRun('checkpoint'),
  ofRun('can-join'),
  z.strictObject({ kind: z.literal('create-run') }),
  z.strictObject({ kind: z.literal('who-may-join') }),
  z.strictObject({ kind: z.literal('authorizations') }),
  z.strictObject({ kind: z.literal('signers') }),
  z.strictObject({ kind: z.literal('networks') }),
  z.strictObject({ kind: z.literal('nonce-accounts') }),
  z.strictObject({
    kind: z.literal('change-nonce'),
    nonceAccount: AddressText,
    act: z.enum(['fund', 'advance', 'authorize', 'withdraw', 'close']),
  }),
  /** A field of the form that is open. */
  z.strictObject({ kind: z.literal('field'), field: z.string() }),
  /** SOL from the practice network's faucet, in lamports. */
  z.strictObject({ kind: z.literal('faucet'), address: AddressText, lamports: U64 }),
]);

export type Place = z.output<typeof Place>;

/** A button that helps: what it says and where it leads. */
export const HelpfulAction = z.strictObject({ label: z.string(), place: Place });

export type HelpfulAction = z.output<typeof HelpfulAction>;
