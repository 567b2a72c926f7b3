import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Address, parseAddress } from '#core/solana/address.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { useClient } from '#renderer/lib/client.tsx';
import { errorWords } from '#renderer/lib/error-words.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh, useMintLook, useSigners } from '#renderer/lib/queries.ts';
import { formatTokens, readAmount } from '#renderer/lib/token-amount.ts';
import { TokenAmountField } from '#renderer/lib/token-amount-field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';

type Wish = { mint: Address; address: Address; amount: bigint; decimals: number };

/** Gets tokens of a mint from the practice faucet, to an address. */
export function GiveTokens({ mint, onMint }: { mint: string; onMint: (text: string) => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const own = useSigners().data?.signers[0]?.address;
  const [typedAddress, setTypedAddress] = useState<string>();
  const [amountText, setAmountText] = useState('');
  const look = useMintLook(mint).data;
  const decimals = look?.kind === 'mint' ? look.decimals : undefined;
  const address = typedAddress ?? own ?? '';
  const give = useMutation({
    mutationFn: ({ mint: of, address: to, amount }: Wish) =>
      client.practice.giveTokens({ mint: of, address: to, amount }),
    onSettled: () => refresh(queries, 'mint', 'holding', 'signers'),
  });
  const wish = readWish({ mint, address, amountText, decimals });
  return (
    <form
      className="stack"
      aria-label="Get tokens"
      onSubmit={(event) => {
        event.preventDefault();
        if (typeof wish !== 'string') give.mutate(wish);
      }}
    >
      <TextInput
        label="Mint"
        description="The demo mint, or one made here"
        classNames={{ input: 'mono' }}
        value={mint}
        onChange={(event) => onMint(event.currentTarget.value)}
        error={mint === '' ? undefined : (addressProblem(mint) ?? (look?.kind === 'refused' ? look.reason : undefined))}
      />
      <TextInput
        label="For"
        description="A wallet; its token account is made when it has none"
        classNames={{ input: 'mono' }}
        value={address}
        onChange={(event) => setTypedAddress(event.currentTarget.value)}
        error={address === '' ? undefined : addressProblem(address)}
      />
      <TokenAmountField
        label="Amount"
        text={amountText}
        onChange={setAmountText}
        unit={{ kind: 'tokens', decimals }}
        error={amountText !== '' && readsZero(amountText, decimals) ? 'Nothing is not an amount' : undefined}
      />
      <div className="row">
        <Button type="submit" size="xs" variant="default" loading={give.isPending} disabled={typeof wish === 'string'}>
          Get tokens
        </Button>
        {typeof wish === 'string' && <span className="muted">{wish}</span>}
      </div>
      {give.isSuccess && (
        <Notice tone="good" title={`${formatTokens(give.variables.amount, give.variables.decimals)} tokens were given`}>
          <p>
            <AddressLine address={give.variables.mint} role="mint" /> to{' '}
            <AddressLine address={give.variables.address} />
          </p>
        </Notice>
      )}
      {give.error && <Failure error={give.error} title="No tokens were given" />}
    </form>
  );
}

/** What is asked for, or what is still missing, in words. */
function readWish(form: {
  mint: string;
  address: string;
  amountText: string;
  decimals: number | undefined;
}): Wish | string {
  if (form.mint.trim() === '') return 'Which mint?';
  if (addressProblem(form.mint) !== undefined) return 'The mint is not an address';
  if (form.decimals === undefined) return 'There is no mint at this address';
  if (form.address.trim() === '') return 'For which wallet?';
  if (addressProblem(form.address) !== undefined) return 'The wallet is not an address';
  const reading = readAmount(form.amountText, form.decimals);
  if (reading.kind !== 'amount' || reading.native === 0n) return 'How much?';
  return {
    mint: parseAddress(form.mint.trim()),
    address: parseAddress(form.address.trim()),
    amount: reading.native,
    decimals: form.decimals,
  };
}

function readsZero(text: string, decimals: number | undefined): boolean {
  const reading = decimals === undefined ? undefined : readAmount(text, decimals);
  return reading?.kind === 'amount' && reading.native === 0n;
}

function addressProblem(text: string): string | undefined {
  try {
    parseAddress(text.trim());
    return undefined;
  } catch (error) {
    return errorWords(error).happened;
  }
}
