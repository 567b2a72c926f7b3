import { PasswordInput } from '@mantine/core';
import { PASSPHRASE_MIN } from '#core/signers/passphrase.ts';

/** A new passphrase as it is typed, twice. */
export type TypedPassphrase = { readonly first: string; readonly again: string };

export const NO_PASSPHRASE: TypedPassphrase = { first: '', again: '' };

/** What is still wrong with it, in words; empty when it can be used. */
export function passphraseProblem({ first, again }: TypedPassphrase): string {
  const length = [...first].length;
  if (length < PASSPHRASE_MIN) return `Type a passphrase of at least ${PASSPHRASE_MIN} characters`;
  return first === again ? '' : 'The two passphrases differ';
}

/** Two fields for a new passphrase: a mistyped one would lock the key away for good. */
export function NewPassphrase({
  typed,
  onTyped,
}: {
  typed: TypedPassphrase;
  onTyped: (typed: TypedPassphrase) => void;
}) {
  const length = [...typed.first].length;
  return (
    <>
      <PasswordInput
        label="New passphrase"
        description={
          length >= PASSPHRASE_MIN
            ? `${length} characters. Nobody can recover it for you`
            : `At least ${PASSPHRASE_MIN} characters. Four or five unrelated words are good; no signs or digits needed`
        }
        autoComplete="new-password"
        spellCheck={false}
        value={typed.first}
        onChange={(event) => onTyped({ ...typed, first: event.currentTarget.value })}
      />
      <PasswordInput
        label="Passphrase again"
        autoComplete="new-password"
        spellCheck={false}
        value={typed.again}
        onChange={(event) => onTyped({ ...typed, again: event.currentTarget.value })}
        error={typed.again !== '' && typed.again !== typed.first ? 'It differs from the first' : undefined}
      />
    </>
  );
}
