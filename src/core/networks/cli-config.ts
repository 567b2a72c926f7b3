import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '#core/errors/app-error.ts';
import type { Address } from '#core/solana/address.ts';
import { AddressText } from '#core/units/wire.ts';
import type { NetworkProfile } from './profile.ts';

/** What the Solana command line is set up with. */
export type CliConfig = {
  readonly rpcUrl: string;
  /** Empty: derived. */
  readonly webSocketUrl: string;
  /** As written; `usb://…` for a device. */
  readonly keypairPath: string;
  readonly commitment: NetworkProfile['commitment'];
  readonly labels: Readonly<Record<Address, string>>;
  /** What could not be taken over, in words. */
  readonly notes: readonly string[];
};

/** Source: Solana CLI, `cli-config/src/config.rs`. Unknown keys are of other versions. */
const Document = z.object({
  json_rpc_url: z.string().max(512),
  websocket_url: z.string().max(512).nullish(),
  keypair_path: z.string().max(4096).nullish(),
  address_labels: z.record(z.string().max(64), z.string()).nullish(),
  commitment: z.string().max(32).nullish(),
});

/** Far above any configuration a person has. */
const MAX_LABELS = 1000;

/**
 * Reads the Solana CLI's `config.yml`.
 *
 * @throws AppError `network/cli-config`
 */
export function parseCliConfig(text: string): CliConfig {
  const document = Document.safeParse(parseYaml(text));
  if (!document.success) {
    const field = document.error.issues[0]?.path.join('.') ?? '';
    throw new AppError('network/cli-config', {
      reason: field === '' ? 'it has no settings' : `${field} is missing or wrong`,
    });
  }
  const { json_rpc_url, websocket_url, keypair_path, address_labels, commitment } = document.data;
  const notes: string[] = [];
  return {
    rpcUrl: json_rpc_url.trim(),
    webSocketUrl: (websocket_url ?? '').trim(),
    keypairPath: keypair_path ?? '',
    commitment: knownCommitment(commitment ?? '', notes),
    labels: knownLabels(address_labels ?? {}, notes),
    notes,
  };
}

/** No aliases: a few lines of them can unfold into gigabytes. */
function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, schema: 'core', logLevel: 'error', strict: true, uniqueKeys: true });
  } catch (cause) {
    throw new AppError('network/cli-config', { reason: 'it is not YAML' }, { cause });
  }
}

function knownCommitment(word: string, notes: string[]): NetworkProfile['commitment'] {
  if (word === 'processed' || word === 'confirmed' || word === 'finalized') return word;
  if (word !== '') notes.push(`The commitment “${word}” is not known; “confirmed” is used.`);
  return 'confirmed';
}

function knownLabels(labels: Readonly<Record<string, string>>, notes: string[]): CliConfig['labels'] {
  const entries = Object.entries(labels);
  const usable = entries.filter(([address]) => AddressText.safeParse(address).success).slice(0, MAX_LABELS);
  const left = entries.length - usable.length;
  if (left > 0) notes.push(`${left} address labels are not of addresses and were left out.`);
  return Object.fromEntries(usable.map(([address, label]) => [address, label.slice(0, 64)]));
}
