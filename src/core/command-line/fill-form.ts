import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { amountOf } from './amount-meanings.ts';
import type { CommandSpec, ProgramName } from './command-specs.ts';
import type { FilledAmount, FilledForm } from './filled-form.ts';
import type { CommandNote, ReadCommand } from './read-command.ts';
import type { GivenFlag, GivenFlags } from './read-flags.ts';
import { originOf, shown, type Word } from './words.ts';

/** Longest text of a value that is shown; descriptions have 280 bytes. */
const SHOWN_VALUE = 300;

/** What was given → the form it fills, what was understood, and what to know about it. */
export function fillForm(
  spec: CommandSpec,
  { flags, notes: given }: GivenFlags,
  program: ProgramName | 'script' | undefined,
): Pick<ReadCommand, 'form' | 'understood' | 'notes'> {
  const notes: CommandNote[] = [...given];
  const understood: { label: string; text: string }[] = [];
  for (const flag of flags.values()) describe(flag, understood, notes);
  for (const flag of spec.flags) {
    if (flag.isRequired && !flags.has(flag.flag)) notes.push(missing(spec, flag.flag));
  }
  return { form: formOf(), understood, notes };

  /** A value that was given in full; placeholders and dropped secrets are none. */
  function text(flag: string): string | undefined {
    const [word] = flags.get(flag)?.words ?? [];
    return word && isValue(word) ? word.text : undefined;
  }

  function isOn(flag: string): boolean {
    const found = flags.get(flag);
    return found !== undefined && found.words.length === 0;
  }

  /** Only the members that were given. */
  function texts<K extends string>(members: Readonly<Record<K, string>>): Partial<Record<K, string>> {
    const found: Partial<Record<K, string>> = {};
    for (const member of Object.keys(members) as K[]) {
      const value = text(members[member]);
      if (value !== undefined) found[member] = value;
    }
    return found;
  }

  function amount(flag: string, label: string): FilledAmount | undefined {
    const found = flags.get(flag);
    const written = text(flag);
    if (!found || written === undefined) return undefined;
    const filled = amountOf({ text: written, flag: found.written, program });
    if (!filled) {
      notes.push({ kind: 'fill-in', text: `${label} is no plain decimal number: type it into the form` });
    } else if (filled.kind === 'two-meanings') {
      notes.push({ kind: 'choice', text: `${label} has had two meanings: choose one in the form` });
    }
    return filled;
  }

  function who(): { who: 'anyone' | 'user'; address?: string } {
    const address = text('authorizer');
    if (address === SYSTEM_PROGRAM) return { who: 'anyone' };
    return { who: 'user', ...(address !== undefined && { address }) };
  }

  function formOf(): FilledForm | undefined {
    const runId = text('run-id') ?? '';
    switch (spec.form) {
      case undefined:
        return undefined;
      case 'create-run':
        return {
          kind: 'create-run',
          ...texts({
            runId: 'run-id',
            clientVersion: 'client-version',
            joinAuthority: 'join-authority',
            mint: 'treasurer-collateral-mint',
            treasurerIndex: 'treasurer-index',
          }),
          ...(flags.has('treasurer-collateral-mint') && { isRewarded: true }),
        };
      case 'update-configuration':
        if (flags.has('config-path')) {
          notes.push({
            kind: 'fill-in',
            text: 'Open the configuration file in the form: a command holds only its path',
          });
        }
        return {
          kind: 'update-configuration',
          runId,
          ...texts({
            configPath: 'config-path',
            restartFromStep: 'restart-from-step',
            name: 'name',
            description: 'description',
            parameters: 'num-parameters',
            vocabulary: 'vocab-size',
            clientVersion: 'client-version',
          }),
          ...(isOn('switch-to-hub') && { switchToHub: true }),
        };
      case 'set-paused':
        return { kind: 'set-paused', runId, paused: !isOn('resume') };
      case 'set-rates': {
        const earning = amount('earning-rate-total-shared', 'Reward per epoch');
        const slashing = amount('slashing-rate-per-client', 'Penalty per client');
        if (!flags.has('earning-rate-total-shared') && !flags.has('slashing-rate-per-client')) {
          notes.push({ kind: 'missing', text: 'Neither rate is given: the command line would refuse it' });
        }
        return { kind: 'set-rates', runId, ...(earning && { earning }), ...(slashing && { slashing }) };
      }
      case 'top-up': {
        const filled = amount('collateral-amount', 'The amount');
        return { kind: 'top-up', runId, ...(filled && { amount: filled }) };
      }
      case 'claim-rewards':
        return { kind: 'claim-rewards', runId };
      case 'checkpoint':
        return { kind: 'checkpoint', runId, ...texts({ repository: 'repo', revision: 'revision' }) };
      case 'tick':
        return { kind: 'tick', runId, ...texts({ everyMs: 'ms-interval', count: 'count' }) };
      case 'close-run':
        return { kind: 'close-run', runId };
      case 'allow-to-join':
        return { kind: 'allow-to-join', ...who() };
      case 'set-delegates':
        return {
          kind: 'set-delegates',
          ...texts({ grantor: 'join-authority' }),
          added: delegates(),
          clears: isOn('delegates-clear') || program === 'script',
        };
      case 'set-authorization-active':
        notes.push({ kind: 'told', text: 'It makes the authorization inactive; the account and its rent stay' });
        return { kind: 'set-authorization-active', ...who(), active: false };
      case 'list-authorizations':
        return { kind: 'list-authorizations', ...texts({ grantor: 'join-authority', grantee: 'authorizer' }) };
      case 'can-join':
        return { kind: 'can-join', runId, ...texts({ grantee: 'authorizer', address: 'address' }) };
      case 'dump-run':
        return { kind: 'dump-run', runId };
      case 'dump-user':
        return { kind: 'dump-user', runId, ...texts({ address: 'address' }) };
      case 'list-runs':
        return { kind: 'list-runs', ...texts({ joinAuthority: 'authorizer' }) };
    }
  }

  /** Keys that may join; a keyfile in their place is not read. */
  function delegates(): string[] {
    const words = (flags.get('delegates-added')?.words ?? []).filter(isValue);
    const keys = words.flatMap((word) => word.text.split(',')).filter((key) => key !== '');
    const files = keys.filter((key) => /[*?/]|\.(?:json|txt|key)$/.test(key));
    if (files.length > 0) {
      notes.push({
        kind: 'fill-in',
        text: `The script took delegates from ${files.length === 1 ? 'a keyfile' : 'keyfiles'}; the form takes their addresses`,
      });
    }
    return keys.filter((key) => !files.includes(key));
  }
}

function isValue({ placeholders, isDropped }: Word): boolean {
  return placeholders.length === 0 && !isDropped;
}

function missing(spec: CommandSpec, flag: string): CommandNote {
  const usual = spec.name === 'create-run' && flag === 'client-version' ? ': the form starts with its usual one' : '';
  return { kind: 'missing', text: `--${flag} is missing${usual}` };
}

/** Says what one flag holds, as far as it may be said. */
function describe(
  { spec, words }: GivenFlag,
  understood: { label: string; text: string }[],
  notes: CommandNote[],
): void {
  const dropped = words.some(({ isDropped }) => isDropped);
  const fillIns = [...new Set(words.flatMap(({ placeholders }) => placeholders))];
  if (spec.flag === 'rpc' || spec.flag === 'ws-rpc') {
    const [word] = words;
    const origin = word && (originOf(word.text) ?? (/^[a-z][\w-]{0,20}$/.test(word.text) ? word.text : undefined));
    if (origin !== undefined) understood.push({ label: spec.label, text: origin });
    if (spec.flag === 'rpc') {
      const said = fillIns[0] === undefined ? '' : `${fillIns[0]} stands for an endpoint. `;
      notes.push({ kind: 'told', text: `${said}The form uses the network that is chosen at the top` });
    }
    return;
  }
  if (dropped) {
    notes.push({ kind: 'fill-in', text: `What stood behind --${spec.flag} was dropped` });
    return;
  }
  if (fillIns.length > 0) {
    const named = fillIns.slice(0, 5).join(', ');
    const isOurs = spec.flag === 'wallet-private-key-path';
    notes.push({
      kind: isOurs ? 'told' : 'fill-in',
      text: isOurs
        ? `${named} stands for the key that signs: choose it in the form`
        : `${named} stands in place of a value: ${spec.label}`,
    });
    return;
  }
  if (spec.takes === 'nothing') {
    understood.push({ label: spec.label, text: words.length === 0 ? 'yes' : 'no' });
    return;
  }
  if (words.length === 0) {
    notes.push({ kind: 'missing', text: `--${spec.flag} stands without a value` });
    return;
  }
  if (spec.flag === 'wallet-private-key-path' && !isPath(words[0]?.text ?? '')) {
    notes.push({ kind: 'told', text: 'What stood in place of the keyfile is no path and is not shown' });
    return;
  }
  understood.push({ label: spec.label, text: shown(words.map(({ text }) => text).join(' '), SHOWN_VALUE) });
}

/** A short name or something with a folder or an ending; a bare long word may be a key. */
function isPath(text: string): boolean {
  return text.length < 24 || /[/\\]|\.\w{2,8}$/.test(text) || text.startsWith('usb:');
}
