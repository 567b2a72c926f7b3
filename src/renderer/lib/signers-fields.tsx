import type { Signer } from '#core/signers/signer.ts';
import type { SignerRoles } from '#core/signers/signer.ts';
import { FieldPlace } from './field-place.tsx';
import { SignerSelect } from './signer-select.tsx';

/** The three parts a key can play in an operation, as typed into a form. Empty: nobody chosen. */
export type SignerChoice = { readonly payer: string; readonly authority: string; readonly joinAuthority: string };

export type SignerPart = keyof SignerChoice;

const WORDS: Readonly<Record<SignerPart, { label: string; description: string }>> = {
  payer: { label: 'Fee payer', description: 'Pays fees and storage' },
  authority: { label: 'Main authority', description: 'Owns the run: configures, starts and pauses it' },
  joinAuthority: { label: 'Join authority', description: 'Lets clients in; needs no SOL' },
};

/** Pickers for who pays, who owns and who lets clients in. They may be three different keys. */
export function SignersFields({
  choice,
  onChange,
  parts,
  errors = {},
}: {
  choice: SignerChoice;
  onChange: (choice: SignerChoice) => void;
  parts: readonly SignerPart[];
  errors?: Partial<Record<SignerPart, string>>;
}) {
  return (
    <div className="stack">
      {parts.map((part) => (
        <FieldPlace key={part} name={part}>
          <SignerSelect
            {...WORDS[part]}
            value={choice[part]}
            onChange={(address) => onChange({ ...choice, [part]: address })}
            error={errors[part]}
          />
        </FieldPlace>
      ))}
    </div>
  );
}

/** Roles the operator chose, or else the first signer, as a starting choice. */
export function defaultChoice(signers: readonly Signer[], roles: SignerRoles): SignerChoice {
  const first = signers.find(({ source }) => source.kind === 'keyfile')?.address ?? signers[0]?.address ?? '';
  const authority = roles.authority ?? first;
  return { payer: roles.payer ?? authority, authority, joinAuthority: roles.joinAuthority ?? authority };
}
