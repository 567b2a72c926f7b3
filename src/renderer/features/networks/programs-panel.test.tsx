// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { ShownBuild } from '#core/programs-deployed/program-notice.ts';
import { ProgramMark } from '#renderer/lib/program-notices.tsx';
import { openScreen } from '#test/builders/open-screen.tsx';
import { NetworksScreen } from './networks-screen.tsx';

afterEach(cleanup);

const REAL = { network: 'mainnet', door: 'network' } as const;
const program = async (name: string) => within(await screen.findByRole('listitem', { name: `Program ${name}` }));
const textOf = async (name: string) => (await screen.findByRole('listitem', { name: `Program ${name}` })).textContent;

describe('the deployed programs under Networks', () => {
  test('are each shown with address, hash in groups of four, authority and slot', async () => {
    openScreen(<NetworksScreen />, { ...REAL, programs: 'first-seen' });
    const text = await textOf('coordinator');
    expect(text.replaceAll(' ', '')).toContain(DEFAULT_PROGRAM_IDS.coordinator);
    expect(text).toMatch(/([0-9a-f]{4} ){15}[0-9a-f]{4}/);
    expect(text).toContain('in slot 346\u202F218\u202F904');
    expect(text).toContain('first seen, not compared');
    for (const name of ['treasurer', 'authorizer']) expect(await textOf(name)).toContain('first seen');
  });

  test('that changed or are missing say so, with what was there before', async () => {
    openScreen(<NetworksScreen />, { ...REAL, programs: 'changed' });
    const changed = await textOf('coordinator');
    expect(changed).toContain('changed in slot 371\u202F902\u202F115');
    expect(changed).toContain('was not seen here before');
    expect(changed.match(/([0-9a-f]{4} ){15}[0-9a-f]{4}/g)).toHaveLength(2);
    expect(await textOf('treasurer')).toContain('missing');
    expect((await program('treasurer')).queryByRole('button', { name: /I know this build/ })).toBeNull();
    expect(await textOf('authorizer')).toContain('unchanged since');
  });

  test('are accepted exactly as they were shown', async () => {
    const asked: ShownBuild[] = [];
    openScreen(<NetworksScreen />, {
      ...REAL,
      programs: 'changed',
      change: (client) => ({
        ...client,
        networks: {
          ...client.networks,
          acceptProgram(shown) {
            asked.push(shown);
            return client.networks.acceptProgram(shown);
          },
        },
      }),
    });
    const coordinator = await program('coordinator');
    fireEvent.click(coordinator.getByRole('button', { name: 'I know this build of the coordinator program' }));
    await coordinator.findByText(/the build you know/);
    expect(asked).toMatchObject([{ program: DEFAULT_PROGRAM_IDS.coordinator, build: { deploySlot: 371_902_115n } }]);
  });

  test('say why a build was not accepted', async () => {
    openScreen(<NetworksScreen />, {
      ...REAL,
      programs: 'changed',
      change: (client) => ({
        ...client,
        networks: {
          ...client.networks,
          acceptProgram: ({ program: of }) => Promise.reject(new AppError('program/other-build', { program: of })),
        },
      }),
    });
    const coordinator = await program('coordinator');
    fireEvent.click(coordinator.getByRole('button', { name: /I know this build/ }));
    await screen.findByText('The build was not accepted');
  });

  test('of the practice network are called emulated, and nothing is asked about them', async () => {
    openScreen(<NetworksScreen />);
    expect(await textOf('coordinator')).toContain('emulated by this app’s practice network');
    expect(screen.queryByRole('button', { name: /I know this build/ })).toBeNull();
  });

  test('wait for a network, and say when they could not be read', async () => {
    openScreen(<NetworksScreen />, { door: 'offline' });
    await screen.findByText('They are read as soon as a network answers.');
    cleanup();
    openScreen(<NetworksScreen />, { ...REAL, state: 'failing', only: ['networks.programs'] });
    await screen.findByText('The programs could not be read');
  });
});

describe('the mark where programs are read', () => {
  test('names what changed or is missing and leads to the programs', async () => {
    const { went } = openScreen(<ProgramMark />, { ...REAL, programs: 'changed' });
    const mark = await screen.findByRole('alert');
    expect(mark.textContent).toContain('The coordinator program was replaced in slot 371902115');
    expect(mark.textContent).toContain('There is no treasurer program');
    fireEvent.click(screen.getByRole('button', { name: 'Look at the programs' }));
    await waitFor(() => expect(went).toContainEqual({ kind: 'networks' }));
  });

  test('is not there while all is as it was', async () => {
    openScreen(
      <>
        <NetworksScreen />
        <ProgramMark />
      </>,
      REAL,
    );
    await textOf('coordinator');
    expect(screen.queryByText('What is shown here may mean something else')).toBeNull();
  });
});
