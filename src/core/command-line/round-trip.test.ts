import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowMany } from '#core/operations/allow-many/allow-many.ts';
import { allowToJoin } from '#core/operations/allow-to-join/allow-to-join.ts';
import { checkpoint } from '#core/operations/checkpoint/checkpoint.ts';
import { claimRewards } from '#core/operations/claim-rewards/claim-rewards.ts';
import { closeAuthorization } from '#core/operations/close-authorization/close-authorization.ts';
import { closeRun } from '#core/operations/close-run/close-run.ts';
import { createRunCommand } from '#core/operations/create-run/create-run-command.ts';
import type { CreateRunInput } from '#core/operations/create-run/input.ts';
import { setAuthorizationActive } from '#core/operations/set-authorization-active/set-authorization-active.ts';
import { setDelegates } from '#core/operations/set-delegates/set-delegates.ts';
import { setPaused } from '#core/operations/set-paused/set-paused.ts';
import { setRates } from '#core/operations/set-rates/set-rates.ts';
import { tickRun } from '#core/operations/tick/tick.ts';
import { topUp } from '#core/operations/top-up/top-up.ts';
import { updateConfiguration } from '#core/operations/update-configuration/update-configuration.ts';
import { treasurerIndexOf } from '#core/layouts/addresses.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import { anyCharacter } from '#test/any-character.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { dropSecrets } from './drop-secrets.ts';
import type { FilledForm } from './filled-form.ts';
import { readCommandLine } from './read-command-line.ts';

const CONTEXT = { signers: { joinAuthority: SYSTEM_PROGRAM } } as never;

/** What the reader makes of the lines an operation writes. */
function readBack(lines: string): readonly (FilledForm | undefined)[] {
  const { commands, secrets } = readCommandLine(lines);
  expect(secrets).toBe(0);
  for (const { notes } of commands) {
    expect(notes.filter(({ kind }) => kind === 'unknown' || kind === 'missing' || kind === 'choice')).toEqual([]);
  }
  return commands.map(({ form }) => form);
}

const pointed = [
  '-1',
  '--',
  "it's",
  '...',
  '$HOME',
  '`id`',
  '[RUN]',
  '<X>',
  '“a”',
  '—x',
  '# no',
  'a\nb',
  'A=1',
  '$(x)',
  '"',
  '\\',
  ' a ',
];
const words = fc
  .oneof(
    fc.string({ unit: anyCharacter, minLength: 1, maxLength: 12 }),
    fc.constantFrom(...pointed),
    fc.string({ minLength: 1, maxLength: 12 }),
  )
  .filter((text) => dropSecrets(text).dropped === 0 && !text.includes('\uE000'));
const addresses: fc.Arbitrary<Address> = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(addressFromBytes);
const amounts = fc.bigInt({ min: 0n, max: 2n ** 53n });
const decimals = fc.integer({ min: 0, max: 9 });
const wholes = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
function checked<T>(property: fc.IProperty<T>): void {
  fc.assert(property, { numRuns: propertyRuns() });
}

function clear(native: bigint, digits: number, per: 'all' | 'client' = 'all') {
  return { kind: 'clear', meaning: { text: formatDecimal(native, digits), unit: 'tokens', per } };
}

describe('what an operation writes fills its own form again', () => {
  test('letting in: anyone, one user, many', () => {
    checked(
      fc.property(fc.array(addresses, { minLength: 1, maxLength: 5 }), (users) => {
        const [first = SYSTEM_PROGRAM] = users;
        const one = (whoMayJoin: Parameters<typeof allowToJoin.command>[0]['whoMayJoin']) =>
          readBack(allowToJoin.command({ kind: 'allow-to-join', whoMayJoin }, {} as never, CONTEXT));
        expect(one({ kind: 'anyone' })).toEqual([{ kind: 'allow-to-join', who: 'anyone' }]);
        expect(one({ kind: 'user', address: first })).toEqual([{ kind: 'allow-to-join', who: 'user', address: first }]);
        const found = { state: 'missing' };
        const facts = { users: users.map((grantee) => ({ authorization: { grantee }, found, label: '' })) };
        const many = allowMany.command({ kind: 'allow-many', users: [] }, facts as never, CONTEXT);
        expect(readBack(many)).toEqual(users.map((address) => ({ kind: 'allow-to-join', who: 'user', address })));
      }),
    );
  });

  test('delegates, one line for each call', () => {
    const calls = fc.array(fc.record({ clear: fc.boolean(), added: fc.array(addresses, { maxLength: 8 }) }), {
      maxLength: 3,
    });
    checked(
      fc.property(addresses, calls, (grantor, made) => {
        const input = { kind: 'set-delegates' as const, grantor, grantee: grantor, delegates: [grantor] };
        const lines = setDelegates.command(input, { calls: made, current: [] } as never, CONTEXT);
        expect(readBack(lines)).toEqual(
          made.map(({ clear: clears, added }) => ({ kind: 'set-delegates', grantor, clears, added })),
        );
      }),
    );
  });

  test('deactivating, which the command line calls deleting', () => {
    checked(
      fc.property(addresses, (grantee) => {
        const input = { kind: 'set-authorization-active' as const, grantee, active: false };
        expect(readBack(setAuthorizationActive.command(input, {} as never, CONTEXT))).toEqual([
          { kind: 'set-authorization-active', who: 'user', address: grantee, active: false },
        ]);
      }),
    );
  });

  test('the acts on a run', () => {
    const facts = { ownership: { kind: 'plain' }, claim: undefined } as never;
    checked(
      fc.property(words, fc.boolean(), addresses, (runId, paused, user) => {
        const pausing = setPaused.command({ kind: 'set-paused', runId, paused }, facts, CONTEXT);
        expect(readBack(pausing)).toEqual([{ kind: 'set-paused', runId, paused }]);
        const closing = closeRun.command({ kind: 'close-run', runId }, facts, CONTEXT);
        expect(readBack(closing)).toEqual([{ kind: 'close-run', runId }]);
        const claiming = claimRewards.command({ kind: 'claim-rewards', runId, user }, facts, CONTEXT);
        expect(readBack(claiming)).toEqual([{ kind: 'claim-rewards', runId }]);
        expect(readBack(tickRun.command({ kind: 'tick', runId }, facts, CONTEXT))).toMatchObject([
          { kind: 'tick', runId },
        ]);
      }),
    );
  });

  test('a configuration with all its parts', () => {
    const part = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const metadata = fc.record({ name: words, description: words, parameters: wholes, vocabulary: wholes });
    checked(
      fc.property(
        words,
        part(metadata),
        part(words),
        part(fc.nat()),
        fc.boolean(),
        (runId, texts, clientVersion, step, hub) => {
          const input = {
            kind: 'update-configuration' as const,
            runId,
            configText: '',
            ...(texts && { metadata: texts }),
            ...(clientVersion !== undefined && { clientVersion }),
            ...(step !== undefined && { restartFromStep: step }),
            ...(hub && { switchToHub: true as const }),
          };
          const lines = updateConfiguration.command(input, { ownership: { kind: 'plain' } } as never, CONTEXT);
          expect(readBack(lines)).toEqual([
            {
              kind: 'update-configuration',
              runId,
              configPath: 'config.toml',
              ...(texts && {
                name: texts.name,
                description: texts.description,
                parameters: texts.parameters.toString(),
                vocabulary: texts.vocabulary.toString(),
              }),
              ...(clientVersion !== undefined && { clientVersion }),
              ...(step !== undefined && { restartFromStep: String(step) }),
              ...(hub && { switchToHub: true }),
            },
          ]);
        },
      ),
    );
  });

  test('rates and top-ups, with the treasurer index where it is needed', () => {
    checked(
      fc.property(words, amounts, amounts, decimals, fc.boolean(), (runId, earning, slashing, digits, isOdd) => {
        const index = isOdd ? 7n : treasurerIndexOf(runId);
        const treasury = { mint: { kind: 'mint', decimals: digits }, value: { index } };
        const input = { kind: 'set-rates' as const, runId, earning, slashing, decimals: digits };
        const lines = setRates.command(input, { treasury } as never, CONTEXT);
        expect(lines.includes('--treasurer-index')).toBe(isOdd);
        expect(readBack(lines)).toMatchObject([
          { kind: 'set-rates', runId, earning: clear(earning, digits), slashing: clear(slashing, digits, 'client') },
        ]);
        const paying = {
          kind: 'top-up' as const,
          runId,
          amount: earning,
          decimals: digits,
          funder: SYSTEM_PROGRAM,
          depositedBefore: 0n,
        };
        expect(readBack(topUp.command(paying, { paid: { treasury } } as never, CONTEXT))).toMatchObject([
          { kind: 'top-up', runId, amount: clear(earning, digits) },
        ]);
      }),
    );
  });

  test('a checkpoint on the Hub', () => {
    checked(
      fc.property(words, words, fc.option(words, { nil: undefined }), (runId, repository, revision) => {
        const hub = { kind: 'hub' as const, repository, ...(revision !== undefined && { revision }) };
        const input = { kind: 'checkpoint' as const, runId, user: SYSTEM_PROGRAM, repository: hub };
        expect(readBack(checkpoint.command(input, {} as never, CONTEXT))).toEqual([
          { kind: 'checkpoint', runId, repository, ...(revision !== undefined && { revision }) },
        ]);
      }),
    );
  });

  test('a run to create: one line for each command it takes', () => {
    checked(
      fc.property(
        words,
        words,
        words,
        addresses,
        amounts,
        fc.boolean(),
        (runId, clientVersion, name, mint, amount, isRewarded) => {
          const input: CreateRunInput = {
            kind: 'create-run',
            runId,
            clientVersion,
            whoMayJoin: { kind: 'anyone' },
            metadata: { name, description: '', parameters: 0n, vocabulary: 1n },
            ...(isRewarded && {
              rewards: {
                mint,
                decimals: 6,
                treasurerIndex: 7n,
                earning: amount,
                topUp: { upTo: amount, funder: mint },
              },
            }),
            start: true,
          };
          const create = { kind: 'create-run', runId, clientVersion, joinAuthority: SYSTEM_PROGRAM };
          expect(readBack(createRunCommand(input, {} as never, CONTEXT))).toMatchObject([
            { kind: 'allow-to-join', who: 'anyone' },
            isRewarded ? { ...create, isRewarded: true, mint, treasurerIndex: '7' } : create,
            { kind: 'update-configuration', runId, name, vocabulary: '1' },
            ...(isRewarded ? [{ kind: 'set-rates', runId, earning: clear(amount, 6) }] : []),
            { kind: 'set-paused', runId, paused: false },
            ...(isRewarded ? [{ kind: 'top-up', runId, amount: clear(amount, 6) }] : []),
          ]);
        },
      ),
    );
  });
});

describe('what the command line cannot do', () => {
  const plainWords = (lines: string) => {
    expect(lines).toMatch(/^# run-manager /);
    expect(readCommandLine(lines).commands).toEqual([]);
  };

  test('is said in words instead of a line', () => {
    plainWords(
      closeAuthorization.command({ kind: 'close-authorization', grantee: SYSTEM_PROGRAM }, {} as never, CONTEXT),
    );
    const bucket = { kind: 'gcs' as const, bucket: 'atlas' };
    const gcs = { kind: 'checkpoint' as const, runId: 'atlas', user: SYSTEM_PROGRAM, repository: bucket };
    plainWords(checkpoint.command(gcs, {} as never, CONTEXT));
    const points = { kind: 'set-rates' as const, runId: 'atlas', earning: 1n };
    plainWords(setRates.command(points, { treasury: undefined } as never, CONTEXT));
  });

  test('is a note above the line when only a part is missing', () => {
    const input: CreateRunInput = {
      kind: 'create-run',
      runId: 'atlas',
      clientVersion: 'latest',
      whoMayJoin: { kind: 'anyone' },
      metadata: { name: '', description: '', parameters: 0n, vocabulary: 0n },
      accountSeed: 'atlas',
      start: false,
    };
    const lines = createRunCommand(input, {} as never, CONTEXT).split('\n');
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'run-manager join-authorization-create',
      '# run-manager',
      'run-manager create-run',
    ]);
  });
});
