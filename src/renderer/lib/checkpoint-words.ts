import type { Checkpoint } from '#core/layouts/generated/coordinator.ts';

/** Where the newest checkpoint lies, in words: its kind, then the repository or bucket and what narrows it. */
export function checkpointWords(checkpoint: Checkpoint): { readonly kind: string; readonly place: string } {
  if (typeof checkpoint === 'string') return { kind: 'None kept', place: '' };
  if ('Hub' in checkpoint) return { kind: 'Hub', place: hubPlace(checkpoint.Hub) };
  if ('P2P' in checkpoint) return { kind: 'From clients, saved on the Hub', place: hubPlace(checkpoint.P2P) };
  if ('Dummy' in checkpoint) return { kind: 'Dummy', place: hubPlace(checkpoint.Dummy) };
  const repo = 'Gcs' in checkpoint ? checkpoint.Gcs : checkpoint.P2PGcs;
  const place = repo.prefix ? `${repo.bucket}/${repo.prefix}` : repo.bucket;
  return { kind: 'Gcs' in checkpoint ? 'Cloud storage (GCS)' : 'From clients, saved in cloud storage (GCS)', place };
}

function hubPlace({ repo_id, revision }: { repo_id: string; revision: string | null }): string {
  return revision ? `${repo_id} at ${revision}` : repo_id;
}
