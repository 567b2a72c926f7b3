import { useMemo, useState } from 'react';
import type { SummaryLine } from '#core/accounts/account-kind.ts';
import { recogniseAccount } from '#core/accounts/recognise.ts';
import type { FieldNode } from '#core/codec/field-node.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { formatCount, formatMoment } from '#renderer/lib/durations.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { type Fact, Facts } from '#renderer/ui/facts.tsx';
import { type ByteRange, HexView } from '#renderer/ui/hex-view.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { FieldTree } from './field-tree.tsx';
import { ancestorsOf, chainAt, hasParts } from './fields.ts';
import classes from './account-view.module.css';

export type LookedAccount = {
  address: Address;
  owner: Address;
  executable: boolean;
  lamports: bigint;
  rentFloor: bigint;
  slot: bigint;
  readAt: number;
  data: Uint8Array;
  runId?: string | undefined;
};

/** An account: what it is in words, its fields as a tree, its bytes. Pointing at either lights the other. */
export function AccountView({ account, programs }: { account: LookedAccount; programs: ProgramIds }) {
  const recognised = useMemo(() => recogniseAccount(account, programs), [account, programs]);
  const [pointed, setPointed] = useState<{ from: 'tree' | 'hex'; range: ByteRange; path: string }>();
  const [target, setTarget] = useState<ByteRange>();
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(recognised.fields));
  const [picked, setPicked] = useState('');

  function pointAt(offset: number | undefined) {
    const field = offset === undefined ? undefined : chainAt(recognised.fields, offset).at(-1);
    setPointed(field && { from: 'hex', range: field, path: field.path });
  }
  function pick(offset: number) {
    const field = chainAt(recognised.fields, offset).at(-1);
    if (!field) return;
    setOpen(new Set([...open, ...ancestorsOf(recognised.fields, offset)]));
    setPicked(field.path);
  }

  return (
    <>
      <Panel title={<Said text={recognised.title} />} aside={<Chip>{recognised.kind}</Chip>}>
        <div className={classes.summary}>
          <Facts facts={[...accountFacts(account), ...summaryFacts(recognised.summary, account.runId)]} />
        </div>
        {recognised.problem && <Failure error={recognised.problem} title="Its bytes are not what its kind promises" />}
      </Panel>
      {account.data.length > 0 && (
        <div className={classes.sides}>
          <Panel
            title="Fields"
            flush
            aside={
              <span className="mono clip">
                {pointed
                  ? `${pointed.path} · ${pointed.range.start}–${pointed.range.end - 1}`
                  : 'point at a field or at bytes'}
              </span>
            }
          >
            {recognised.fields.length === 0 ? (
              <p className="muted" style={{ padding: 16 }}>
                No fields are known for this account. Its bytes are beside.
              </p>
            ) : (
              <FieldTree
                fields={recognised.fields}
                open={open}
                onOpen={setOpen}
                litPath={pointed?.path}
                goTo={picked}
                onPoint={(field) => setPointed(field && { from: 'tree', range: field, path: field.path })}
                onPick={(field) => setTarget({ start: field.start, end: field.end })}
              />
            )}
          </Panel>
          <Panel title="Bytes" flush aside={`${formatCount(account.data.length)} bytes`}>
            <div className={classes.hex}>
              <HexView
                label="Raw bytes"
                bytes={account.data}
                highlight={pointed?.range}
                scrollTo={target}
                onPoint={pointAt}
                onPick={pick}
              />
            </div>
          </Panel>
        </div>
      )}
    </>
  );
}

function accountFacts(account: LookedAccount): readonly Fact[] {
  const spare = account.lamports - account.rentFloor;
  return [
    { label: 'Address', value: <OwnAddress address={account.address} /> },
    { label: 'Owner program', value: <InspectAddress address={account.owner} /> },
    {
      label: 'Balance',
      value: (
        <>
          <Sol lamports={account.lamports} />
          <br />
          <span className="muted small">
            {spare >= 0n ? (
              <>
                the rent floor is <Sol lamports={account.rentFloor} />
              </>
            ) : (
              <>
                below the rent floor of <Sol lamports={account.rentFloor} />
              </>
            )}
          </span>
        </>
      ),
    },
    { label: 'Length', value: `${formatCount(account.data.length)} bytes${account.executable ? ', executable' : ''}` },
    { label: 'Read', value: `at slot ${formatCount(account.slot)}, ${formatMoment(account.readAt)}` },
  ];
}

function summaryFacts(lines: readonly SummaryLine[], runId: string | undefined): readonly Fact[] {
  return [
    ...lines.map(({ label, kind, value }, index) => ({
      key: `${index} ${label}`,
      label,
      value: kind === 'address' ? <InspectAddress address={value} /> : <Said text={value} />,
    })),
    ...(runId === undefined ? [] : [{ label: 'Run page', value: <RunLink runId={runId} /> }]),
  ];
}

function RunLink({ runId }: { runId: string }) {
  const navigation = useNavigation();
  return (
    <button type="button" className="link" onClick={() => navigation.go({ kind: 'run', runId })}>
      Open run <Said text={runId} />
    </button>
  );
}

function OwnAddress({ address }: { address: string }) {
  const label = useLabels().get(address);
  return <FullAddress address={address} label={label} role={label === undefined ? undefined : 'you'} />;
}

function InspectAddress({ address }: { address: string }) {
  const navigation = useNavigation();
  const label = useLabels().get(address);
  return (
    <button
      type="button"
      className="link mono small break"
      onClick={() => navigation.go({ kind: 'inspector', text: address })}
    >
      {address}
      {label !== undefined && ` (${label})`}
    </button>
  );
}

/** Accounts of a few parts show what is in them at once; long lists wait to be opened. */
function openAtFirst(fields: readonly FieldNode[]): ReadonlySet<string> {
  return new Set(
    fields.filter((field) => hasParts(field) && (field.children?.length ?? 0) <= 12).map(({ path }) => path),
  );
}
