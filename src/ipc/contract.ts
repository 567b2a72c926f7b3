import { z } from 'zod';
import {
  AuthorizationList,
  AuthorizationQuestion,
  CanJoinAnswer,
  CanJoinQuestion,
  JoinKit,
  JoinKitQuestion,
} from '#core/authorizations/authorization-view.ts';
import { MAX_CLIENTS } from '#core/layouts/programs.ts';
import { SimulatedClients } from '#core/practice/client-activity.ts';
import { MAX_PRACTICE_DECIMALS } from '#core/practice/practice-mint.ts';
import { Connection, NetworkTest } from '#core/networks/connection.ts';
import { NetworkProfile } from '#core/networks/profile.ts';
import { NonceList } from '#core/nonces/nonce-view.ts';
import { Prepared } from '#core/operations/prepared.ts';
import { DeployedPrograms, ShownBuild } from '#core/programs-deployed/program-notice.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { ClaimLedger, MintLook, RunTreasury, TokenHolding } from '#core/rewards/treasury-view.ts';
import { RunRow, RunView } from '#core/runs/run-row.ts';
import { TickerStatus, TickerTerms } from '#core/runs/ticker-status.ts';
import { Passphrase } from '#core/signers/passphrase.ts';
import { LedgerState, Signer, SignerRoles } from '#core/signers/signer.ts';
import { ReviewedStep } from '#core/transactions/review-request.ts';
import { AddressText, Bytes, U64 } from '#core/units/wire.ts';
import { ConfigReport } from '#core/config/config-report.ts';
import {
  AppStatus,
  Cancelled,
  ConfigText,
  CreateDraft,
  Door,
  Id,
  InspectorFinding,
  Nothing,
  PracticeStatus,
  Saved,
  Settings,
} from './contract-parts.ts';
import { OFTEN, RARELY, SMALL, TEXT } from './contract-limits.ts';
import { transactionsContract } from './contract-transactions.ts';
import type { AppChannels } from './channels.ts';
import type { ContractFor } from './contract-types.ts';

const NonceAddress = z.strictObject({ address: AddressText });
const RunIdOnly = z.strictObject({ runId: z.string().max(128) });
const RunAndUser = RunIdOnly.extend({ user: AddressText });

/** Schemas and limits of every channel. See `channels.ts` for the table it must match. */
export const contract = {
  app: {
    status: { input: Nothing, output: AppStatus, maxBytes: SMALL, perMinute: OFTEN },
    chooseDoor: { input: z.strictObject({ door: Door }), output: AppStatus, maxBytes: SMALL, perMinute: RARELY },
    saveSettings: { input: Settings, output: AppStatus, maxBytes: SMALL, perMinute: RARELY },
    changed: { payload: Nothing },
  },
  networks: {
    list: {
      input: Nothing,
      output: z.strictObject({ profiles: z.array(NetworkProfile), activeId: z.string().optional() }),
      maxBytes: SMALL,
      perMinute: OFTEN,
    },
    save: { input: NetworkProfile, output: NetworkProfile, maxBytes: SMALL, perMinute: RARELY },
    remove: { input: Id, output: Nothing, maxBytes: SMALL, perMinute: RARELY },
    activate: { input: Id, output: Connection, maxBytes: SMALL, perMinute: RARELY },
    test: { input: NetworkProfile, output: NetworkTest, maxBytes: SMALL, perMinute: RARELY },
    importCliConfig: {
      input: Nothing,
      output: z.discriminatedUnion('kind', [
        Cancelled,
        z.strictObject({
          kind: z.literal('imported'),
          profile: NetworkProfile,
          signer: Signer.optional(),
          /** What could not be taken over, in words. */
          notes: z.array(z.string()),
        }),
      ]),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    status: { input: Nothing, output: Connection, maxBytes: SMALL, perMinute: OFTEN },
    /** What is deployed at the addresses of the three programs, and how it compares with what was seen before. */
    programs: { input: Nothing, output: DeployedPrograms, maxBytes: SMALL, perMinute: OFTEN },
    /** The operator knows this build: later ones are compared with it. */
    acceptProgram: { input: ShownBuild, output: DeployedPrograms, maxBytes: SMALL, perMinute: RARELY },
    changed: { payload: Nothing },
  },
  practice: {
    status: { input: Nothing, output: PracticeStatus, maxBytes: SMALL, perMinute: OFTEN },
    advance: {
      input: z.strictObject({ seconds: z.number().int().min(1).max(31_536_000) }),
      output: PracticeStatus,
      maxBytes: SMALL,
      perMinute: OFTEN,
    },
    faucet: {
      input: z.strictObject({ address: AddressText, lamports: U64 }),
      output: z.strictObject({ signature: z.string() }),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    /** A mint whose tokens the faucet gives. */
    createMint: {
      input: z.strictObject({ decimals: z.number().int().min(0).max(MAX_PRACTICE_DECIMALS) }),
      output: z.strictObject({ mint: AddressText }),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    /** Native units of a mint's tokens. */
    giveTokens: {
      input: z.strictObject({ address: AddressText, mint: AddressText, amount: U64 }),
      output: Nothing,
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    reset: { input: Nothing, output: PracticeStatus, maxBytes: SMALL, perMinute: RARELY },
    addClients: {
      input: RunIdOnly.extend({ count: z.number().int().min(1).max(MAX_CLIENTS) }),
      output: SimulatedClients,
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    removeClients: { input: RunIdOnly, output: SimulatedClients, maxBytes: SMALL, perMinute: RARELY },
    clients: { input: RunIdOnly, output: SimulatedClients, maxBytes: SMALL, perMinute: OFTEN },
  },
  signers: {
    list: {
      input: Nothing,
      output: z.strictObject({
        signers: z.array(Signer),
        roles: SignerRoles,
        /** Lamports by address, for those a reachable network answered for. */
        balances: z.record(z.string(), U64),
      }),
      maxBytes: SMALL,
      perMinute: OFTEN,
    },
    addKeyfile: {
      input: Nothing,
      output: z.discriminatedUnion('kind', [
        Cancelled,
        z.strictObject({ kind: z.literal('added'), signer: Signer }),
        z.strictObject({ kind: z.literal('locked'), handle: z.string(), fileName: z.string() }),
      ]),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    /** Adds an encrypted keyfile that was chosen before. */
    unlockKeyfile: {
      input: z.strictObject({ handle: z.string().max(64), passphrase: Passphrase }),
      output: Signer,
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    /** Writes an encrypted file beside a plain one, which stays, and signs with the new one from then on. */
    encryptKeyfile: {
      input: Id.extend({ passphrase: Passphrase }),
      output: z.discriminatedUnion('kind', [
        Cancelled,
        z.strictObject({ kind: z.literal('encrypted'), signer: Signer, oldFileName: z.string() }),
      ]),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    /** Makes a key in a new file. Without a passphrase the file is plain. */
    createKey: {
      input: z.strictObject({ passphrase: Passphrase.optional(), withWords: z.boolean() }),
      output: z.discriminatedUnion('kind', [
        Cancelled,
        /** `words`: ASCII, empty unless asked for. They are shown once. */
        z.strictObject({ kind: z.literal('created'), signer: Signer, words: Bytes }),
      ]),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    addAddress: {
      input: z.strictObject({ address: AddressText, label: z.string().min(1).max(64) }),
      output: Signer,
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    rename: {
      input: z.strictObject({ id: z.string().max(64), label: z.string().min(1).max(64) }),
      output: Signer,
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    remove: { input: Id, output: Nothing, maxBytes: SMALL, perMinute: RARELY },
    allowOpenPermissions: { input: Id, output: Signer, maxBytes: SMALL, perMinute: RARELY },
    chooseRoles: { input: SignerRoles, output: SignerRoles, maxBytes: SMALL, perMinute: OFTEN },
    lookUpLedger: { input: Nothing, output: LedgerState, maxBytes: SMALL, perMinute: RARELY },
    changed: { payload: Nothing },
  },
  runs: {
    list: {
      input: Nothing,
      output: z.strictObject({ slot: U64, rows: z.array(RunRow) }),
      maxBytes: SMALL,
      perMinute: OFTEN,
    },
    read: { input: RunIdOnly, output: RunView, maxBytes: SMALL, perMinute: OFTEN },
    dump: { input: RunIdOnly, output: z.strictObject({ json: z.string() }), maxBytes: SMALL, perMinute: RARELY },
    saveDump: { input: RunIdOnly, output: Saved, maxBytes: SMALL, perMinute: RARELY },
    /** One wallet's side of a run. */
    dumpUser: {
      input: RunAndUser,
      output: z.strictObject({ json: z.string() }),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    saveUserDump: { input: RunAndUser, output: Saved, maxBytes: SMALL, perMinute: RARELY },
    /** The configuration the chain has, as a file. */
    configText: { input: RunIdOnly, output: ConfigText, maxBytes: SMALL, perMinute: RARELY },
    /** Rewards, vault and runway. */
    treasury: { input: RunIdOnly, output: RunTreasury, maxBytes: SMALL, perMinute: OFTEN },
  },
  rewards: {
    /** Every client's points: earned, claimed, open. */
    claims: { input: RunIdOnly, output: ClaimLedger, maxBytes: SMALL, perMinute: OFTEN },
    /** Whether an address can be the mint of rewards, from its bytes. */
    mint: { input: z.strictObject({ mint: AddressText }), output: MintLook, maxBytes: SMALL, perMinute: OFTEN },
    holding: {
      input: z.strictObject({ mint: AddressText, owner: AddressText }),
      output: TokenHolding,
      maxBytes: SMALL,
      perMinute: OFTEN,
    },
  },
  authorizations: {
    /** Authorizations to join runs, with the runs that accept them. */
    list: { input: AuthorizationQuestion, output: AuthorizationList, maxBytes: SMALL, perMinute: OFTEN },
    /** Every rule that could keep a key from joining a run now. */
    canJoin: { input: CanJoinQuestion, output: CanJoinAnswer, maxBytes: SMALL, perMinute: OFTEN },
    /** What a user needs to join: settings and the line that checks them. */
    joinKit: { input: JoinKitQuestion, output: JoinKit, maxBytes: SMALL, perMinute: RARELY },
    /** A file with one user per line; the form reads its text like a pasted list. */
    openUsers: {
      input: Nothing,
      output: z.discriminatedUnion('kind', [
        Cancelled,
        z.strictObject({ kind: z.literal('opened'), fileName: z.string(), text: z.string() }),
      ]),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
  },
  nonces: {
    /** The operator's nonce accounts on the network in use. */
    list: { input: Nothing, output: NonceList, maxBytes: SMALL, perMinute: OFTEN },
    /** Lists an address from now on. */
    remember: { input: NonceAddress, output: Nothing, maxBytes: SMALL, perMinute: RARELY },
    forget: { input: NonceAddress, output: Nothing, maxBytes: SMALL, perMinute: RARELY },
  },
  config: {
    open: {
      input: Nothing,
      output: z.discriminatedUnion('kind', [
        Cancelled,
        z.strictObject({ kind: z.literal('opened'), fileName: z.string(), text: z.string() }),
      ]),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    check: { input: ConfigText, output: ConfigReport, maxBytes: TEXT, perMinute: OFTEN },
    insertMissing: { input: ConfigText, output: ConfigText, maxBytes: TEXT, perMinute: RARELY },
    /** A configuration that passes every check, for practising. */
    sample: { input: Nothing, output: ConfigText, maxBytes: SMALL, perMinute: RARELY },
    /** The unfinished create-run form, kept so that it can be left and resumed. Empty text: none. */
    saveDraft: { input: CreateDraft, output: Nothing, maxBytes: TEXT, perMinute: OFTEN },
    readDraft: { input: Nothing, output: CreateDraft, maxBytes: SMALL, perMinute: OFTEN },
  },
  operations: {
    /** Checks, changes, cost and plan for a filled form; nothing is built or signed. */
    prepare: { input: OperationRequest, output: Prepared, maxBytes: TEXT, perMinute: OFTEN },
    /** Takes the request as a plan and reviews its first transaction. */
    begin: { input: OperationRequest, output: ReviewedStep, maxBytes: TEXT, perMinute: RARELY },
    /** A new review of the plan's next transaction, or that the plan is done. */
    review: {
      input: z.strictObject({ planId: z.string().max(64) }),
      output: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('step'), step: ReviewedStep }),
        z.strictObject({ kind: z.literal('done') }),
      ]),
      maxBytes: SMALL,
      perMinute: RARELY,
    },
    approve: {
      input: z.strictObject({
        reviewId: z.string().max(64),
        messageHash: z.string().max(44),
        typed: z.string().max(64),
        /** Signatures left for later, though their keys are here. */
        absent: z.array(AddressText).max(16).optional(),
        /** For each signer whose keyfile is encrypted. */
        passphrases: z
          .array(z.strictObject({ address: AddressText, passphrase: Passphrase }))
          .max(16)
          .optional(),
      }),
      output: z.strictObject({ transactionId: z.string() }),
      maxBytes: SMALL,
      perMinute: 30,
    },
    discard: {
      input: z.strictObject({ planId: z.string().max(64) }),
      output: Nothing,
      maxBytes: SMALL,
      perMinute: RARELY,
    },
  },
  ticker: {
    /** Approves a reviewed tick, and as many more like it. Answers once the first is signed and in the journal. */
    start: {
      input: TickerTerms.extend({
        reviewId: z.string().max(64),
        messageHash: z.string().max(44),
        typed: z.string().max(64),
      }),
      output: TickerStatus,
      maxBytes: SMALL,
      perMinute: 30,
    },
    /** No further tick is signed; one that is on its way stays on its way. */
    stop: { input: Nothing, output: TickerStatus, maxBytes: SMALL, perMinute: RARELY },
    status: { input: Nothing, output: TickerStatus, maxBytes: SMALL, perMinute: OFTEN },
    changed: { payload: Nothing },
  },
  transactions: transactionsContract,
  inspector: {
    look: {
      input: z.strictObject({ text: z.string().max(262_144) }),
      output: InspectorFinding,
      maxBytes: TEXT,
      perMinute: OFTEN,
    },
  },
} satisfies ContractFor<AppChannels>;

export type AppContract = typeof contract;
