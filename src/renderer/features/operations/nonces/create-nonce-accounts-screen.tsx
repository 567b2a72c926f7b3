import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { MAX_NONCE_NUMBER, type NonceRow } from '#core/nonces/nonce-view.ts';
import { MOST_NONCES_AT_ONCE } from '#core/operations/create-nonce-accounts/input.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useNonces, useSigners } from '#renderer/lib/queries.ts';
import { SignerSelect } from '#renderer/lib/signer-select.tsx';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationScreen } from '../operation-screen.tsx';
import { WaitingForm } from '../waiting-form.tsx';

const TITLE = 'Create nonce accounts';

/** Makes nonce accounts at addresses that need no keys of their own and are found again. */
export function CreateNonceAccountsScreen() {
  const signers = useSigners();
  const nonces = useNonces();
  if (!signers.data || !nonces.data) return <WaitingForm title={TITLE} queries={[signers, nonces]} />;
  return <CreateForm start={defaultChoice(signers.data.signers, signers.data.roles)} rows={nonces.data.rows} />;
}

function CreateForm({ start, rows }: { start: SignerChoice; rows: readonly NonceRow[] }) {
  const navigation = useNavigation();
  const [choice, setChoice] = useState(start);
  const [holder, setHolder] = useState(start.authority);
  const [base, setBase] = useState(start.payer);
  const [count, setCount] = useState<string | number>(1);
  const [first, setFirst] = useState<string | number>(() => nextNumber(rows, start.payer));
  const request = OperationRequest.safeParse({
    operation: { kind: 'create-nonce-accounts', base, authority: holder, first, count },
    signers: choice,
  }).data;

  function chooseBase(address: string) {
    setBase(address);
    setFirst(nextNumber(rows, address));
  }

  return (
    <OperationScreen
      title={TITLE}
      lead="One is needed for each transaction that is pending at the same time. Their addresses come from a key of yours and a number: they have no keys to lose, and are found again."
      request={request}
      waitingFor="Choose the keys and how many"
      onDone={() => navigation.replace({ kind: 'nonce-accounts' })}
    >
      <Panel title="How many">
        <div className="stack">
          <NumberInput
            label="Nonce accounts"
            description={`At most ${MOST_NONCES_AT_ONCE} at once`}
            value={count}
            onChange={setCount}
            min={1}
            max={MOST_NONCES_AT_ONCE}
            allowDecimal={false}
          />
          <FieldPlace name="first">
            <NumberInput
              label="First number"
              description="What exists already is left out, so the same form sent again makes nothing twice"
              value={first}
              onChange={setFirst}
              min={1}
              max={MAX_NONCE_NUMBER}
              allowDecimal={false}
            />
          </FieldPlace>
        </div>
      </Panel>
      <Panel title="Keys">
        <div className="stack">
          <FieldPlace name="authority">
            <SignerSelect
              label="Nonce authority"
              description="Uses, cancels, hands over and empties them; signs nothing now"
              value={holder}
              onChange={setHolder}
            />
          </FieldPlace>
          <SignerSelect
            label="Base of the addresses"
            description="Signs once, now; afterwards it has no say over them"
            value={base}
            onChange={chooseBase}
          />
          <SignersFields choice={choice} onChange={setChoice} parts={['payer']} />
        </div>
      </Panel>
    </OperationScreen>
  );
}

/** One past the highest number in use. */
function nextNumber(rows: readonly NonceRow[], base: string): number {
  const numbers = rows.flatMap(({ derived }) => (derived?.base === base ? [derived.number] : []));
  return Math.max(0, ...numbers) + 1;
}
