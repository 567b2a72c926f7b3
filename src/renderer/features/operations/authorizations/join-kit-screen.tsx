import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { JoinKit, JoinKitQuestion } from '#core/authorizations/authorization-view.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useJoinKit } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { Split } from '#renderer/ui/split.tsx';
import { type ByWhich, ByWhichField, byWhichOf, granteeOf } from './by-which-field.tsx';
import { type ListedUser, parseUsers } from '#core/authorizations/parse-users.ts';
import { NO_USERS, UsersField, type UsersText } from './users-field.tsx';

const TITLE = 'Join kit';

/** Milliseconds without typing before the kit is written anew. */
const REST_MS = 300;

/** Where a keyfile lies when nobody says otherwise: beside the settings. */
const KEYFILE = './keypair.json';

type Typed = {
  readonly runId: string;
  readonly users: UsersText;
  /** Address of the user whose kit is shown; empty: the first. */
  readonly chosen: string;
  readonly by: ByWhich;
  readonly keyfilePath: string;
};

/** What a user needs to join a run, to be copied and sent: settings, and the line that checks them. */
export function JoinKitScreen({ runId, grantee }: { runId: string; grantee: string }) {
  const navigation = useNavigation();
  const labels = useLabels();
  const user = grantee === SYSTEM_PROGRAM ? '' : grantee;
  const [typed, setTyped] = useState<Typed>(() => ({
    runId,
    users: { ...NO_USERS, text: user },
    chosen: '',
    by: byWhichOf(grantee, user),
    keyfilePath: KEYFILE,
  }));
  // The URL that may hold a key was asked for this network and this time only: a new visit asks again.
  const [includeUrl, setIncludeUrl] = useState(false);
  const settled = useSettled(typed, REST_MS);
  const users = useMemo(() => parseUsers(typed.users.text, labels), [typed.users.text, labels]);
  const shown = users.users.find(({ address }) => address === typed.chosen) ?? users.users[0];
  const question = shown && questionOf(settled, shown, includeUrl);
  const kit = useJoinKit(question);
  return (
    <Page
      title={TITLE}
      lead="What a user needs to join: copy it and send it. It holds no wallet key; the user puts its own keyfile beside it."
      width="form"
      actions={
        <Button variant="default" onClick={() => navigation.go({ kind: 'can-join', runId: typed.runId.trim() })}>
          Can it join?
        </Button>
      }
    >
      <Split
        main={
          <form className="stack-wide" onSubmit={(event) => event.preventDefault()}>
            <Panel title="For whom">
              <div className="stack">
                <TextInput
                  label="Run id"
                  value={typed.runId}
                  onChange={(event) => setTyped({ ...typed, runId: event.currentTarget.value })}
                  classNames={{ input: 'mono' }}
                />
                <UsersField
                  label="Users"
                  value={typed.users}
                  onChange={(list) => setTyped({ ...typed, users: list })}
                  reading={users}
                />
                <ByWhichField value={typed.by} onChange={(by) => setTyped({ ...typed, by })} />
                <TextInput
                  label="Path of the keyfile"
                  description="On the user’s machine. Only the path is written, never the key"
                  value={typed.keyfilePath}
                  onChange={(event) => setTyped({ ...typed, keyfilePath: event.currentTarget.value })}
                  classNames={{ input: 'mono' }}
                />
              </div>
            </Panel>
          </form>
        }
        side={
          <>
            {users.users.length > 1 && shown && (
              <Select
                label="Kit of"
                data={users.users.map(optionOf)}
                value={shown.address}
                onChange={(chosen) => setTyped({ ...typed, chosen: chosen ?? '' })}
                searchable={users.users.length > 8}
              />
            )}
            {question === undefined ? (
              <Panel title="Kit">
                <p className="muted">{waitingWords(typed, shown)}</p>
              </Panel>
            ) : (
              <QueryGate
                query={kit}
                failed="The kit could not be written"
                skeleton={
                  <Panel title="Kit">
                    <SkeletonLines lines={6} label="Writing the kit" />
                  </Panel>
                }
              >
                {(written) => <Kit kit={written} includesUrl={includeUrl} onIncludeUrl={setIncludeUrl} />}
              </QueryGate>
            )}
          </>
        }
      />
    </Page>
  );
}

function Kit({
  kit: { env, canJoinLine, urlLeftOut },
  includesUrl,
  onIncludeUrl,
}: {
  kit: JoinKit;
  includesUrl: boolean;
  onIncludeUrl: (include: boolean) => void;
}) {
  return (
    <>
      <Panel title="Settings (.env)">
        <RawText text={env} label="Settings" wrap />
      </Panel>
      {urlLeftOut && <UrlQuestion onInclude={() => onIncludeUrl(true)} />}
      {includesUrl && (
        <Notice
          tone="warn"
          title="The settings hold the whole URL of this network"
          actions={
            <Button size="xs" variant="default" onClick={() => onIncludeUrl(false)}>
              Leave it out again
            </Button>
          }
        >
          Whoever has them can use the provider’s key in it, at your cost.
        </Notice>
      )}
      <Panel title="Check before joining">
        <div className="stack">
          <p className="muted small">The user runs this; it says why it could not join.</p>
          <RawText text={canJoinLine} label="Command line" wrap />
        </div>
      </Panel>
    </>
  );
}

/** A URL with a key in it is written only after a person said so, in two steps. */
function UrlQuestion({ onInclude }: { onInclude: () => void }) {
  const [isSure, setIsSure] = useState(false);
  return (
    <Notice
      tone="info"
      title="The URL of this network is left out"
      actions={
        isSure && (
          <Button size="xs" onClick={onInclude}>
            Write the whole URL
          </Button>
        )
      }
    >
      <div className="stack">
        <p>
          It holds more than a host, such as a provider’s key. The user can put a URL of its own in the place that is
          marked.
        </p>
        <Checkbox
          label="I want to share it: whoever has the kit can use that key"
          checked={isSure}
          onChange={(event) => setIsSure(event.currentTarget.checked)}
        />
      </div>
    </Notice>
  );
}

function questionOf(
  { runId, by, keyfilePath }: Typed,
  user: ListedUser,
  includeUrl: boolean,
): JoinKitQuestion | undefined {
  const authorizer = granteeOf(by, user.address);
  if (runId.trim() === '' || keyfilePath.trim() === '' || authorizer === undefined) return undefined;
  return { runId: runId.trim(), user: user.address, authorizer, keyfilePath: keyfilePath.trim(), includeUrl };
}

function waitingWords({ runId, keyfilePath, by }: Typed, shown: ListedUser | undefined): string {
  if (runId.trim() === '') return 'Type the run id';
  if (!shown) return 'Type the address of a user, or open a file with many';
  if (keyfilePath.trim() === '') return 'Type the path of the keyfile';
  return by.kind === 'other' ? 'Type the address of the user that named it a delegate' : 'Writing it in a moment';
}

function optionOf({ address, label }: ListedUser): { value: string; label: string } {
  const short = `${address.slice(0, 4)}…${address.slice(-5)}`;
  return { value: address, label: label === '' ? short : `${label} · ${short}` };
}
