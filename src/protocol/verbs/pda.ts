import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { hex } from '@scure/base';
import { z } from 'zod';
import {
  associatedTokenAddress,
  authorizationAddress,
  coordinatorInstanceAddress,
  participantAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import { AddressText, U64 } from '#core/units/wire.ts';
import { readJson } from '../input.ts';

const Case = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('coordinatorInstance'), inputs: z.strictObject({ runId: z.string() }) }),
  z.looseObject({ kind: z.literal('treasurerIndex'), inputs: z.strictObject({ runId: z.string() }) }),
  z.looseObject({ kind: z.literal('treasurerRun'), inputs: z.strictObject({ index: U64 }) }),
  z.looseObject({
    kind: z.literal('treasurerParticipant'),
    inputs: z.strictObject({ run: AddressText, user: AddressText }),
  }),
  z.looseObject({
    kind: z.literal('associatedToken'),
    inputs: z.strictObject({ owner: AddressText, mint: AddressText }),
  }),
  z.looseObject({
    kind: z.literal('joinAuthorization'),
    inputs: z.strictObject({ grantor: AddressText, grantee: AddressText, scopeHex: z.string() }),
  }),
]);

/** Derived addresses, as `vectors/pdas.json` lists them: an array of `{kind, inputs}`. */
export function pda(file: string): unknown {
  return readJson(file, z.array(Case)).map((each) => ({ kind: each.kind, ...derive(each) }));
}

function derive(each: z.output<typeof Case>): object {
  switch (each.kind) {
    case 'coordinatorInstance':
      return coordinatorInstanceAddress(each.inputs.runId);
    case 'treasurerIndex':
      return { index: treasurerIndexOf(each.inputs.runId).toString() };
    case 'treasurerRun':
      return treasurerRunAddress(each.inputs.index);
    case 'treasurerParticipant':
      return participantAddress(each.inputs.run, each.inputs.user);
    case 'associatedToken':
      return associatedTokenAddress(each.inputs.owner, each.inputs.mint);
    case 'joinAuthorization':
      return authorizationAddress(
        each.inputs.grantor,
        each.inputs.grantee,
        DEFAULT_PROGRAM_IDS.authorizer,
        hex.decode(each.inputs.scopeHex),
      );
  }
}
