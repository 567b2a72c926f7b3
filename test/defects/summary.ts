import type { Defect } from './defect.ts';
import { seeded } from './seeded.ts';

const FOLDER = 'src/core/transactions';
const red = (item: string) => `a red item ${item} is flagged wherever it stands among harmless ones`;

/** In what a person is shown: words, amounts, flags, fees. */
export const SUMMARY: readonly Defect[] = [
  ...seeded('summary', `${FOLDER}/summarize.ts`, `${FOLDER}/summarize.test.ts`, [
    [
      'whatever an instruction flags is left out',
      'flags.map((flag) => ({ ...flag, instructionIndex }))',
      "flags.filter(({ level }) => level === 'warn').map((flag) => ({ ...flag, instructionIndex }))",
      'a summary flags authorizer.authorization_create when its authorization is not the address its arguments lead to',
    ],
    [
      'accounts of a lookup table are told from the wrong end',
      'return [...writable, ...readonly][position];',
      'return [...readonly, ...writable][position];',
      'lookup tables are refused, and their accounts shown as what they are',
    ],
    [
      'a name hides whose account it is',
      'isOwn: address !== undefined && own.has(address),',
      'isOwn: address !== undefined && !own.has(address),',
      'a summary says “you”, labels, and what an amount is in SOL',
    ],
  ]),
  ...seeded('summary', `${FOLDER}/outflows.ts`, `${FOLDER}/summarize.test.ts`, [
    [
      'only the last of several payments counts',
      'lamports: total.lamports + lamports,',
      'lamports,',
      'a summary adds up what an own account can lose, the fee included',
    ],
    [
      'what an own key only controls does not count',
      'if (own.has(account) || own.has(authority)) add',
      'if (own.has(account)) add',
      'a summary counts what leaves an account that an own key only controls',
    ],
  ]),
  ...seeded('summary', `${FOLDER}/transaction-flags.ts`, `${FOLDER}/summarize.test.ts`, [
    [
      'a nonce nobody here controls needs no phrase',
      'if (nonceAuthority !== undefined && own.has(nonceAuthority)) return [never];',
      'if (nonceAuthority === undefined || !own.has(nonceAuthority)) return [never];',
      'lifetimes that somebody else controls need a typed phrase',
    ],
    [
      'lookup tables are pointed out and signed',
      "return [{ level: 'refuse', code: 'message/lookup-tables', text }];",
      "return [{ level: 'warn', code: 'message/lookup-tables', text }];",
      'lookup tables are refused, and their accounts shown as what they are',
    ],
  ]),
  ...seeded('summary', `${FOLDER}/transaction-flags.ts`, `${FOLDER}/summarize.test.ts`, [
    [
      'the limit of fees is one lamport too high',
      'total > FEE_REFUSE ?',
      'total > FEE_REFUSE + 1n ?',
      'fees above 0.5 SOL are refused',
    ],
  ]),
  ...seeded('summary', `${FOLDER}/instructions/system.ts`, `${FOLDER}/red-items.test.ts`, [
    [
      'a new account may belong to any program',
      'if ([SYSTEM_PROGRAM, TOKEN_PROGRAM, coordinator, treasurer, authorizer].includes(owner)) return [];',
      'if (![SYSTEM_PROGRAM, TOKEN_PROGRAM, coordinator, treasurer, authorizer].includes(owner)) return [];',
      red('system/foreign-owner #15'),
    ],
    [
      'handing over a nonce account asks for nothing',
      "flags: [typed('nonce/authorize', `${authority} will control the nonce account ${at(0) ?? ''}`.trim())],",
      'flags: [],',
      red('nonce/authorize #19'),
    ],
  ]),
  ...seeded('summary', `${FOLDER}/instructions/token.ts`, `${FOLDER}/red-items.test.ts`, [
    [
      'a token account closed into any account asks for nothing',
      'const isElsewhere = to === undefined || !own.has(to);',
      'const isElsewhere = to === undefined;',
      red('token/close-elsewhere #26'),
    ],
  ]),
  ...seeded('summary', `${FOLDER}/instructions/read-instruction.ts`, `${FOLDER}/red-items.test.ts`, [
    [
      'bytes without a meaning are not pointed out',
      'return { ...reading, flags: [...reading.flags, undecoded] };',
      'return { ...reading, flags: [...reading.flags] };',
      red('instruction/undecoded #4'),
    ],
    [
      'an unknown program may take our signature unsaid',
      'address === undefined || !isSigner || !own.has(address)',
      'address === undefined || isSigner || !own.has(address)',
      red('program/own-writable-signer #1'),
    ],
  ]),
  ...seeded('summary', `${FOLDER}/instructions/read-by-shape.ts`, `${FOLDER}/red-items.test.ts`, [
    [
      'bytes behind the fields of an instruction are ignored',
      'if (fields.remaining() > 0) return',
      'if (fields.remaining() > 64) return',
      red('instruction/undecoded #8'),
    ],
  ]),
  ...seeded('summary', 'src/core/solana/compute-budget.ts', 'src/core/solana/compute-budget.test.ts', [
    [
      'a part of a lamport is not paid',
      '(price ?? 0n) + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS',
      '(price ?? 0n)) / MICRO_LAMPORTS',
      'the fee rounds a part of a lamport up',
    ],
    [
      'signatures that a program checks cost nothing',
      'if (SIGNATURE_PROGRAMS.has(program)) checked += data[0] ?? 0;',
      'if (SIGNATURE_PROGRAMS.has(program)) checked += 0;',
      'the fee counts signatures that a program checks',
    ],
  ]),
  ...seeded('summary', `${FOLDER}/fees.ts`, `${FOLDER}/fees.test.ts`, [
    [
      'a bid goes above the cap of the network',
      'if (going <= highest) return',
      'if (going >= highest) return',
      'the fees of a transaction stay within the cap and within what the payer can spare, and are said to',
    ],
  ]),
];
