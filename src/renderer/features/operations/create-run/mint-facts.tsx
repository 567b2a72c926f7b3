import type { MintLook } from '#core/rewards/treasury-view.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Tokens } from '#renderer/lib/tokens.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';

/** What the reward token is, from the mint's own bytes, and what its authorities could do to the run. */
export function MintFacts({ mint }: { mint: Extract<MintLook, { kind: 'mint' }> }) {
  const { decimals, supply, mintAuthority, freezeAuthority, warnings } = mint;
  return (
    <div className="stack">
      <Facts
        facts={[
          { label: 'Kind', value: 'Classic SPL token' },
          { label: 'Decimals', value: `${decimals} ${decimals === 1 ? 'digit' : 'digits'} after the point` },
          { label: 'Supply', value: <Tokens amount={supply} decimals={decimals} /> },
          {
            label: 'Can make more',
            value: mintAuthority ? <AddressLine address={mintAuthority} /> : 'Nobody any more',
          },
          { label: 'Can freeze', value: freezeAuthority ? <AddressLine address={freezeAuthority} /> : 'Nobody' },
        ]}
      />
      {warnings.length > 0 && (
        <Notice
          tone="warn"
          title={warnings.length === 1 ? 'Know this before you choose it' : 'Know these before you choose it'}
        >
          {warnings.map(({ reason, remedy }) => (
            <p key={reason} className="break">
              <Said text={reason} />. {remedy}.
            </p>
          ))}
        </Notice>
      )}
    </div>
  );
}
