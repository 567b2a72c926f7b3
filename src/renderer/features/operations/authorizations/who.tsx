import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { AddressLine, FullAddress } from '#renderer/lib/address.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import classes from './authorizations.module.css';

/** Who an authorization is for, in one line: “Anyone” keeps the address that stands for it beside it. */
export function Who({ grantee }: { grantee: string }) {
  if (grantee !== SYSTEM_PROGRAM) return <AddressLine address={grantee} />;
  return (
    <span className={classes.who}>
      <strong>Anyone</strong>
      <span className="muted">
        <AddressLine address={grantee} />
      </span>
    </span>
  );
}

/** Who an authorization is for, with the address in full. */
export function WhoInFull({ grantee }: { grantee: string }) {
  const label = useLabels().get(grantee);
  return grantee === SYSTEM_PROGRAM ? (
    <>
      <strong>Anyone</strong> <span className="muted small">stands on chain as</span>
      <br />
      <FullAddress address={grantee} />
    </>
  ) : (
    <FullAddress address={grantee} label={label} />
  );
}
