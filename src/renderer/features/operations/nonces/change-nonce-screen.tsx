import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { NonceList, NonceRow } from '#core/nonces/nonce-view.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { formatSol } from '#core/units/lamports.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { type NonceAct, useNavigation } from '#renderer/lib/navigation.tsx';
import { useNonces, useSigners } from '#renderer/lib/queries.ts';
import { SignerSelect } from '#renderer/lib/signer-select.tsx';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { lamportsIn, SolField } from '#renderer/lib/sol-field.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { addressError } from '../address-error.ts';
import { OperationScreen } from '../operation-screen.tsx';
import { WaitingForm } from '../waiting-form.tsx';
import { STATE_WORDS } from './nonce-words.ts';
import classes from './nonces.module.css';

type Words = { readonly label: string; readonly title: string; readonly lead: string; readonly waitingFor: string };

const ACTS: Readonly<Record<NonceAct, Words>> = {
  advance: {
    label: 'Advance',
    title: 'Advance a nonce',
    lead: 'Moves its value without using it. That is how a signed transaction is cancelled.',
    waitingFor: 'Choose the nonce authority and the fee payer',
  },
  fund: {
    label: 'Fund',
    title: 'Fund a nonce account',
    lead: 'Sends SOL into it. It needs no more than its rent; only its authority gets any out.',
    waitingFor: 'Type an amount',
  },
  withdraw: {
    label: 'Withdraw',
    title: 'Withdraw from a nonce account',
    lead: 'Takes out what is above the rent. Taking everything closes it.',
    waitingFor: 'Type an amount, and choose who gets it',
  },
  authorize: {
    label: 'Hand over',
    title: 'Hand a nonce account over',
    lead: 'Another key uses, cancels and empties it from then on.',
    waitingFor: 'Type the address of the new authority',
  },
  close: {
    label: 'Close',
    title: 'Close a nonce account',
    lead: 'Takes everything out of it. The account is gone, and what was signed with its value is dead.',
    waitingFor: 'Choose who gets the SOL',
  },
};

type Props = { nonceAccount: string; act: NonceAct };

/** A form about one nonce account. */
export function ChangeNonceScreen({ nonceAccount, act }: Props) {
  const signers = useSigners();
  const nonces = useNonces();
  if (!signers.data || !nonces.data) return <WaitingForm title={ACTS[act].title} queries={[signers, nonces]} />;
  const usual = defaultChoice(signers.data.signers, signers.data.roles);
  const row = nonces.data.rows.find(({ address }) => address === nonceAccount);
  const holder = signers.data.signers.find(({ address }) => address === row?.authority)?.address ?? usual.authority;
  return (
    <ChangeForm nonceAccount={nonceAccount} startAct={act} row={row} list={nonces.data} usual={usual} holder={holder} />
  );
}

function ChangeForm({
  nonceAccount,
  startAct,
  row,
  list,
  usual,
  holder,
}: {
  nonceAccount: string;
  startAct: NonceAct;
  row: NonceRow | undefined;
  list: NonceList;
  usual: SignerChoice;
  holder: string;
}) {
  const navigation = useNavigation();
  const [act, setAct] = useState(startAct);
  const [choice, setChoice] = useState(usual);
  const [authority, setAuthority] = useState(holder);
  const [to, setTo] = useState(usual.payer);
  const [amount, setAmount] = useState('');
  const [newAuthority, setNewAuthority] = useState('');
  const words = ACTS[act];
  const typed = { nonceAccount, authority, to, lamports: lamportsIn(amount)?.toString(), newAuthority };
  const request = OperationRequest.safeParse({ operation: operationOf(act, typed), signers: choice }).data;
  return (
    <OperationScreen
      title={words.title}
      lead={words.lead}
      request={request}
      waitingFor={words.waitingFor}
      onDone={() => navigation.replace({ kind: 'nonce-accounts' })}
    >
      <Panel title="Nonce account">
        <About nonceAccount={nonceAccount} row={row} rentLamports={list.rentLamports} />
      </Panel>
      {row && act !== 'fund' && act !== 'withdraw' && <Busy row={row} act={act} />}
      <Panel title="What to do">
        <div className="stack">
          <Radio.Group
            aria-label="What to do"
            value={act}
            onChange={(value) => {
              if (isAct(value)) setAct(value);
            }}
          >
            <div className={classes.choices}>
              {Object.entries(ACTS).map(([value, { label }]) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </div>
          </Radio.Group>
          {(act === 'fund' || act === 'withdraw') && (
            <FieldPlace name="lamports">
              <SolField
                label="Amount"
                text={amount}
                onChange={setAmount}
                description={act === 'withdraw' ? mostWords(row, list.rentLamports) : undefined}
              />
            </FieldPlace>
          )}
          {act === 'authorize' && (
            <FieldPlace name="newAuthority">
              <TextInput
                label="New nonce authority"
                description="Compare every character: whoever has this key controls the account"
                placeholder="base58, 32 bytes"
                value={newAuthority}
                onChange={(event) => setNewAuthority(event.currentTarget.value.trim())}
                error={newAuthority === '' ? undefined : addressError(newAuthority)}
                classNames={{ input: 'mono' }}
              />
            </FieldPlace>
          )}
          {(act === 'withdraw' || act === 'close') && (
            <FieldPlace name="to">
              <SignerSelect label="Goes to" description="Who gets the SOL" value={to} onChange={setTo} />
            </FieldPlace>
          )}
        </div>
      </Panel>
      <Panel title="Signers">
        <div className="stack">
          {act !== 'fund' && (
            <FieldPlace name="authority">
              <SignerSelect
                label="Nonce authority"
                description="Holds the account; signs"
                value={authority}
                onChange={setAuthority}
              />
            </FieldPlace>
          )}
          <SignersFields choice={choice} onChange={setChoice} parts={['payer']} />
        </div>
      </Panel>
    </OperationScreen>
  );
}

/** The operation's fields as they are sent; whatever is missing keeps the request from being one. */
function operationOf(
  act: NonceAct,
  {
    nonceAccount,
    authority,
    to,
    lamports,
    newAuthority,
  }: Record<'nonceAccount' | 'authority' | 'to' | 'newAuthority', string> & { lamports: string | undefined },
) {
  switch (act) {
    case 'fund':
      return { kind: 'fund-nonce', nonceAccount, lamports };
    case 'advance':
      return { kind: 'advance-nonce', nonceAccount, authority };
    case 'authorize':
      return { kind: 'authorize-nonce', nonceAccount, authority, newAuthority };
    case 'withdraw':
      return { kind: 'withdraw-nonce', nonceAccount, authority, to, lamports };
    case 'close':
      return { kind: 'close-nonce', nonceAccount, authority, to };
  }
}

function isAct(value: string): value is NonceAct {
  return Object.hasOwn(ACTS, value);
}

function mostWords(row: NonceRow | undefined, rentLamports: bigint): string | undefined {
  if (!row) return undefined;
  const most = row.lamports > rentLamports ? row.lamports - rentLamports : 0n;
  return `At most ${formatSol(most)} SOL: ${formatSol(rentLamports)} SOL of rent stay until it is closed`;
}

function About({
  nonceAccount,
  row,
  rentLamports,
}: {
  nonceAccount: string;
  row: NonceRow | undefined;
  rentLamports: bigint;
}) {
  const labels = useLabels();
  const state = row && STATE_WORDS[row.state.kind];
  return (
    <Facts
      facts={[
        { label: 'Address', value: <FullAddress address={nonceAccount} /> },
        ...(row && state
          ? [
              {
                label: 'State',
                value: (
                  <>
                    <Chip tone={state.tone}>{state.word}</Chip> <span className="muted small">{state.about}</span>
                  </>
                ),
              },
              ...(row.authority
                ? [
                    {
                      label: 'Authority',
                      value: <FullAddress address={row.authority} label={labels.get(row.authority)} />,
                    },
                  ]
                : []),
              ...(row.nonce ? [{ label: 'Value', value: <FullAddress address={row.nonce} /> }] : []),
              {
                label: 'Holds',
                value: (
                  <>
                    <Sol lamports={row.lamports} />, of which <Sol lamports={rentLamports} /> must stay
                  </>
                ),
              },
            ]
          : [{ label: 'State', value: 'Not on your list' }]),
      ]}
    />
  );
}

/** A pending transaction would die by what is done here. */
function Busy({ row, act }: { row: NonceRow; act: NonceAct }) {
  const navigation = useNavigation();
  const { state } = row;
  if (state.kind !== 'reserved') return null;
  return (
    <Notice
      tone="warn"
      title={`“${state.title}” is pending and needs this account as it is`}
      actions={
        <Button
          size="xs"
          variant="default"
          onClick={() => navigation.go({ kind: 'transaction', id: state.transactionId })}
        >
          Look at it
        </Button>
      }
    >
      {act === 'authorize'
        ? 'Once another key holds the account, it cannot land.'
        : 'Whichever lands first counts. If it is this, the pending one can never land: that is how it is cancelled.'}
    </Notice>
  );
}
