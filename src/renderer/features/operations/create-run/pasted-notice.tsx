import type { FilledOf } from '#core/command-line/filled-form.ts';
import { useSigners } from '#renderer/lib/queries.ts';
import { Notice } from '#renderer/ui/notice.tsx';

/** Says that a command filled the form, and which key of it cannot sign here. */
export function PastedNotice({ filled }: { filled: FilledOf<'create-run'> }) {
  const signers = useSigners().data?.signers;
  const { joinAuthority } = filled;
  const isForeign =
    joinAuthority !== undefined && signers !== undefined && signers.every(({ address }) => address !== joinAuthority);
  return (
    <Notice tone={isForeign ? 'warn' : 'info'} title="Filled in from the pasted command">
      {isForeign ? (
        <>
          Its join authority <span className="mono">{joinAuthority.slice(0, 44)}</span> is not among your signers: add
          it, or choose another under Identity.
        </>
      ) : (
        'The command only creates the run. Who may join, its name and its configuration are commands of their own there; here they go along.'
      )}
    </Notice>
  );
}
