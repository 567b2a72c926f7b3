import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { OperationRequest } from '#core/operations/request.ts';
import type { SignerChoice } from '#renderer/lib/signers-fields.tsx';
import type { MetadataText } from './metadata-fields.tsx';

/** What the chain says, as the form shows it. */
export type ChainTexts = MetadataText & { readonly clientVersion: string };

/** What was typed. A text that is absent was not touched and follows the chain. */
export type UpdateText = Partial<ChainTexts> & {
  readonly configText: string;
  /** Empty: progress stays. */
  readonly step: string;
  readonly switchToHub: boolean;
  readonly signers: SignerChoice;
};

/** Which parts of the form differ from the chain. */
export type ChangedParts = Readonly<Record<'config' | 'metadata' | 'version' | 'step' | 'hub', boolean>>;

const METADATA = ['name', 'description', 'parameters', 'vocabulary'] as const;

/** The texts of a run's account. */
export function chainTexts({ state }: CoordinatorAccount): ChainTexts {
  return {
    name: state.metadata.name,
    description: state.metadata.description,
    parameters: state.metadata.num_parameters.toString(),
    vocabulary: state.metadata.vocab_size.toString(),
    clientVersion: state.client_version,
  };
}

/** What of the form would be sent. A configuration text counts as soon as there is one: what differs in it is told beside. */
export function changedParts(chain: ChainTexts, typed: UpdateText): ChangedParts {
  const differs = (key: keyof ChainTexts) => typed[key] !== undefined && typed[key] !== chain[key];
  return {
    config: typed.configText.trim() !== '',
    metadata: METADATA.some(differs),
    version: differs('clientVersion'),
    step: typed.step.trim() !== '',
    hub: typed.switchToHub,
  };
}

/** The metadata that was typed over, of all that the fields show. */
export function touchedMetadata(chain: ChainTexts, typed: UpdateText, shown: MetadataText): Partial<MetadataText> {
  return Object.fromEntries(
    METADATA.filter((key) => typed[key] !== undefined || shown[key] !== chain[key]).map((key) => [key, shown[key]]),
  );
}

/** The form as a request; nothing while nothing differs or a field is wrong. */
export function requestOf(runId: string, chain: ChainTexts, typed: UpdateText): OperationRequest | undefined {
  const changed = changedParts(chain, typed);
  if (!Object.values(changed).some(Boolean) || stepError(typed.step) !== undefined) return undefined;
  const { name, description, parameters, vocabulary, clientVersion } = { ...chain, ...typed };
  return OperationRequest.safeParse({
    operation: {
      kind: 'update-configuration',
      runId,
      ...(changed.config && { configText: typed.configText }),
      ...(changed.metadata && { metadata: { name, description, parameters, vocabulary } }),
      ...(changed.version && { clientVersion }),
      ...(changed.step && { restartFromStep: Number(typed.step.trim()) }),
      ...(changed.hub && { switchToHub: true }),
    },
    signers: typed.signers,
  }).data;
}

/** What is wrong with a typed step; `undefined` when nothing is, or nothing was typed. */
export function stepError(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  if (!/^(0|[1-9]\d{0,9})$/.test(text.trim())) return 'Write a whole number in digits';
  return Number(text.trim()) > 0xffff_ffff ? 'A step is at most 4 294 967 295' : undefined;
}

/** What is wrong with a typed count; `undefined` when nothing is. */
export function wholeError(text: string): string | undefined {
  return /^(0|[1-9]\d{0,19})$/.test(text) ? undefined : 'Write a whole number in digits';
}
