import { isAppError, AppError } from '#core/errors/app-error.ts';
import { messageOf } from '#core/errors/app-error.ts';
import { account } from './verbs/account.ts';
import { config } from './verbs/config.ts';
import { decode } from './verbs/decode.ts';
import { dumpRunVerb, dumpUserVerb } from './verbs/dump.ts';
import { encode } from './verbs/encode.ts';
import { pda } from './verbs/pda.ts';
import { simulate } from './verbs/simulate.ts';
import { summarizeVerb } from './verbs/summarize.ts';
import { writeJson } from './write-json.ts';

/** Each takes a file and answers with what is printed: text as it is, anything else as JSON. See docs/protocol-command.md. */
const verbs: Readonly<Record<string, (file: string) => unknown>> = {
  encode,
  decode,
  account,
  config,
  pda,
  simulate,
  'dump-run': dumpRunVerb,
  'dump-user': dumpUserVerb,
  summarize: summarizeVerb,
};

process.exitCode = answer(process.argv.slice(2));

function answer([name = '', file = '']: readonly string[]): number {
  try {
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (!verb || file === '') throw new AppError('protocol/usage', { verbs: Object.keys(verbs).join(', ') });
    const result = verb(file);
    print(typeof result === 'string' ? result : writeJson(result));
    return 0;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { happened, remedy } = messageOf(error.code, error.params);
    print(writeJson({ code: error.code, params: error.params, message: `${happened}. ${remedy}.` }));
    return 1;
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
