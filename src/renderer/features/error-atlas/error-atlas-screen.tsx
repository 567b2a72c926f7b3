import { atlasEntry } from '#core/error-atlas/atlas.ts';
import { AtlasEntryPage } from './atlas-entry-page.tsx';
import { AtlasList } from './atlas-list.tsx';

/** The error atlas: every code by program, or one of them in full. A code the atlas does not know is searched for instead. */
export function ErrorAtlasScreen({ code, runId }: { code?: string | undefined; runId?: string | undefined }) {
  const entry = code === undefined ? undefined : atlasEntry(code);
  if (entry) return <AtlasEntryPage key={entry.id} entry={entry} runId={runId} />;
  return <AtlasList key={code ?? ''} start={code ?? ''} runId={runId} />;
}
