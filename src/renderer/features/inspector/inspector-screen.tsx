import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DROPPED, dropSecrets } from '#core/command-line/drop-secrets.ts';
import { looksLikeCommand } from '#core/command-line/looks-like-command.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useLook } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useProgramIds } from '#renderer/lib/use-program-ids.ts';
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
  /** How many keys were taken out of a pasted command. */
  const [secrets, setSecrets] = useState(0);
  const look = useLook(text);
  const programs = useProgramIds();
  const command = looksLikeCommand(typed) ? typed : undefined;
  const isTransaction = looksLikeTransaction(typed);
  function type(next: string) {
    const { text: kept, dropped } = dropSecrets(next);
    const safe = kept.replaceAll(DROPPED, '[dropped]');
    const isCommand = looksLikeCommand(safe);
    setTyped(isCommand ? safe : next);
    setSecrets(isCommand ? secrets + dropped : 0);
  }
  /** A pasted command, read as such; a field of one line has lost the ends of its lines and kept the marks that continued them. */
  function openCommand(line: string) {
    navigation.go({ kind: 'paste-command', text: line.replaceAll(/\\\s+/g, ' '), secrets });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (command !== undefined) openCommand(command);
    else if (isTransaction) navigation.go({ kind: 'open-transaction', text: typed.trim() });
    else if (typed.trim() === text) void look.refetch();
    else navigation.go({ kind: 'inspector', text: typed.trim() });
  }
  return (
    <Page title="Inspector">
      <form className="row" onSubmit={submit}>
        <TextInput
          aria-label="Address or run id"
          placeholder="Paste an address or a run id"
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          classNames={{ input: 'mono' }}
          style={{ flex: 1, maxWidth: 640 }}
        />
        <Button type="submit">{buttonLabel(command !== undefined, isTransaction)}</Button>
      </form>
      {command !== undefined && (
        <Notice tone="info" title="This is a command, not an address">
          It is read, never run: “Open as a command” leads to the form that does the same, filled in as far as it says.
        </Notice>
      )}
      {isTransaction && (
        <Notice tone="info" title="This is a transaction, not an address">
          “Open as a transaction” shows what it does, and adds its signatures if it waits for them here.
        </Notice>
      )}
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

/** Characters of base64 that no address, key or run id reaches: a transaction has at least one signature and a message. */
const TRANSACTION_CHARACTERS = 150;

function looksLikeTransaction(text: string): boolean {
  const packed = text.replace(/\s+/g, '');
  return packed.length >= TRANSACTION_CHARACTERS && /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
}

function buttonLabel(isCommand: boolean, isTransaction: boolean): string {
  if (isCommand) return 'Open as a command';
  return isTransaction ? 'Open as a transaction' : 'Look';
}
