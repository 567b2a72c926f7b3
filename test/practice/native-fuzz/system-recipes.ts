import { RECENT_BLOCKHASHES_SYSVAR, RENT_SYSVAR, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { ANYBODY, CAST, seeded } from './fuzz-world.ts';
import { meta, type Recipe, system, text, type World } from './instruction-parts.ts';

function lamportsIn({ random }: World): bigint {
  const exact = rentExemptMinimum(random.pick([0, 80, 82, 165, 355]));
  return random.pick([0n, 1n, exact, exact + 7n, 1_000_000_000n, 60_000_000_000n, (1n << 64n) - 1n]);
}

const freshTokenAccount = (world: World, size: number): Instruction => {
  const to = world.random.pick(size === 165 ? [...CAST.tokenAccounts, ...CAST.empty] : CAST.empty);
  const accounts = [meta(world.random.pick(CAST.wallets), 'sw'), meta(to, 'sw')];
  return system(0, accounts, rentExemptMinimum(size), BigInt(size), TOKEN_PROGRAM);
};

/** One per instruction of the System program; common ones more often. */
export const SYSTEM_RECIPES: readonly Recipe[] = [
  (world) => {
    const size = world.random.pick([0, 80, 82, 165, 355, 10_241]);
    const lamports = world.random.chance(0.7) ? rentExemptMinimum(size) : lamportsIn(world);
    const owner = world.random.pick([SYSTEM_PROGRAM, TOKEN_PROGRAM, TOKEN_PROGRAM]);
    const accounts = [meta(world.random.pick(CAST.wallets), 'sw'), meta(world.random.pick(CAST.empty), 'sw')];
    return system(0, accounts, lamports, BigInt(size), owner);
  },
  (world) => freshTokenAccount(world, 165),
  (world) => freshTokenAccount(world, world.random.pick([82, 355])),
  ({ random }) => system(1, [meta(random.pick(ANYBODY), 'sw')], random.pick([TOKEN_PROGRAM, SYSTEM_PROGRAM])),
  (world) => {
    const to = meta(world.random.pick(ANYBODY), 'w');
    return system(2, [meta(world.random.pick(CAST.wallets), 'sw'), to], lamportsIn(world));
  },
  ({ random }) => {
    const [base, seed, owner] = [
      random.pick(CAST.wallets),
      random.pick(CAST.seeds),
      random.pick([SYSTEM_PROGRAM, TOKEN_PROGRAM]),
    ];
    const accounts = [meta(random.pick(CAST.wallets), 'sw'), meta(seeded(base, seed, owner), 'w'), meta(base, 's')];
    const size = random.pick([0, 80, 165]);
    return system(3, accounts, base, text(seed), rentExemptMinimum(size), BigInt(size), owner);
  },
  ({ random }) => {
    const nonce = random.pick([...CAST.nonces, ...CAST.empty]);
    return system(4, [meta(nonce, 'w'), meta(RECENT_BLOCKHASHES_SYSVAR), meta(random.pick(CAST.wallets), 's')]);
  },
  (world) => {
    const { random, accounts } = world;
    const nonce = random.pick(CAST.nonces);
    const all = accounts.get(nonce)?.lamports ?? 0n;
    const metas = [
      meta(nonce, 'sw'),
      meta(random.pick(CAST.wallets), 'w'),
      meta(RECENT_BLOCKHASHES_SYSVAR),
      meta(RENT_SYSVAR),
    ];
    const amount = random.pick([all, all, 1n, 5_000n, lamportsIn(world)]);
    return system(5, [...metas, ...CAST.wallets.slice(0, 5).map((wallet) => meta(wallet, 's'))], amount);
  },
  ({ random }) => {
    const nonce = random.pick([...CAST.nonces, ...CAST.tokenAccounts]);
    const accounts = [meta(nonce, 'w'), meta(RECENT_BLOCKHASHES_SYSVAR), meta(RENT_SYSVAR)];
    return system(6, accounts, random.pick(CAST.wallets));
  },
  ({ random }) =>
    system(7, [meta(random.pick(CAST.nonces), 'w'), meta(random.pick(CAST.wallets), 's')], random.pick(CAST.wallets)),
  ({ random }) =>
    system(8, [meta(random.pick([...CAST.empty, ...CAST.wallets]), 'sw')], random.pick([0n, 80n, 165n, 10_485_761n])),
  ({ random }) => {
    const [base, seed, owner] = [
      random.pick(CAST.wallets),
      random.pick(CAST.seeds),
      random.pick([SYSTEM_PROGRAM, TOKEN_PROGRAM]),
    ];
    const accounts = [meta(seeded(base, seed, owner), 'w'), meta(base, 's')];
    return system(9, accounts, base, text(seed), random.pick([0n, 165n]), owner);
  },
  ({ random }) => {
    const [base, seed, owner] = [
      random.pick(CAST.wallets),
      random.pick(CAST.seeds),
      random.pick([SYSTEM_PROGRAM, TOKEN_PROGRAM]),
    ];
    return system(10, [meta(seeded(base, seed, owner), 'w'), meta(base, 's')], base, text(seed), owner);
  },
  (world) => {
    const { random } = world;
    const [base, seed] = [random.pick(CAST.wallets), random.pick(CAST.seeds)];
    const from = meta(seeded(base, seed, SYSTEM_PROGRAM), 'w');
    const accounts = [from, meta(base, 's'), meta(random.pick(CAST.wallets), 'w')];
    return system(11, accounts, random.pick([0n, lamportsIn(world)]), text(seed), SYSTEM_PROGRAM);
  },
  ({ random }) => system(12, [meta(random.pick(CAST.nonces), 'w')]),
  (world) => {
    const { random } = world;
    const accounts = [meta(random.pick([...CAST.empty, ...CAST.wallets]), 'sw'), meta(random.pick(CAST.wallets), 'sw')];
    return system(
      13,
      accounts,
      lamportsIn(world),
      random.pick([0n, 165n]),
      random.pick([SYSTEM_PROGRAM, TOKEN_PROGRAM]),
    );
  },
];
