import { z } from 'zod';
import { AddressText, Bytes, U64 } from '#core/units/wire.ts';

/** A call without parameters, or an answer without content. */
export const Nothing = z.strictObject({});
/** Something main made an id for. */
export const Id = z.strictObject({ id: z.string().max(64) });
/** How the app looks. */
export const Settings = z.strictObject({ theme: z.enum(['system', 'light', 'dark']) });
/** Where a person wants to work. */
export const Door = z.enum(['practice', 'network', 'offline']);

/** The app itself. */
export const AppStatus = z.strictObject({
  version: z.string(),
  /** Absent at first start: the three doors are shown and no socket is open. */
  door: Door.optional(),
  settings: Settings,
  /** Notices to show once, such as a damaged settings file that was kept aside. */
  notices: z.array(z.string()),
});

/** The operator closed the dialog. */
export const Cancelled = z.strictObject({ kind: z.literal('cancelled') });
/** What became of a file to be saved. */
export const Saved = z.discriminatedUnion('kind', [
  Cancelled,
  z.strictObject({ kind: z.literal('saved'), fileName: z.string() }),
]);
/** A configuration as text. */
export const ConfigText = z.strictObject({ text: z.string().max(400_000) });
/** The unfinished create-run form. */
export const CreateDraft = z.strictObject({ text: z.string().max(400_000) });

/** The practice network inside the app. */
export const PracticeStatus = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stopped') }),
  z.strictObject({
    kind: z.literal('running'),
    rpcUrl: z.string(),
    webSocketUrl: z.string(),
    genesisHash: z.string(),
    clusterTime: z.number(),
    /** The mint that the demo wallet holds tokens of. */
    demoMint: AddressText.optional(),
  }),
]);

/** What stands at what was pasted into the inspector. */
export const InspectorFinding = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('account'),
    address: AddressText,
    owner: AddressText,
    executable: z.boolean(),
    lamports: U64,
    /** Lamports that keep an account of this size alive. */
    rentFloor: U64,
    slot: U64,
    readAt: z.number(),
    data: Bytes,
    /** Set when a run id was pasted. */
    runId: z.string().optional(),
  }),
  /** Nothing exists there: the addresses that were tried. */
  z.strictObject({
    kind: z.literal('nothing'),
    slot: U64,
    tried: z.array(z.strictObject({ what: z.string(), address: AddressText })),
  }),
  z.strictObject({ kind: z.literal('unrecognised'), reason: z.string() }),
]);
