import type { ReactNode } from 'react';
import { COMPUTE_BUDGET_PROGRAM } from '#core/solana/program-ids.ts';
import type { Review } from '#core/transactions/review.ts';
import { BytesMeter } from '#renderer/ui/bytes-meter.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';
import { FullAddress } from '../address.tsx';
import { formatCount } from '../durations.ts';
import { Sol } from '../sol.tsx';
import { Tokens } from '../tokens.tsx';
import { InstructionCard } from './instruction-card.tsx';
import { MessageHash } from './message-hash.tsx';

/** What must be known before signing: red and yellow marks, first. */
export function ReviewFlags({ review }: { review: Review }) {
  return review.flags.map((flag, index) => (
    <Notice
      key={`${index} ${flag.code}`}
      tone={flag.level === 'warn' ? 'warn' : 'bad'}
      title={`${flag.text}${flag.instructionIndex === undefined ? '' : ` (instruction ${flag.instructionIndex + 1})`}`}
    />
  ));
}

/** Who pays, how much at most, where it goes, until when, on which network, and the hash that stands for all of it. */
export function ReviewFacts({
  review,
  network,
  expiry,
  feeNote = '',
}: {
  review: Review;
  network: ReactNode;
  expiry: ReactNode;
  feeNote?: string;
}) {
  return (
    <Panel title="Who, how much, until when">
      <div className="stack">
        <Facts
          wide
          facts={[
            { label: 'Network', value: network },
            {
              label: 'Fee payer',
              value: <FullAddress address={review.feePayer} {...ownWords(review, review.feePayer)} />,
            },
            {
              label: 'Network fee',
              value: <NetworkFee fee={review.fee} note={feeNote} />,
            },
            ...review.outflows.map((outflow) => ({
              key: `out ${outflow.account}`,
              label: 'Leaves at most',
              value: (
                <>
                  <Sol lamports={BigInt(outflow.lamports)} /> from{' '}
                  <FullAddress address={outflow.account} {...ownWords(review, outflow.account)} />
                  <br />
                  <span className="muted small">{outflow.why.join(' · ')}</span>
                </>
              ),
            })),
            ...review.tokenOutflows.map((outflow) => ({
              key: `token ${outflow.account}`,
              label: 'Tokens leave',
              value: (
                <>
                  {outflow.decimals === undefined ? (
                    `${outflow.amount} native units`
                  ) : (
                    <Tokens amount={BigInt(outflow.amount)} decimals={outflow.decimals} native />
                  )}{' '}
                  from <FullAddress address={outflow.account} />
                </>
              ),
            })),
            ...review.destinations.map((destination, index) => ({
              key: `to ${index}`,
              label: 'Goes to',
              value: (
                <>
                  <FullAddress
                    address={destination.address}
                    role={destination.isOwn ? 'you' : undefined}
                    label={destination.label}
                  />
                  <br />
                  <span className="muted small">{destination.why}</span>
                </>
              ),
            })),
            { label: 'Can land', value: expiry },
            { label: 'Programs', value: review.programs.map(({ name }) => name).join(', ') },
          ]}
        />
        <BytesMeter label="Transaction" bytes={review.sizeBytes} limit={review.sizeLimit} />
        <div>
          <p className="muted small">Message hash</p>
          <MessageHash hash={review.messageHash} />
        </div>
      </div>
    </Panel>
  );
}

/** The fee and what it is made of, all from the bytes; the note alone says where they come from. */
function NetworkFee({ fee, note }: { fee: Review['fee']; note: string }) {
  const { signatures, computeUnitLimit, computeUnitPrice } = fee;
  const priority = BigInt(fee.priorityLamports);
  return (
    <>
      <Sol lamports={BigInt(fee.totalLamports)} />
      <br />
      <span className="muted small">
        <Sol lamports={BigInt(fee.baseLamports)} /> for {signatures} {signatures === 1 ? 'signature' : 'signatures'}
        {priority > 0n && (
          <>
            {' + '}
            <Sol lamports={priority} /> priority: {formatCount(BigInt(computeUnitPrice ?? 0))} micro-lamports ×{' '}
            {computeUnitLimit === undefined ? 'the units granted' : `${formatCount(computeUnitLimit)} compute units`}
          </>
        )}
        {priority === 0n && computeUnitLimit !== undefined && (
          <> · no priority fee, at most {formatCount(computeUnitLimit)} compute units</>
        )}
        {note !== '' && (
          <>
            <br />
            {note}
          </>
        )}
      </span>
    </>
  );
}

/** Every instruction, decoded from the bytes, and the bytes themselves folded. */
export function ReviewInstructions({ review }: { review: Review }) {
  return (
    <Panel title="What is signed" aside={`decoded from ${review.sizeBytes} bytes`} flush>
      <ol>
        {review.instructions.map((instruction, index) => (
          <InstructionCard
            key={index}
            instruction={instruction}
            number={index + 1}
            isOpen={isOpen(review, instruction)}
          />
        ))}
      </ol>
      <div style={{ padding: '4px 16px 12px' }}>
        <Fold title="Message bytes">
          <RawText text={review.messageBase64} label="Message bytes in base64" wrap />
        </Fold>
      </div>
    </Panel>
  );
}

/** A few short instructions are open; what a compute limit or price says stands in its title and in the fee. */
function isOpen({ instructions }: Review, { program, fields }: Review['instructions'][number]): boolean {
  const isBudget = ({ address }: typeof program) => address === COMPUTE_BUDGET_PROGRAM;
  const own = instructions.filter((one) => !isBudget(one.program));
  return own.length <= 2 && !isBudget(program) && fields.length <= 12;
}

function ownWords(review: Review, address: string): { role: string | undefined; label: string | undefined } {
  const signer = review.signers.find((one) => one.address === address);
  return { role: signer?.isOwn ? 'you' : undefined, label: signer?.label };
}
