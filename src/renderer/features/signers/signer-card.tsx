import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Signer, SignerRoles } from '#core/signers/signer.ts';
import { lamportsFromSol } from '#core/units/lamports.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { EncryptForm } from './encrypt-form.tsx';
import { SignerFile } from './signer-file.tsx';
import classes from './signer-card.module.css';

/** What the practice faucet gives at a time. */
const FAUCET_SOL = '10';

type Props = { signer: Signer; roles: SignerRoles; balance: bigint | undefined; offersFaucet: boolean };

/** One signer: its name, whole address, balance, the state of its file, and what can be done with it. */
export function SignerCard({ signer, roles, balance, offersFaucet }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [label, setLabel] = useState<string>();
  const [isEncrypting, setIsEncrypting] = useState(false);
  const [oldFileName, setOldFileName] = useState<string>();
  const { source } = signer;
  const canEncrypt = source.kind === 'keyfile' && !source.demo && !source.encrypted && !isEncrypting;
  const after = { onSettled: () => refresh(queries, 'signers') };
  const rename = useMutation({
    mutationFn: (text: string) => client.signers.rename({ id: signer.id, label: text }),
    ...after,
    onSuccess: () => setLabel(undefined),
  });
  const remove = useMutation({ mutationFn: () => client.signers.remove({ id: signer.id }), ...after });
  const faucet = useMutation({
    mutationFn: () => client.practice.faucet({ address: signer.address, lamports: lamportsFromSol(FAUCET_SOL) }),
    ...after,
  });
  const failure = rename.error ?? remove.error ?? faucet.error;
  const parts = [
    roles.payer === signer.address && 'fee payer',
    roles.authority === signer.address && 'main authority',
    roles.joinAuthority === signer.address && 'join authority',
  ].filter((part) => part !== false);
  return (
    <li className={classes.card} aria-label={`Signer ${signer.label}`}>
      <div className={classes.top}>
        {label === undefined ? (
          <div className="row">
            <strong>
              <Said text={signer.label} />
            </strong>
            {source.kind === 'keyfile' && source.demo && <Chip tone="accent">demo key</Chip>}
            {source.kind === 'keyfile' && !source.demo && (
              <Chip>{source.encrypted ? 'encrypted keyfile' : 'plain keyfile'}</Chip>
            )}
            {source.kind === 'address-only' && <Chip>address only</Chip>}
            {parts.map((part) => (
              <Chip key={part}>{part}</Chip>
            ))}
          </div>
        ) : (
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault();
              if (label.trim() !== '') rename.mutate(label.trim());
            }}
          >
            <TextInput
              aria-label="New name"
              size="xs"
              maxLength={64}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
              autoFocus
            />
            <Button size="xs" type="submit" loading={rename.isPending}>
              Save name
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => setLabel(undefined)}>
              Cancel
            </Button>
          </form>
        )}
        <span className={classes.balance}>
          {balance === undefined ? <span className="muted">balance not known</span> : <Sol lamports={balance} />}
        </span>
      </div>
      <FullAddress address={signer.address} />
      <SignerFile signer={signer} />
      {isEncrypting && (
        <EncryptForm
          id={signer.id}
          onEncrypted={(fileName) => {
            setIsEncrypting(false);
            setOldFileName(fileName);
          }}
          onClose={() => setIsEncrypting(false)}
        />
      )}
      {oldFileName !== undefined && (
        <Notice
          tone="warn"
          title={
            <>
              It signs with the encrypted file now. The old file <Said text={oldFileName} /> still holds the key in the
              open
            </>
          }
          actions={
            <Button size="xs" variant="default" onClick={() => setOldFileName(undefined)}>
              I will see to it
            </Button>
          }
        >
          Sign something with the new file first. Then delete the old one and its copies in backups; on a disk that is
          not encrypted, what was deleted may be read again. If others could read it, move to a new key.
        </Notice>
      )}
      {failure && <Failure error={failure} />}
      <div className="row">
        {offersFaucet && (
          <Button size="xs" variant="default" loading={faucet.isPending} onClick={() => faucet.mutate()}>
            Get {FAUCET_SOL} practice SOL
          </Button>
        )}
        {canEncrypt && (
          <Button size="xs" variant="default" onClick={() => setIsEncrypting(true)}>
            Encrypt…
          </Button>
        )}
        {label === undefined && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => setLabel(signer.label)}>
            Rename
          </Button>
        )}
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          loading={remove.isPending}
          onClick={() => remove.mutate()}
          title="Forgets the signer; the file stays where it is"
        >
          Forget
        </Button>
      </div>
    </li>
  );
}
