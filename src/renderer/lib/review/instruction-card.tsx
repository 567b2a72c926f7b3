import { parseAddress } from '#core/solana/address.ts';
import type { ReviewedInstruction } from '#core/transactions/review.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';
import { FullAddress } from '../address.tsx';
import { Said } from '../said.tsx';
import classes from './instruction-card.module.css';

/** One instruction: what it does in words, its values, the accounts it is given and their roles, its bytes folded. */
export function InstructionCard({
  instruction,
  number,
  isOpen,
}: {
  instruction: ReviewedInstruction;
  number: number;
  isOpen: boolean;
}) {
  return (
    <li className={classes.card} data-unknown={!instruction.isUnderstood || undefined}>
      <header className={classes.header}>
        <span className={classes.number}>{number}</span>
        <div>
          <p className={classes.title}>
            <Said text={instruction.title} />
          </p>
          <p className="muted small">
            {instruction.program.name} {instruction.name && <span className="mono">{instruction.name}</span>}
          </p>
        </div>
      </header>
      {!instruction.isUnderstood && (
        <p className="bad">Not every byte of this instruction is understood. What it does cannot be shown in full.</p>
      )}
      <div className={classes.folds}>
        {instruction.fields.length > 0 && (
          <Fold
            title={`${instruction.fields.length} ${instruction.fields.length === 1 ? 'value' : 'values'}`}
            open={isOpen}
          >
            <Facts
              wide
              facts={instruction.fields.map((field) => ({
                key: field.path,
                label: field.label,
                value: (
                  <>
                    <FieldText value={field.value} />{' '}
                    {field.note && <span className="muted small">({field.note})</span>}
                  </>
                ),
              }))}
            />
          </Fold>
        )}
        <Fold title={`${instruction.accounts.length} ${instruction.accounts.length === 1 ? 'account' : 'accounts'}`}>
          <Facts
            wide
            facts={instruction.accounts.map((account, index) => ({
              key: String(index),
              label: (
                <span className="row">
                  {account.role}
                  {account.isSigner && <Chip>signs</Chip>}
                  {account.isWritable && <Chip>changes</Chip>}
                </span>
              ),
              value: account.address ? (
                <FullAddress address={account.address} role={account.isOwn ? 'you' : undefined} label={account.label} />
              ) : (
                <span className="bad">
                  taken from a lookup table; the signature does not cover which account that is
                </span>
              ),
            }))}
          />
        </Fold>
        <Fold title={`${instruction.dataHex.length / 2} bytes of data`}>
          <RawText text={instruction.dataHex === '' ? 'no bytes' : instruction.dataHex} label="Instruction data" wrap />
        </Fold>
      </div>
    </li>
  );
}

/** Addresses in groups of four, everything else as it is. */
function FieldText({ value }: { value: string }) {
  return isAddress(value) ? <FullAddress address={value} /> : <Said text={value} />;
}

function isAddress(text: string): boolean {
  try {
    parseAddress(text);
    return text.length >= 32;
  } catch {
    return false;
  }
}
