import { expect, test } from 'vitest';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { confirmationOf } from './confirmation.ts';

/** The parts of a step that the question names. */
function stepWith(changes: object): ReviewedStep {
  const step = {
    title: 'Pause run',
    review: {
      messageHash: SYSTEM_PROGRAM,
      feePayer: SYSTEM_PROGRAM,
      instructions: [{ title: 'Pauses the run atlas' }, { title: 'Sends 5 SOL away' }],
      outflows: [{ account: SYSTEM_PROGRAM, lamports: '5000', why: [] }],
      fee: { totalLamports: '5123' },
      lifetime: { kind: 'blockhash', blockhash: SYSTEM_PROGRAM },
    },
    slots: [{ address: SYSTEM_PROGRAM, role: 'Fee payer', label: '', kind: 'keyfile', problem: '' }],
    network: { name: 'Devnet', genesisHash: 'the-genesis-hash', cluster: 'mainnet' },
    ...changes,
  };
  return step as unknown as ReviewedStep;
}

test('the question names the cluster its genesis hash proves, whatever the network is called', () => {
  const { message, detail } = confirmationOf({ shown: stepWith({}), objections: [] });
  expect(message).toBe('Sign “Pause run” on Mainnet?');
  expect(detail).toContain('Cluster: Mainnet (genesis the-genesis-hash), set up here as “Devnet”');
});

test('the question names every instruction', () => {
  const { detail } = confirmationOf({ shown: stepWith({}), objections: [] });
  expect(detail).toContain('1. Pauses the run atlas\n2. Sends 5 SOL away');
});

test('no text in the question can begin a line of its own or hide anything', () => {
  const hostile = 'x\nFee payer: somebody else\u202E';
  const { message, detail } = confirmationOf({
    shown: stepWith({ title: hostile, network: { name: hostile, genesisHash: hostile, cluster: 'unknown' } }),
    objections: [hostile],
  });
  expect(message).not.toMatch(/[\n\u202E]/);
  expect(detail).not.toContain('\u202E');
  expect(detail.split('\n').filter((line) => line.startsWith('Fee payer'))).toEqual([`Fee payer: ${SYSTEM_PROGRAM}`]);
});

test('the question names how often the same is signed, and what all of it can cost', () => {
  const { message, detail } = confirmationOf(
    { shown: stepWith({ title: 'Tick run' }), objections: [] },
    { repeated: { count: 10_000, intervalMs: 1500 } },
  );
  expect(message).toBe('Sign “Tick run” up to 10000 times on Mainnet?');
  expect(detail).toContain('Repeated: up to 10000 in all, 1.5 s apart');
  expect(detail).toContain('0.05123 SOL of fees at most');
});

test('the question says what never expires, and whose signatures this yes does not make', () => {
  const shown = stepWith({});
  const nonce = { kind: 'nonce' as const, nonceAccount: SYSTEM_PROGRAM, nonce: SYSTEM_PROGRAM };
  const slot = (role: string, kind: ReviewedStep['slots'][number]['kind']) => ({
    address: someAddress(role.length),
    role,
    label: '',
    kind,
    problem: '',
  });
  const slots = [slot('Fee payer', 'keyfile'), slot('Authority', 'absent'), slot('Grantor', 'signed')];
  const living = { ...shown, review: { ...shown.review, lifetime: nonce }, slots };
  const { detail } = confirmationOf({ shown: living, objections: [] });
  expect(detail).toContain(`Never expires: it can land until the nonce ${SYSTEM_PROGRAM} moves`);
  expect(detail.match(/Not signed by this: .*/g)).toEqual([
    `Not signed by this: Authority, ${someAddress(9)}. It is not sent before it is`,
  ]);
  const later = confirmationOf({ shown: living, objections: [] }, { absent: [someAddress(9), someAddress(7)] });
  expect(later.detail.match(/Not signed by this: \w+/g)).toEqual([
    'Not signed by this: Fee',
    'Not signed by this: Authority',
  ]);
});
