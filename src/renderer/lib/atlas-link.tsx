import { useNavigationIfAny } from './navigation.tsx';

/** Leads from a failure to its entry in the error atlas. Nothing where there is nowhere to go, as before the first start. */
export function AtlasLink({ entry, runId }: { entry: string; runId?: string | undefined }) {
  const navigation = useNavigationIfAny();
  if (!navigation) return null;
  return (
    <button
      type="button"
      className="link small"
      onClick={() => navigation.go({ kind: 'error-atlas', code: entry, ...(runId === undefined ? {} : { runId }) })}
    >
      More about this error
    </button>
  );
}
