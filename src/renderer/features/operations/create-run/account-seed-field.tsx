import { Checkbox } from '@mantine/core';
import { parseAddress } from '#core/solana/address.ts';
import { addressWithSeed, MAX_SEED_BYTES } from '#core/solana/pda.ts';
import { utf8Length } from '#core/operations/run-fields.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useProgramIds } from '#renderer/lib/use-program-ids.ts';
import { BytesField } from '#renderer/ui/bytes-field.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import type { CreateDraft } from './draft.ts';

/** Where the run's account gets its address from: a new key, or a text. */
export function AccountSeedField({
  seed,
  onChange,
  base,
  error,
}: {
  seed: CreateDraft['seed'];
  onChange: (seed: CreateDraft['seed']) => void;
  /** Address of the main authority; empty when none is chosen. */
  base: string;
  error: string | undefined;
}) {
  const { coordinator } = useProgramIds();
  const hasAddress = base !== '' && seed.text !== '' && utf8Length(seed.text) <= MAX_SEED_BYTES;
  return (
    <div className="stack">
      <Checkbox
        label="Derive the account’s address from a seed"
        description="No second key signs. Otherwise this app makes a new key for the account, which signs its creation."
        checked={seed.isOn}
        onChange={(event) => onChange({ ...seed, isOn: event.currentTarget.checked })}
      />
      {seed.isOn && (
        <FieldPlace name="accountSeed">
          <div className="stack">
            <BytesField
              label="Seed"
              description="Any text, no secret. Each run of a main authority needs one of its own; run-manager has no such option."
              value={seed.text}
              onChange={(text) => onChange({ ...seed, text })}
              maxBytes={MAX_SEED_BYTES}
              error={error}
              mono
              required
            />
            <Facts
              facts={[
                {
                  label: 'Address of the account',
                  value: hasAddress ? (
                    <FullAddress address={addressWithSeed(parseAddress(base), seed.text, coordinator)} />
                  ) : (
                    <span className="muted">
                      {base === '' ? 'choose the main authority first' : 'type a seed that fits first'}
                    </span>
                  ),
                },
              ]}
            />
            <p className="muted small">
              The address follows from the main authority, this text and the coordinator program. Nobody has a key for
              it, and only the main authority can put an account there.
            </p>
          </div>
        </FieldPlace>
      )}
    </div>
  );
}
