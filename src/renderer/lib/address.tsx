import { Tooltip, UnstyledButton } from '@mantine/core';
import Check from 'lucide-react/icons/check';
import { Chip } from '#renderer/ui/chip.tsx';
import { useCopy } from '#renderer/ui/use-copy.ts';
import { groupsOfFour } from './grouped.ts';
import { useLabels } from './labels.ts';
import { Said } from './said.tsx';
import classes from './address.module.css';

/** An address, shortened in the middle: the whole on hover, copied by a click. The operator's own
 * carry their name; `role` says what it is here. */
export function AddressLine({ address, role }: { address: string; role?: string }) {
  const { copied, copy } = useCopy();
  const label = useLabels().get(address);
  const short = `${address.slice(0, 4)}…${address.slice(-5)}`;
  return (
    <span className={classes.line}>
      <Tooltip label={<span className="mono">{groupsOfFour(address).join(' ')}</span>} maw={360}>
        <UnstyledButton
          className={classes.short}
          aria-label={`${short}${copied ? ', copied' : `, copy address ${address}`}`}
          onClick={(event) => {
            event.stopPropagation();
            copy(address);
          }}
        >
          {short}
          {copied && <Check size={12} aria-hidden />}
        </UnstyledButton>
      </Tooltip>
      {role && <Chip>{role}</Chip>}
      {label && (
        <Chip tone="accent">
          <Said text={label} />
        </Chip>
      )}
    </span>
  );
}

/** An address in full, in groups of four: for wherever a person must compare it. */
export function FullAddress({
  address,
  role,
  label,
}: {
  address: string;
  role?: string | undefined;
  label?: string | undefined;
}) {
  const { copied, copy } = useCopy();
  return (
    <span className={classes.full}>
      <UnstyledButton
        className={classes.groups}
        aria-label={`${groupsOfFour(address).join(' ')}, ${copied ? 'copied' : `copy address ${address}`}`}
        onClick={() => copy(address)}
      >
        {groupsOfFour(address).map((group, index) => (
          // The space is in the text, not only on the screen: the button is called what it shows.
          <span key={index}>{group} </span>
        ))}
      </UnstyledButton>
      {label && (
        <span className={classes.label}>
          <Said text={label} />
        </span>
      )}
      {role && <Chip tone={role === 'you' ? 'accent' : 'plain'}>{role}</Chip>}
      {copied && <span className="muted small">Copied</span>}
    </span>
  );
}
