import { z } from 'zod';
import { HelpfulAction } from '#core/operations/place.ts';
import { Check } from '#core/operations/prepared.ts';
import { AddressText, U64 } from '#core/units/wire.ts';

/**
 * When an authorization can be closed. Unix seconds; `waitSeconds` is what closing waits for after deactivating it now.
 * Source: PROTOCOL.md §4.3.
 */
export const AuthorizationClosing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('now') }),
  z.strictObject({ kind: z.literal('from'), unixTime: z.number() }),
  z.strictObject({ kind: z.literal('deactivate-first'), waitSeconds: z.number().int() }),
]);

export type AuthorizationClosing = z.output<typeof AuthorizationClosing>;

/** One authorization to join runs, as the list shows it. */
export const AuthorizationRow = z.strictObject({
  address: AddressText,
  /** The join authority that gave it. */
  grantor: AddressText,
  /** Who may join by it; the system program stands for everyone. */
  grantee: AddressText,
  active: z.boolean(),
  /** May join in the name of the grantee, in the order of the account. */
  delegates: z.array(AddressText),
  /** Unix seconds at which the grantor last switched it; absent when it never did. */
  updatedAt: z.number().optional(),
  closing: AuthorizationClosing,
  /** Rent that comes back when it is closed. */
  lamports: U64,
  /** Ids of the runs whose join authority is the grantor, in the order of the alphabet. */
  runs: z.array(z.string()),
  /** One of the operator's own keys is the grantor: it can be switched and closed here. */
  mineToGrant: z.boolean(),
  /** One of the operator's own keys is the grantee: its delegates can be set here. */
  mineToUse: z.boolean(),
});

export type AuthorizationRow = z.output<typeof AuthorizationRow>;

/** Whose authorizations to list: those given by one key, to one key, or both. Without either: of the operator's own keys. */
export const AuthorizationQuestion = z.strictObject({
  grantor: AddressText.optional(),
  grantee: AddressText.optional(),
});

export type AuthorizationQuestion = z.output<typeof AuthorizationQuestion>;

/** The answer, active ones first. */
export const AuthorizationList = z.strictObject({
  slot: U64,
  /** Cluster time, unix seconds. */
  clusterTime: z.number(),
  rows: z.array(AuthorizationRow),
});

export type AuthorizationList = z.output<typeof AuthorizationList>;

/** Whether one key could join one run now, by one authorization. */
export const CanJoinQuestion = z.strictObject({
  runId: z.string().max(128),
  /** The key that would join. */
  user: AddressText,
  /** Whose authorization it would use; without one everyone's. */
  grantee: AddressText.optional(),
});

export type CanJoinQuestion = z.output<typeof CanJoinQuestion>;

/** The checklist: every rule of `join_run`, in the order of a person's questions. */
export const CanJoinAnswer = z.strictObject({
  slot: U64,
  /** Where the authorization lives, or would. */
  authorization: AddressText,
  checks: z.array(Check),
  /** No check fails. */
  canJoin: z.boolean(),
  /** The next step, when one helps. */
  action: HelpfulAction.optional(),
});

export type CanJoinAnswer = z.output<typeof CanJoinAnswer>;

/** Longest path of a keyfile in characters. Source: Linux, `PATH_MAX`. */
const PATH_MAX = 4096;

/** For whom to write a join kit. */
export const JoinKitQuestion = z.strictObject({
  runId: z.string().max(128),
  /** The key that will join. */
  user: AddressText,
  /** Whose authorization the client shall use: the value of AUTHORIZER. Without one everyone's. */
  authorizer: AddressText.optional(),
  /** Where the user's keyfile lies on the user's machine, as text. */
  keyfilePath: z.string().max(PATH_MAX),
  /** Writes the whole RPC and WebSocket URL, which may hold a provider's key. Only after a person said so. */
  includeUrl: z.boolean(),
});

export type JoinKitQuestion = z.output<typeof JoinKitQuestion>;

/** What to send to a user. */
export const JoinKit = z.strictObject({
  /** Lines of a `.env` file. */
  env: z.string(),
  /** The line that tells the user whether it can join. */
  canJoinLine: z.string(),
  /** The URL of this network holds more than a host, and placeholders stand for it. */
  urlLeftOut: z.boolean(),
});

export type JoinKit = z.output<typeof JoinKit>;
