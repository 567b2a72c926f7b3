import { z } from 'zod';
import {
  CLIENT_VERSION_MAX_BYTES,
  METADATA_DESCRIPTION_BYTES,
  METADATA_NAME_BYTES,
  RUN_ID_MAX_BYTES,
} from '#core/layouts/programs.ts';
import { utf8Length } from '#core/operations/run-fields.ts';
import { OperationRequest } from '#core/operations/request.ts';
import type { MintLook } from '#core/rewards/treasury-view.ts';
import { MAX_SEED_BYTES } from '#core/solana/pda.ts';
import type { SignerChoice } from '#renderer/lib/signers-fields.tsx';
import { addressError } from '../address-error.ts';
import { NO_REWARDS, RewardsDraft, rewardsInput, type RewardsProblems, rewardsProblems } from './rewards-draft.ts';

/** Steps of creating a run, in order. */
export const STEPS = ['who', 'identity', 'rewards', 'configuration', 'review'] as const;

export type StepName = (typeof STEPS)[number];

/** The account gets a new key of its own. */
const NO_SEED = { isOn: false, text: '' };

/** Everything typed while creating a run: text as typed, kept so that it can be left and resumed. */
export const CreateDraft = z.strictObject({
  step: z.enum(STEPS),
  who: z.strictObject({ kind: z.enum(['anyone', 'user']), address: z.string() }),
  runId: z.string(),
  name: z.string(),
  description: z.string(),
  parameters: z.string(),
  vocabulary: z.string(),
  clientVersion: z.string(),
  /** Derives the account's address from a text. Drafts of earlier versions have none. */
  seed: z.strictObject({ isOn: z.boolean(), text: z.string() }).default(NO_SEED),
  signers: z.strictObject({ payer: z.string(), authority: z.string(), joinAuthority: z.string() }),
  /** Drafts of earlier versions have none. */
  rewards: RewardsDraft.default(NO_REWARDS),
  configText: z.string(),
  configLater: z.boolean(),
  start: z.boolean(),
});

export type CreateDraft = z.output<typeof CreateDraft>;

/** A draft read back from disk; one that does not fit this version of the app is no draft. */
export function parseDraft(text: string): CreateDraft | undefined {
  if (text === '') return undefined;
  try {
    return CreateDraft.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** An empty form with the operator's usual signers. Source of `latest`: PROTOCOL §10, default image tag. */
export function emptyDraft(signers: SignerChoice): CreateDraft {
  return {
    step: 'who',
    who: { kind: 'anyone', address: '' },
    runId: '',
    name: '',
    description: '',
    parameters: '',
    vocabulary: '',
    clientVersion: 'latest',
    seed: NO_SEED,
    signers: { ...signers },
    rewards: NO_REWARDS,
    configText: '',
    configLater: false,
    start: true,
  };
}

/** A form for practising, with everything filled in: a free run id and a configuration that passes every check. */
export function practiceDraft(
  signers: SignerChoice,
  takenRunIds: readonly string[],
  sample: string,
  demoMint = '',
): CreateDraft {
  const taken = new Set(takenRunIds);
  let number = 1;
  while (taken.has(`practice-run-${number}`)) number += 1;
  return {
    ...emptyDraft(signers),
    runId: `practice-run-${number}`,
    name: `Practice run ${number}`,
    description: 'A run on the practice network inside this app. It costs nothing.',
    parameters: '20000000',
    vocabulary: '32000',
    rewards: { ...NO_REWARDS, mint: demoMint },
    configText: sample,
  };
}

export type DraftProblems = Partial<
  Record<
    | 'who'
    | 'runId'
    | 'name'
    | 'description'
    | 'parameters'
    | 'vocabulary'
    | 'clientVersion'
    | 'seed'
    | 'payer'
    | 'authority'
    | 'joinAuthority'
    | 'config',
    string
  >
> &
  RewardsProblems;

const WHOLE = /^\d{1,20}$/;

/**
 * What is wrong with the shape of a draft, by field. The chain is asked separately.
 *
 * @param look - what the typed mint is, once it was read
 */
export function draftProblems(draft: CreateDraft, look?: MintLook): DraftProblems {
  const problems: DraftProblems = {};
  const addressProblem = draft.who.kind === 'user' ? addressError(draft.who.address) : undefined;
  if (addressProblem) problems.who = draft.who.address === '' ? 'Type the address of the user' : addressProblem;
  if (draft.runId === '') problems.runId = 'Give the run an id';
  else if (utf8Length(draft.runId) > RUN_ID_MAX_BYTES) problems.runId = 'The run id is too long';
  if (utf8Length(draft.name) > METADATA_NAME_BYTES) problems.name = 'The name is too long';
  if (utf8Length(draft.description) > METADATA_DESCRIPTION_BYTES) problems.description = 'The description is too long';
  if (utf8Length(draft.clientVersion) > CLIENT_VERSION_MAX_BYTES)
    problems.clientVersion = 'The client version is too long';
  if (draft.seed.isOn && draft.seed.text === '') problems.seed = 'Type the seed of the account';
  else if (draft.seed.isOn && utf8Length(draft.seed.text) > MAX_SEED_BYTES) problems.seed = 'The seed is too long';
  if (!WHOLE.test(wholeText(draft.parameters))) problems.parameters = 'Parameters is a whole number';
  if (!WHOLE.test(wholeText(draft.vocabulary))) problems.vocabulary = 'Vocabulary is a whole number';
  if (draft.signers.payer === '') problems.payer = 'Choose the fee payer';
  if (draft.signers.authority === '') problems.authority = 'Choose the main authority';
  if (draft.signers.joinAuthority === '') problems.joinAuthority = 'Choose the join authority';
  if (!draft.configLater && draft.configText.trim() === '')
    problems.config = 'Add a configuration, or choose to configure later';
  return { ...problems, ...rewardsProblems(draft.rewards, look) };
}

/**
 * The draft as a request, when its shape is right.
 *
 * @param withConfig - whether the configuration goes along; the chain can be asked about the rest before it is filled in
 * @param look - what the typed mint is, once it was read
 */
export function requestOf(draft: CreateDraft, withConfig: boolean, look?: MintLook): OperationRequest | undefined {
  const configText =
    withConfig && !draft.configLater && draft.configText.trim() !== '' ? { configText: draft.configText } : {};
  const rewards = draft.rewards.isOn ? rewardsInput(draft.rewards, look) : undefined;
  if (draft.runId === '' || (draft.rewards.isOn && !rewards)) return undefined;
  if (draft.seed.isOn && draft.seed.text === '') return undefined;
  return OperationRequest.safeParse({
    operation: {
      kind: 'create-run',
      runId: draft.runId,
      whoMayJoin:
        draft.who.kind === 'anyone' ? { kind: 'anyone' } : { kind: 'user', address: draft.who.address.trim() },
      metadata: {
        name: draft.name,
        description: draft.description,
        parameters: wholeText(draft.parameters),
        vocabulary: wholeText(draft.vocabulary),
      },
      clientVersion: draft.clientVersion,
      ...configText,
      ...(rewards && { rewards }),
      ...(draft.seed.isOn && { accountSeed: draft.seed.text }),
      start: draft.start && 'configText' in configText,
    },
    signers: draft.signers,
  }).data;
}

/** Digits of a typed whole number: group marks and leading zeros left out; empty counts as 0. */
function wholeText(text: string): string {
  const digits = text
    .trim()
    .replace(/[\s_,]/g, '')
    .replace(/^0+(?=\d)/, '');
  return digits === '' ? '0' : digits;
}
