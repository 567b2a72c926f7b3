import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Signer } from '#core/signers/signer.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';

/** The state of a signer's file and the command that puts it right. */
export function SignerFile({ signer }: { signer: Signer }) {
  const client = useClient();
  const queries = useQueryClient();
  const allow = useMutation({
    mutationFn: () => client.signers.allowOpenPermissions({ id: signer.id }),
    onSettled: () => refresh(queries, 'signers'),
  });
  const { source } = signer;
  if (source.kind === 'address-only')
    return (
      <p className="muted small">
        Its key is elsewhere: it can be watched and chosen, not signed with on this machine.
      </p>
    );
  const file = (
    <span className="mono">
      <Said text={source.fileName} />
    </span>
  );
  switch (source.state) {
    case 'ready':
      return (
        <p className="muted small">
          Keyfile {file} {source.encrypted ? 'asks for its passphrase each time it signs' : 'is ready to sign'}
        </p>
      );
    case 'missing':
      return (
        <Notice tone="bad" title={<>Keyfile {file} is not there any more</>}>
          Put it back where it was, or forget this signer and add the file from its new place.
        </Notice>
      );
    case 'not-a-file':
      return (
        <Notice tone="bad" title={<>{file} is not a plain file</>}>
          A keyfile must be an ordinary file: not a folder, a link to a device or a pipe.
        </Notice>
      );
    case 'readable-by-others':
      if (source.openPermissionsAllowed)
        return <p className="warn small">Keyfile {file} can be read by others; you accepted that</p>;
      return (
        <Notice
          tone="warn"
          title={<>Others can read keyfile {file}: it is not used until that is closed</>}
          actions={
            <Button size="xs" variant="default" loading={allow.isPending} onClick={() => allow.mutate()}>
              Use it all the same
            </Button>
          }
        >
          {source.fix !== '' && (
            <div className="stack">
              <p>This command closes it:</p>
              <RawText text={source.fix} label="Command" wrap />
            </div>
          )}
          {allow.error && <Failure error={allow.error} />}
        </Notice>
      );
  }
}
