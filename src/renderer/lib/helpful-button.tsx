import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { HelpfulAction } from '#core/operations/place.ts';
import { useClient } from './client.tsx';
import { errorWords } from './error-words.ts';
import { focusField } from './field-place.tsx';
import { useNavigation } from './navigation.tsx';
import { refresh } from './queries.ts';

/** A remedy that can be pressed: leads to a place of the app, to a field of this form, or to the practice faucet. */
export function HelpfulButton({
  action: { label, place },
  size = 'compact-xs',
}: {
  action: HelpfulAction;
  size?: 'compact-xs' | 'xs';
}) {
  const client = useClient();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const faucet = useMutation({
    mutationFn: client.practice.faucet,
    onSettled: () => refresh(queries, 'signers', 'prepare'),
  });
  function help() {
    if (place.kind === 'field') focusField(place.field);
    else if (place.kind === 'faucet') faucet.mutate({ address: place.address, lamports: place.lamports });
    else navigation.go(place);
  }
  return (
    <>
      <Button size={size} variant="default" loading={faucet.isPending} onClick={help}>
        {label}
      </Button>
      {faucet.error && (
        <span className="bad small" role="alert">
          {errorWords(faucet.error).happened}. {errorWords(faucet.error).remedy}
        </span>
      )}
    </>
  );
}
