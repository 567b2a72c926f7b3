import { Checkbox, PasswordInput } from '@mantine/core';
import Check from 'lucide-react/icons/check';
import type { SignerSlot } from '#core/transactions/review-request.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { FullAddress } from '#renderer/lib/address.tsx';
import { canWait, needsPassphrase } from './signing-parts.ts';
import classes from './signer-slots.module.css';

const KINDS: Readonly<Record<SignerSlot['kind'], string>> = {
  keyfile: 'keyfile',
  'encrypted-keyfile': 'encrypted keyfile',
  'fresh-account': 'new account, made for this',
  absent: 'somebody else',
  signed: '',
};

type Props = {
  slots: readonly SignerSlot[];
  isSigning: boolean;
  /** Passphrases by address, as they are typed. */
  typed: Readonly<Record<string, string>>;
  onTyped: (address: string, text: string) => void;
  /** Addresses whose signatures are left for later. */
  later: ReadonlySet<string>;
  /** Absent where every signature is made at once. */
  onLater?: ((address: string, isLater: boolean) => void) | undefined;
};

/** Every signature the transaction needs: whose, in which role, and what it takes or what stands in its way. */
export function SignerSlots({ slots, isSigning, typed, onTyped, later, onLater }: Props) {
  return (
    <ul className={classes.slots} aria-label="Required signatures">
      {slots.map((slot) => {
        const isLater = later.has(slot.address);
        return (
          <li key={`${slot.role} ${slot.address}`} className={classes.slot}>
            <div className="row">
              <strong>{slot.role}</strong>
              <span className="muted">{slot.label || KINDS[slot.kind]}</span>
              <SlotState slot={slot} isSigning={isSigning} isLater={isLater} />
            </div>
            <FullAddress address={slot.address} />
            {slot.kind === 'absent' && (
              <p className="muted small">Somebody else signs: its key is not on this machine.</p>
            )}
            {onLater && canWait(slot, slots) && (
              <Checkbox
                size="xs"
                className={classes.later}
                label={`Leave ${slot.label || slot.role} for later`}
                disabled={isSigning}
                checked={isLater}
                onChange={(event) => onLater(slot.address, event.currentTarget.checked)}
              />
            )}
            {needsPassphrase(slot) && !isLater && (
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
            {slot.problem && !isLater && <p className="bad">{slot.problem}</p>}
          </li>
        );
      })}
    </ul>
  );
}

function SlotState({ slot, isSigning, isLater }: { slot: SignerSlot; isSigning: boolean; isLater: boolean }) {
  if (slot.kind === 'signed')
    return (
      <Chip tone="good">
        <Check size={12} aria-hidden /> signed already
      </Chip>
    );
  if (slot.kind === 'absent') return <Chip tone="warn">missing</Chip>;
  if (isLater) return <Chip tone="warn">later</Chip>;
  if (slot.problem) return <Chip tone="bad">cannot sign</Chip>;
  return <Chip>{isSigning ? 'signing' : 'will sign'}</Chip>;
}
