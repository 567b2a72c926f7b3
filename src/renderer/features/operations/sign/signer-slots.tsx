import type { SignerSlot } from '#core/transactions/review-request.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { FullAddress } from '#renderer/lib/address.tsx';
import classes from './signer-slots.module.css';

const KINDS = { keyfile: 'keyfile', 'fresh-account': 'new account, made for this', absent: 'not on this machine' };

/** Every signature the transaction needs: whose, in which role, and what stands in its way. */
export function SignerSlots({ slots, isSigning }: { slots: readonly SignerSlot[]; isSigning: boolean }) {
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
          {slot.problem && <p className="bad">{slot.problem}</p>}
        </li>
      ))}
    </ul>
  );
}
