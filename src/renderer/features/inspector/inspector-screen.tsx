import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useLook, useNetworks } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { FullAddress } from '#renderer/lib/address.tsx';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { AccountView } from './account-view.tsx';

/** Paste an address or a run id: what is there, decoded to the byte. */
export function InspectorScreen({ text }: { text: string }) {
  const navigation = useNavigation();
  const [typed, setTyped] = useState(text);
  const look = useLook(text);
  const networks = useNetworks().data;
  const programs = networks?.profiles.find(({ id }) => id === networks.activeId)?.programs ?? DEFAULT_PROGRAM_IDS;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed.trim() === text) void look.refetch();
    else navigation.go({ kind: 'inspector', text: typed.trim() });
  }
  return (
    <Page title="Inspector">
      <form className="row" onSubmit={submit}>
        <TextInput
          aria-label="Address or run id"
          placeholder="Paste an address or a run id"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          classNames={{ input: 'mono' }}
          style={{ flex: 1, maxWidth: 640 }}
        />
        <Button type="submit">Look</Button>
      </form>
      {text === '' ? (
        <EmptyState title="Look into any account">
          Paste an address or a run id. The inspector says what it is, decodes every field of the run programs and of
          the usual Solana accounts, and shows which bytes each field lives in.
        </EmptyState>
      ) : (
        <QueryGate
          query={look}
          failed="It could not be looked at"
          skeleton={<SkeletonLines lines={10} height={22} label="Reading the account" />}
        >
          {(answer) => {
            switch (answer.kind) {
              case 'account':
                return <AccountView key={answer.address} account={answer} programs={programs} />;
              case 'nothing':
                return (
                  <Notice tone="info" title={`Nothing exists there at slot ${answer.slot}`}>
                    <Facts
                      facts={answer.tried.map(({ what, address }) => ({
                        label: what,
                        value: <FullAddress address={address} />,
                      }))}
                    />
                  </Notice>
                );
              case 'unrecognised':
                return (
                  <Notice tone="warn" title="This is not something the inspector knows">
                    {answer.reason}
                  </Notice>
                );
            }
          }}
        </QueryGate>
      )}
    </Page>
  );
}
