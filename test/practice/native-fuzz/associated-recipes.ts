import {
  ASSOCIATED_TOKEN_PROGRAM,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '#core/solana/program-ids.ts';
import { associated, CAST, NATIVE_MINT, NESTED } from './fuzz-world.ts';
import { meta, pack, type Recipe, type World } from './instruction-parts.ts';

/** One per instruction of the Associated Token Account and Memo programs. */
export const ASSOCIATED_RECIPES: readonly Recipe[] = [
  ...[0, 1, 1].map((kind) => ({ random }: World) => {
    const [wallet, mint] = [random.pick(CAST.wallets), random.pick([...CAST.mints, NATIVE_MINT])];
    const accounts = [
      meta(random.pick(CAST.wallets), 'sw'),
      meta(associated(wallet, mint), 'w'),
      meta(wallet),
      meta(mint),
    ];
    const programs = [meta(SYSTEM_PROGRAM), meta(TOKEN_PROGRAM)];
    return {
      programId: ASSOCIATED_TOKEN_PROGRAM,
      accounts: [...accounts, ...programs],
      data: pack(...(kind === 0 && random.chance(0.5) ? [] : [kind])),
    };
  }),
  ({ random }) => {
    const { wallet, ownerMint, nestedMint } = random.chance(0.7)
      ? NESTED
      : { wallet: random.pick(CAST.wallets), ownerMint: random.pick(CAST.mints), nestedMint: random.pick(CAST.mints) };
    const ownerAccount = associated(wallet, ownerMint);
    const nested = associated(ownerAccount, nestedMint);
    const accounts = [
      meta(nested, 'w'),
      meta(nestedMint),
      meta(associated(wallet, nestedMint), 'w'),
      meta(ownerAccount),
    ];
    const rest = [meta(ownerMint), meta(wallet, 'sw'), meta(TOKEN_PROGRAM)];
    return { programId: ASSOCIATED_TOKEN_PROGRAM, accounts: [...accounts, ...rest], data: pack(2) };
  },
  ({ random }) => {
    const [wallet, ownerMint, nestedMint] = [
      random.pick(CAST.wallets),
      random.pick(CAST.mints),
      random.pick(CAST.mints),
    ];
    const owner = associated(wallet, ownerMint);
    const accounts = [
      meta(random.pick(CAST.wallets), 'sw'),
      meta(associated(owner, nestedMint), 'w'),
      meta(owner),
      meta(nestedMint),
    ];
    const programs = [meta(SYSTEM_PROGRAM), meta(TOKEN_PROGRAM)];
    return { programId: ASSOCIATED_TOKEN_PROGRAM, accounts: [...accounts, ...programs], data: pack(1) };
  },
  ({ random }) => {
    const signers = Array.from({ length: random.below(3) }, () =>
      meta(random.pick(CAST.wallets), random.chance(0.9) ? 's' : ''),
    );
    const words = random.chance(0.8) ? new TextEncoder().encode('memo ✓') : Uint8Array.of(0xff, random.byte());
    return { programId: random.pick([MEMO_PROGRAM, MEMO_V1_PROGRAM]), accounts: signers, data: words };
  },
];
