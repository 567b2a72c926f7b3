import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { MAX_PRACTICE_DECIMALS } from '#core/practice/practice-mint.ts';
import type { Address } from '#core/solana/address.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { Notice } from '#renderer/ui/notice.tsx';

/** Makes a mint with chosen decimals, whose tokens the practice faucet gives. */
export function MakeMint({ onMade }: { onMade: (mint: Address) => void }) {
  const client = useClient();
  const [text, setText] = useState('6');
  const decimals = readDecimals(text);
  const make = useMutation({
    mutationFn: (wanted: number) => client.practice.createMint({ decimals: wanted }),
    onSuccess: ({ mint }) => onMade(mint),
  });
  return (
    <form
      className="stack"
      aria-label="Make a mint"
      onSubmit={(event) => {
        event.preventDefault();
        if (decimals !== undefined) make.mutate(decimals);
      }}
    >
      <TextInput
        label="Decimals of a new mint"
        description="Digits after the point, fixed for good: 6 as USDC has, 9 as SOL has"
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={decimals === undefined && `A whole number from 0 to ${MAX_PRACTICE_DECIMALS}`}
      />
      <div className="row">
        <Button type="submit" size="xs" variant="default" loading={make.isPending} disabled={decimals === undefined}>
          Make a mint
        </Button>
      </div>
      {make.data && (
        <Notice tone="good" title={`A mint with ${make.variables} decimals was made`}>
          <FullAddress address={make.data.mint} role="mint" />
          <p>It is filled in below. It can be the reward token of a practice run.</p>
        </Notice>
      )}
      {make.error && <Failure error={make.error} title="The mint was not made" />}
    </form>
  );
}

function readDecimals(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^\d{1,2}$/.test(trimmed)) return undefined;
  return Number(trimmed) <= MAX_PRACTICE_DECIMALS ? Number(trimmed) : undefined;
}
