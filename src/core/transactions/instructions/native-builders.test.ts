import * as spl from '@solana/spl-token';
import { ComputeBudgetProgram, PublicKey, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import { parseAddress } from '#core/solana/address.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { encodeMessage } from '#core/solana/message.ts';
import { someAddress, someMessage } from '#test/builders/message-builder.ts';
import { summarize } from '../summarize.ts';

const key = (fill: number) => new PublicKey(someAddress(fill));
const [me, a, b, c, d] = [key(1), key(11), key(12), key(13), key(14)];
const seeded = { basePubkey: me, seed: 'save' };

/** What the builders of web3.js and spl-token make, with the title it must get here. */
const BUILT: [name: string, title: RegExp, instruction: TransactionInstruction][] = [
  [
    'CreateAccount',
    /^Lock 0\.83024448 SOL/,
    SystemProgram.createAccount({
      fromPubkey: me,
      newAccountPubkey: a,
      lamports: 830244480,
      space: 119160,
      programId: d,
    }),
  ],
  [
    'CreateAccount',
    /^Create the account/,
    SystemProgram.createAccount({ fromPubkey: me, newAccountPubkey: a, lamports: 5, space: 0, programId: d }),
  ],
  ['Assign', /^Hand/, SystemProgram.assign({ accountPubkey: a, programId: d })],
  ['Transfer', /^Send 0\.000000005 SOL/, SystemProgram.transfer({ fromPubkey: me, toPubkey: a, lamports: 5 })],
  [
    'CreateAccountWithSeed',
    /^Lock/,
    SystemProgram.createAccountWithSeed({
      ...seeded,
      fromPubkey: me,
      newAccountPubkey: a,
      lamports: 5,
      space: 9,
      programId: d,
    }),
  ],
  ['AdvanceNonceAccount', /^Use up/, SystemProgram.nonceAdvance({ noncePubkey: a, authorizedPubkey: me })],
  [
    'WithdrawNonceAccount',
    /^Take/,
    SystemProgram.nonceWithdraw({ noncePubkey: a, authorizedPubkey: me, toPubkey: b, lamports: 7 }),
  ],
  [
    'InitializeNonceAccount',
    /nonce account of/,
    SystemProgram.nonceInitialize({ noncePubkey: a, authorizedPubkey: me }),
  ],
  [
    'AuthorizeNonceAccount',
    /^Hand/,
    SystemProgram.nonceAuthorize({ noncePubkey: a, authorizedPubkey: me, newAuthorizedPubkey: b }),
  ],
  ['Allocate', /10 bytes/, SystemProgram.allocate({ accountPubkey: a, space: 10 })],
  ['AllocateWithSeed', /10 bytes/, SystemProgram.allocate({ ...seeded, accountPubkey: a, space: 10, programId: d })],
  ['AssignWithSeed', /^Hand/, SystemProgram.assign({ ...seeded, accountPubkey: a, programId: d })],
  [
    'TransferWithSeed',
    /^Send/,
    SystemProgram.transfer({ fromPubkey: a, basePubkey: me, toPubkey: b, lamports: 7n, seed: 'save', programId: d }),
  ],
  ['SetComputeUnitLimit', /9 compute units/, ComputeBudgetProgram.setComputeUnitLimit({ units: 9 })],
  ['SetComputeUnitPrice', /^Bid 9/, ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 9 })],
  ['RequestHeapFrame', /32768 bytes/, ComputeBudgetProgram.requestHeapFrame({ bytes: 32768 })],
  ['InitializeMint', /6 decimals/, spl.createInitializeMintInstruction(a, 6, b, c)],
  ['InitializeMint2', /6 decimals/, spl.createInitializeMint2Instruction(a, 6, b, null)],
  ['InitializeAccount', /^Open/, spl.createInitializeAccountInstruction(a, b, c)],
  ['InitializeAccount2', /^Open/, spl.createInitializeAccount2Instruction(a, b, c)],
  ['InitializeAccount3', /^Open/, spl.createInitializeAccount3Instruction(a, b, c)],
  ['InitializeMultisig', /2 members/, spl.createInitializeMultisigInstruction(a, [b, c, d], 2)],
  ['Transfer', /^Send 5 native/, spl.createTransferInstruction(a, b, me, 5)],
  ['TransferChecked', /^Send 0\.005 tokens/, spl.createTransferCheckedInstruction(a, b, c, me, 5, 3)],
  ['TransferChecked', /^Send/, spl.createTransferCheckedInstruction(a, b, c, d, 5, 3, [me, key(20)])],
  ['Approve', /^Let/, spl.createApproveInstruction(a, b, me, 5)],
  ['ApproveChecked', /^Let/, spl.createApproveCheckedInstruction(a, b, c, me, 5, 2)],
  ['Revoke', /^Withdraw/, spl.createRevokeInstruction(a, me)],
  ['SetAuthority', /minting tokens/, spl.createSetAuthorityInstruction(a, me, spl.AuthorityType.MintTokens, b)],
  ['SetAuthority', /to nobody/, spl.createSetAuthorityInstruction(a, me, spl.AuthorityType.CloseAccount, null)],
  ['MintTo', /^Mint/, spl.createMintToInstruction(a, b, me, 5)],
  ['MintToChecked', /^Mint/, spl.createMintToCheckedInstruction(a, b, me, 5, 1)],
  ['Burn', /^Destroy/, spl.createBurnInstruction(a, b, me, 5)],
  ['BurnChecked', /^Destroy/, spl.createBurnCheckedInstruction(a, b, me, 5, 1)],
  ['CloseAccount', /^Close/, spl.createCloseAccountInstruction(a, b, me)],
  ['FreezeAccount', /^Freeze/, spl.createFreezeAccountInstruction(a, b, me)],
  ['ThawAccount', /^Unfreeze/, spl.createThawAccountInstruction(a, b, me)],
  ['SyncNative', /SOL in/, spl.createSyncNativeInstruction(a)],
  ['InitializeImmutableOwner', /^Fix/, spl.createInitializeImmutableOwnerInstruction(a, spl.TOKEN_PROGRAM_ID)],
  ['AmountToUiAmount', /5 native/, spl.createAmountToUiAmountInstruction(a, 5)],
  ['UiAmountToAmount', /“1\.5”/, spl.createUiAmountToAmountInstruction(a, '1.5')],
  ['Create', /^Open/, spl.createAssociatedTokenAccountInstruction(me, ata(a, b), a, b)],
  ['CreateIdempotent', /if it is missing$/, spl.createAssociatedTokenAccountIdempotentInstruction(me, ata(a, b), a, b)],
  ['RecoverNested', /^Move all/, spl.createRecoverNestedInstruction(c, b, ata(me, b), ata(me, a), a, me)],
];

function ata(owner: PublicKey, mint: PublicKey): PublicKey {
  const { address } = associatedTokenAddress(parseAddress(owner.toBase58()), parseAddress(mint.toBase58()));
  return new PublicKey(address);
}

describe('what web3.js and spl-token build', () => {
  test.each(BUILT)('%s is understood to the last byte and account', (name, title, instruction) => {
    const bytes = someMessage({ instructions: [instruction] });
    expect(encodeMessage(passCanonicalGate(bytes))).toEqual(bytes);
    const made = summarize(bytes, { own: [someAddress(1)] });
    expect(made.instructions).toMatchObject([{ name, isUnderstood: true, title: expect.stringMatching(title) }]);
    expect(made.flags.map(({ code }) => code).filter((code) => /^(accounts|instruction|program)\//.test(code))).toEqual(
      [],
    );
  });

  test('a token account that is not the derived one is flagged', () => {
    const wrong = spl.createAssociatedTokenAccountInstruction(me, d, a, b);
    const { flags } = summarize(someMessage({ instructions: [wrong] }), { own: [someAddress(1)] });
    expect(flags).toContainEqual(expect.objectContaining({ level: 'typed', code: 'accounts/derived-mismatch' }));
  });
});
