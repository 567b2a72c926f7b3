import { PasswordInput } from '@mantine/core';
import type { SignerSlot } from '#core/transactions/review-request.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { FullAddress } from '#renderer/lib/address.tsx';
import classes from './signer-slots.module.css';

const KINDS = {
  keyfile: 'keyfile',
  'encrypted-keyfile': 'encrypted keyfile',
  'fresh-account': 'new account, made for this',
  absent: 'not on this machine',
};

type Props = {
  slots: readonly SignerSlot[];
  isSigning: boolean;
  /** Passphrases by address, as they are typed. */
  typed: Readonly<Record<string, string>>;
  onTyped: (address: string, text: string) => void;
};

/** Every signature the transaction needs: whose, in which role, and what it takes or what stands in its way. */
export function SignerSlots({ slots, isSigning, typed, onTyped }: Props) {
  return (
    <ul className={classes.slots} aria-label="Required signatures">
      {slots.map((slot) => (
        <li key={`${slot.role} ${slot.address}`} className={classes.slot}>
          <div className="row">
            <strong>{slot.role}</strong>
            <span className="muted">{slot.label || KINDS[slot.kind]}</span>
            <Chip tone={slot.problem ? 'bad' : 'plain'}>
              {slot.problem ? 'cannot sign' : isSigning ? 'signing' : 'will sign'}
            </Chip>
          </div>
          <FullAddress address={slot.address} />
          {needsPassphrase(slot) && (
            <PasswordInput
              label={`Passphrase of ${slot.label}`}
              description="Asked for each time, and kept nowhere"
              autoComplete="off"
              spellCheck={false}
              maw={420}
              disabled={isSigning}
              value={typed[slot.address] ?? ''}
              onChange={(event) => onTyped(slot.address, event.currentTarget.value)}
            />
          )}
          {slot.problem && <p className="bad">{slot.problem}</p>}
        </li>
      ))}
    </ul>
  );
}

/** Its keyfile is encrypted, and nothing else keeps it from signing. */
export function needsPassphrase({ kind, problem }: SignerSlot): boolean {
  return kind === 'encrypted-keyfile' && problem === '';
}
