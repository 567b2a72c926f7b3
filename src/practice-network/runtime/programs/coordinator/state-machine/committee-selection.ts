import { sha256 } from '@noble/hashes/sha2.js';
import type { Committee, CoordinatorConfig, Round, WitnessProof } from '#core/layouts/generated/coordinator.ts';
import { MAX_WITNESSES } from '#core/layouts/programs.ts';
import { RunRefusal } from './run-refusal.ts';

/** Who does what in one round; everyone can work it out from the round's seed. Source: PROTOCOL §8. */
export type CommitteeSelection = {
  readonly isWitnessProofValid: (proof: WitnessProof) => boolean;
  readonly isCommitteeProofValid: (proof: CommitteeProof) => boolean;
};

/** A claim to sit in a committee. */
export type CommitteeProof = { readonly committee: Committee; readonly position: bigint; readonly index: bigint };

/** @throws RunRefusal 6020 when the round has fewer clients than tasks, or more than everybody would verify */
export function selectCommittees(round: Round, config: CoordinatorConfig): CommitteeSelection {
  const { clients_len: count, tie_breaker_tasks: tieBreakers } = round;
  const { witness_nodes: witnesses, verification_percent: percent } = config;
  if (count < tieBreakers || (witnesses !== 0 && count < witnesses) || percent > 100) {
    throw new RunRefusal('CoordinatorErrorInvalidCommitteeSelection');
  }
  const verifiers = Math.floor(((count - tieBreakers) * percent) / 100);
  const committeeAt = (position: number): Committee => {
    if (position < tieBreakers) return 'TieBreaker';
    return position < tieBreakers + verifiers ? 'Verifier' : 'Trainer';
  };
  const seed = sha256(u64Bytes(round.random_seed));
  return {
    isWitnessProofValid: ({ position, index, witness }) => {
      const actual = shuffledIndex(Number(index), count, saltedKey(seed, 'witness'));
      return position === BigInt(actual) && witness === actual < (witnesses === 0 ? MAX_WITNESSES : witnesses);
    },
    isCommitteeProofValid: ({ position, index, committee }) => {
      const actual = shuffledIndex(Number(index), count, saltedKey(seed, 'committee'));
      return position === BigInt(actual) && committee === committeeAt(actual);
    },
  };
}

function saltedKey(seed: Uint8Array, salt: string): Uint8Array {
  return sha256.create().update(seed).update(new TextEncoder().encode(salt)).digest();
}

/** Source: the swap-or-not shuffle of the Ethereum consensus specification, with its 90 rounds. */
const SHUFFLE_ROUNDS = 90;

/** Where `index` lands among `count` places. */
function shuffledIndex(index: number, count: number, key: Uint8Array): number {
  const size = BigInt(count);
  let current = index;
  for (let round = 0; round < SHUFFLE_ROUNDS; round += 1) {
    const start = sha256.create().update(key).update(Uint8Array.of(round));
    const pivotBytes = start.clone().digest();
    const pivot = Number(new DataView(pivotBytes.buffer, pivotBytes.byteOffset).getBigUint64(0, true) % size);
    const flip = (pivot + count - current) % count;
    const position = Math.max(current, flip);
    const source = start.update(u32Bytes(Math.floor(position / 256))).digest();
    const byte = source[Math.floor((position % 256) / 8)] ?? 0;
    if (((byte >> (position % 8)) & 1) === 1) current = flip;
  }
  return current;
}

function u64Bytes(value: bigint): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, value, true);
  return new Uint8Array(view.buffer);
}

function u32Bytes(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return new Uint8Array(view.buffer);
}
