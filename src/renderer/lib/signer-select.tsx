import { Select } from '@mantine/core';
import { formatSol } from '#core/units/lamports.ts';
import type { Signer } from '#core/signers/signer.ts';
import { useSigners } from './queries.ts';

type Props = {
  label: string;
  description: string;
  /** Address; empty when nobody is chosen. */
  value: string;
  onChange: (address: string) => void;
  error?: string | undefined;
};

/** Picks one of the operator's signers by name, address and balance. */
export function SignerSelect({ label, description, value, onChange, error }: Props) {
  const signers = useSigners().data;
  return (
    <Select
      label={label}
      description={description}
      placeholder={signers?.signers.length === 0 ? 'Add a signer first' : 'Choose a signer'}
      data={(signers?.signers ?? []).map((signer) => ({
        value: signer.address,
        label: optionOf(signer, signers?.balances[signer.address]),
      }))}
      value={value === '' ? null : value}
      onChange={(address) => onChange(address ?? '')}
      error={error}
      searchable={(signers?.signers.length ?? 0) > 8}
    />
  );
}

function optionOf(signer: Signer, balance: bigint | undefined): string {
  const short = `${signer.address.slice(0, 4)}…${signer.address.slice(-5)}`;
  return `${signer.label} · ${short}${balance === undefined ? '' : ` · ${formatSol(balance)} SOL`}`;
}
