import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { NetworkProfile } from '#core/networks/profile.ts';
import { whyNotFurther } from '#core/networks/profile-urls.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { FeeFields } from './fee-fields.tsx';
import { FurtherUrls } from './further-urls.tsx';
import { derivedWebSocketUrl, isPlainHttp } from './web-socket-url.ts';
import { TestReport } from './test-report.tsx';

const PROGRAMS = [
  { name: 'coordinator', label: 'Coordinator program' },
  { name: 'treasurer', label: 'Treasurer program' },
  { name: 'authorizer', label: 'Authorizer program' },
] as const;

/** A network profile as typed. Testing it changes nothing; saving does. */
export function ProfileForm({
  profile,
  isNew,
  onClose,
}: {
  profile: NetworkProfile;
  isNew: boolean;
  onClose: () => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const [form, setForm] = useState<Record<keyof NetworkProfile['programs'], string> & Omit<NetworkProfile, 'programs'>>(
    { ...profile, ...profile.programs },
  );
  const { coordinator, treasurer, authorizer, moreRpcUrls = [], ...rest } = form;
  const further = moreRpcUrls.filter((url) => url !== '');
  const parsed = NetworkProfile.safeParse({
    ...rest,
    ...(further.length > 0 && { moreRpcUrls: further }),
    programs: { coordinator, treasurer, authorizer },
  });
  const isFurtherWrong = further.some((_, index) => whyNotFurther({ ...rest, moreRpcUrls: further }, index) !== '');
  const wrong = new Set(parsed.error?.issues.map(({ path }) => path.join('.')));
  const reason =
    form.name.trim() === ''
      ? 'Give it a name'
      : form.rpcUrl.trim() === ''
        ? 'Type its RPC URL'
        : parsed.success && !isFurtherWrong
          ? ''
          : 'Put the marked fields right';
  const after = { onSettled: () => refresh(queries, 'networks', 'connection') };
  const save = useMutation({
    mutationFn: (value: NetworkProfile) => client.networks.save(value),
    ...after,
    onSuccess: onClose,
  });
  const remove = useMutation({
    mutationFn: () => client.networks.remove({ id: profile.id }),
    ...after,
    onSuccess: onClose,
  });
  const test = useMutation({ mutationFn: (value: NetworkProfile) => client.networks.test(value) });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason === '' && parsed.success) save.mutate(parsed.data);
  }
  const derived = derivedWebSocketUrl(form.rpcUrl);
  return (
    <Panel title={isNew ? 'New network' : `Edit ${profile.name}`}>
      <form className="stack" onSubmit={submit}>
        <TextInput
          label="Name"
          maxLength={64}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
        />
        <TextInput
          label="RPC URL"
          placeholder="https://"
          value={form.rpcUrl}
          onChange={(event) => setForm({ ...form, rpcUrl: event.currentTarget.value.trim() })}
          classNames={{ input: 'mono' }}
        />
        <FurtherUrls urls={{ ...rest, moreRpcUrls }} onChange={(change) => setForm({ ...form, ...change })} />
        <TextInput
          label="WebSocket URL"
          placeholder={derived || 'wss://'}
          description={
            form.webSocketUrl === '' && derived !== ''
              ? `Empty: ${derived} is used`
              : 'Leave it empty to derive it from the RPC URL'
          }
          value={form.webSocketUrl}
          onChange={(event) => setForm({ ...form, webSocketUrl: event.currentTarget.value.trim() })}
          classNames={{ input: 'mono' }}
        />
        {[form.rpcUrl, ...moreRpcUrls].some(isPlainHttp) && (
          <Checkbox
            label="Accept an unencrypted connection"
            description="Plain http is taken for this machine itself, and for private addresses once you accept it here"
            checked={form.allowUnencrypted}
            onChange={(event) => setForm({ ...form, allowUnencrypted: event.currentTarget.checked })}
          />
        )}
        <div className="columns-2">
          <Select
            label="Commitment"
            data={['processed', 'confirmed', 'finalized']}
            value={form.commitment}
            onChange={(value) =>
              setForm({ ...form, commitment: NetworkProfile.shape.commitment.catch('confirmed').parse(value) })
            }
          />
          <Select
            label="Cluster it promises"
            data={[
              { value: 'any', label: 'Any' },
              { value: 'mainnet', label: 'Mainnet' },
              { value: 'testnet', label: 'Testnet' },
              { value: 'devnet', label: 'Devnet' },
            ]}
            value={form.expected}
            onChange={(value) =>
              setForm({ ...form, expected: NetworkProfile.shape.expected.catch('any').parse(value) })
            }
          />
        </div>
        <FeeFields
          fees={form.fees}
          onChange={(fees) => setForm((now) => ({ ...now, fees }))}
          isWrong={(field) => wrong.has(`fees.${field}`)}
        />
        <Fold title="Program ids" open={PROGRAMS.some(({ name }) => wrong.has(`programs.${name}`))}>
          <div className="stack">
            {PROGRAMS.map(({ name, label }) => (
              <TextInput
                key={name}
                label={label}
                value={form[name]}
                onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value.trim() })}
                error={wrong.has(`programs.${name}`) ? 'This is not an address' : undefined}
                classNames={{ input: 'mono' }}
              />
            ))}
          </div>
        </Fold>
        {test.data && <TestReport test={test.data} />}
        {(save.error ?? remove.error ?? test.error) && <Failure error={save.error ?? remove.error ?? test.error} />}
        <div className="row">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="default"
            loading={test.isPending}
            disabled={!parsed.success}
            title={parsed.success ? undefined : reason}
            onClick={() => parsed.success && test.mutate(parsed.data)}
          >
            Test
          </Button>
          {!isNew && (
            <Button variant="subtle" color="danger" loading={remove.isPending} onClick={() => remove.mutate()}>
              Remove
            </Button>
          )}
          <ActionButton type="submit" reason={reason} loading={save.isPending}>
            Save network
          </ActionButton>
        </div>
      </form>
    </Panel>
  );
}
