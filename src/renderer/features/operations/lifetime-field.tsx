import { Button, Radio, Select } from '@mantine/core';
import { useState } from 'react';
import type { NonceRow } from '#core/nonces/nonce-view.ts';
import type { NonceChoice } from '#core/operations/request.ts';
import { type Address, parseAddress } from '#core/solana/address.ts';
import { LIFETIME_WORDS } from '#renderer/lib/lifetime-words.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useNonces } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { busyWords, nameOfNonce, STATE_WORDS } from './nonces/nonce-words.ts';
import classes from './lifetime-field.module.css';

type Props = {
  /** Absent: a recent blockhash. */
  choice: NonceChoice | undefined;
  onChoice: (choice: NonceChoice | undefined) => void;
  /** A nonce account that the operation itself changes: it cannot carry it too. */
  changed?: Address | undefined;
  /** Why only a recent blockhash will do. Empty: either. */
  hindrance?: string;
};

/** What the transactions live by, folded into one line: most people never open it. */
export function LifetimeField({ choice, onChoice, changed, hindrance = '' }: Props) {
  const { blockhash, nonce } = LIFETIME_WORDS;
  const words = choice ? nonce : blockhash;
  const [isOpen, setOpen] = useState(false);
  return (
    <Fold title={`Lives by ${words.name}: ${words.short}`} open={isOpen} onToggle={setOpen}>
      {isOpen && (
        <div className="stack">
          <Radio.Group
            aria-label="What it lives by"
            value={choice ? 'nonce' : 'blockhash'}
            onChange={(value) => onChoice(value === 'nonce' ? { kind: 'nonce' } : undefined)}
          >
            <div className="stack">
              <Radio
                value="blockhash"
                label={`Lives by ${blockhash.name}: ${blockhash.short}`}
                description={blockhash.about}
              />
              <Radio
                value="nonce"
                label={`Lives by ${nonce.name}: ${nonce.short}`}
                description={hindrance || nonce.about}
                disabled={hindrance !== ''}
              />
            </div>
          </Radio.Group>
          {choice && <NonceSelect choice={choice} onChoice={onChoice} changed={changed} />}
        </div>
      )}
    </Fold>
  );
}

function NonceSelect({ choice, onChoice, changed }: Pick<Props, 'onChoice' | 'changed'> & { choice: NonceChoice }) {
  const navigation = useNavigation();
  const nonces = useNonces();
  return (
    <QueryGate
      query={nonces}
      failed="The nonce accounts could not be read"
      skeleton={<SkeletonLines lines={1} height={34} label="Reading the nonce accounts" />}
    >
      {({ rows }) => {
        const usable = rows.filter((row) => hindranceOf(row, changed) === '');
        const first = usable.find(({ state }) => state.kind === 'free');
        const chosen = choice.account;
        const isGone = chosen !== undefined && !rows.some(({ address }) => address === chosen);
        if (usable.length === 0 && chosen === undefined) {
          return (
            <Notice
              tone="info"
              title={rows.length === 0 ? 'You have no nonce account yet' : 'None of your nonce accounts is free'}
              actions={
                <Button size="xs" onClick={() => navigation.go({ kind: 'create-nonce-accounts' })}>
                  Create a nonce account
                </Button>
              }
            >
              One is needed for each transaction that is pending at the same time. What is typed here stays.
            </Notice>
          );
        }
        return (
          <Select
            label="Nonce account"
            description="It is reserved for this transaction until it has ended"
            data={[
              { value: FIRST_FREE, label: first ? `First free: ${nameWith(first)}` : 'First free: none now' },
              ...(isGone && chosen !== undefined
                ? [{ value: chosen, label: `${shortOf(chosen)} · not on this network`, disabled: true }]
                : []),
              ...rows.map((row) => {
                const hindrance = hindranceOf(row, changed);
                return {
                  value: row.address,
                  label: [nameWith(row), hindrance || aboutOthers(row)].filter((words) => words !== '').join(' · '),
                  disabled: hindrance !== '',
                };
              }),
            ]}
            allowDeselect={false}
            classNames={{ option: classes.option ?? '' }}
            maxDropdownHeight={420}
            value={chosen ?? FIRST_FREE}
            onChange={(value) =>
              onChoice(
                value === null || value === FIRST_FREE
                  ? { kind: 'nonce' }
                  : { kind: 'nonce', account: parseAddress(value) },
              )
            }
            error={isGone ? 'It is not among your nonce accounts on this network' : undefined}
            maw={520}
          />
        );
      }}
    </QueryGate>
  );
}

/** Stands for no account in particular. */
const FIRST_FREE = 'first-free';

/** Why an account cannot be chosen, in a few words. Empty: it can. */
function hindranceOf(row: NonceRow, changed: Address | undefined): string {
  if (row.address === changed) return 'this operation changes it';
  if (row.state.kind === 'free' || row.state.kind === 'foreign') return '';
  return `${STATE_WORDS[row.state.kind].word} ${busyWords(row) ?? ''}`.trim();
}

/** Whose signature a choice asks for besides. */
function aboutOthers({ state }: NonceRow): string {
  return state.kind === 'foreign' ? 'somebody else holds it, and signs too' : '';
}

function nameWith(row: NonceRow): string {
  const short = shortOf(row.address);
  const name = nameOfNonce(row);
  return name === short ? short : `${name} · ${short}`;
}

function shortOf(address: string): string {
  return `${address.slice(0, 4)}…${address.slice(-5)}`;
}
