import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import {
  associatedTokenAddress,
  authorizationAddress,
  coordinatorInstanceAddress,
  participantAddress,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import { AppError } from '#core/errors/app-error.ts';
import { ACCOUNT_SIZES, type ProgramName } from '#core/layouts/programs.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import type { ProgramAddress } from '#core/solana/pda.ts';
import { safeText } from '#core/units/safe-text.ts';
import {
  brief,
  debit,
  destination,
  type InstructionFlag,
  type Meaning,
  present,
  type ReadingContext,
  typed,
} from './instruction-reading.ts';
import { maxGrowthLamports, maxRentLamports, TOKEN_ACCOUNT_BYTES } from './rent-ceiling.ts';

/** An authorization without its scope and delegates, bytes. Source: PROTOCOL §4.3. */
const AUTHORIZATION_BASE_BYTES = 90;

/** One delegate of an authorization, bytes. */
const DELEGATE_BYTES = 32;

/** A decoded run instruction: its arguments, and its accounts by role. */
export type RunInstruction = {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: (role: string) => Address | undefined;
  readonly context: ReadingContext;
};

/** What an instruction of the run programs does, in words, with what it costs and whom it gives rights. */
export function meaningOf(program: ProgramName, instruction: RunInstruction): Meaning {
  switch (program) {
    case 'coordinator':
      return coordinatorMeaning(instruction);
    case 'treasurer':
      return treasurerMeaning(instruction);
    case 'authorizer':
      return authorizerMeaning(instruction);
  }
}

function coordinatorMeaning(instruction: RunInstruction): Meaning {
  const { name, args, at, context } = instruction;
  const params = record(args['params']);
  const run = `the run at ${brief(at('coordinator_account'))}`;
  switch (name) {
    case 'init_coordinator':
      return {
        title: `Create run “${text(params['run_id'])}”`,
        debits: rent(instruction, ACCOUNT_SIZES.CoordinatorInstance, 'rent of the run’s instance'),
        destinations: authorities(params),
        flags: derived(at('coordinator_instance'), 'the instance of this run id', () =>
          coordinatorInstanceAddress(rawText(params['run_id']), context.programs.coordinator),
        ),
      };
    case 'free_coordinator':
      return closing(run, spill(instruction));
    case 'update':
      return { title: `Change ${partsOf(args)} of ${run}` };
    case 'update_client_version':
      return { title: `Ask for client version “${text(args['new_version'])}” in ${run}` };
    case 'set_future_epoch_rates':
      return { title: `Change the reward rates of ${run} from the next epoch on` };
    case 'set_paused':
      return { title: args['paused'] === true ? `Pause ${run}` : `Start or resume ${run}` };
    case 'join_run':
      return { title: `Join ${run}` };
    case 'tick':
      return { title: `Move ${run} on if its time has come` };
    case 'witness':
      return { title: `Report a finished round of ${run}` };
    case 'warmup_witness':
      return { title: `Report readiness in ${run}` };
    case 'health_check':
      return { title: `Report a silent client of ${run}` };
    case 'checkpoint':
      return { title: `Record a checkpoint of ${run}` };
    default:
      return { title: name };
  }
}

function treasurerMeaning(instruction: RunInstruction): Meaning {
  const { name, args, at, context } = instruction;
  const { coordinator, treasurer } = context.programs;
  const params = record(args['params']);
  switch (name) {
    case 'run_create': {
      const [run, mint] = [at('run'), at('collateral_mint')];
      return {
        title: `Create run “${text(params['run_id'])}” with rewards`,
        debits: [
          ...rent(instruction, ACCOUNT_SIZES.Run, 'rent of the treasurer’s Run'),
          ...rent(instruction, ACCOUNT_SIZES.CoordinatorInstance, 'rent of the run’s instance'),
          ...rent(instruction, TOKEN_ACCOUNT_BYTES, 'rent of the run’s token account'),
        ],
        destinations: authorities(params),
        flags: [
          ...derived(run, 'the Run of this index', () => treasurerRunAddress(index(params['index']), treasurer)),
          ...derived(at('coordinator_instance'), 'the instance of this run id', () =>
            coordinatorInstanceAddress(rawText(params['run_id']), coordinator),
          ),
          ...(run === undefined || mint === undefined
            ? []
            : derived(at('run_collateral'), 'the token account of the Run', () => associatedTokenAddress(run, mint))),
        ],
      };
    }
    case 'run_update':
      return { title: `Change ${partsOf(params)} of the run at ${brief(at('coordinator_account'))}` };
    case 'participant_create':
      return {
        title: `Open the reward record of ${brief(at('user'))}`,
        debits: rent(instruction, ACCOUNT_SIZES.Participant, 'rent of the reward record'),
        flags: participantFlags(instruction),
      };
    case 'participant_claim':
      return {
        title: `Claim ${String(params['claim_earned_points'])} points of rewards`,
        destinations: present(destination(at('user_collateral'), 'receives the rewards')),
        flags: participantFlags(instruction),
      };
    default:
      return { title: name };
  }
}

function authorizerMeaning(instruction: RunInstruction): Meaning {
  const { name, args, at, context } = instruction;
  const params = record(args['params']);
  switch (name) {
    case 'authorization_create': {
      const grantor = at('grantor');
      const grantee = address(params['grantee']);
      const scope = params['scope'] instanceof Uint8Array ? params['scope'] : new Uint8Array();
      const isEveryone = grantee === SYSTEM_PROGRAM;
      return {
        title: `Let ${isEveryone ? 'anyone' : brief(grantee)} join runs of ${brief(grantor)}, once switched on`,
        debits: rent(instruction, AUTHORIZATION_BASE_BYTES + scope.length, 'rent of the authorization'),
        destinations: present(destination(grantee, isEveryone ? 'stands for everyone' : 'may join, once switched on')),
        flags:
          grantor === undefined || grantee === undefined
            ? []
            : derived(at('authorization'), 'the authorization between these two', () =>
                authorizationAddress(grantor, grantee, context.programs.authorizer, scope),
              ),
      };
    }
    case 'authorization_grantor_update':
      return {
        title:
          params['active'] === true
            ? `Switch on the authorization ${brief(at('authorization'))} of ${brief(at('grantor'))}`
            : `Switch off the authorization ${brief(at('authorization'))} of ${brief(at('grantor'))}`,
      };
    case 'authorization_grantee_update': {
      const added = Array.isArray(params['delegates_added']) ? params['delegates_added'].map(address) : [];
      const removes = params['delegates_clear'] === true ? 'Remove all delegates, then add' : 'Add';
      return {
        title: `${removes} ${added.length} keys that may join for ${brief(at('grantee'))}`,
        debits: present(
          debit(at('payer'), at('payer'), maxGrowthLamports(added.length * DELEGATE_BYTES), 'rent of the added keys'),
        ),
        destinations: present(...added.map((key) => destination(key, 'may join runs'))),
      };
    }
    case 'authorization_close':
      return { title: `Close the authorization ${brief(at('authorization'))}`, ...spill(instruction) };
    default:
      return { title: name };
  }
}

function rent({ at }: RunInstruction, sizeBytes: number, why: string) {
  return present(debit(at('payer'), at('payer'), maxRentLamports(sizeBytes), why));
}

function authorities(params: Readonly<Record<string, unknown>>) {
  return present(
    destination(address(params['main_authority']), 'will own and configure the run'),
    destination(address(params['join_authority']), 'decides who may join'),
  );
}

function closing(run: string, { destinations, flags }: Spill): Meaning {
  const forGood = typed('run/close', `Closes ${run} for good: its configuration, progress and points are gone`);
  return { title: `Close ${run} for good`, destinations, flags: [...flags, forGood] };
}

type Spill = Required<Pick<Meaning, 'destinations' | 'flags'>>;

/** Where the rent of closed accounts goes. It is ours to get back. */
function spill({ at, context }: RunInstruction): Spill {
  const to = at('spill');
  const isElsewhere = to === undefined || !context.own.has(to);
  return {
    destinations: present(destination(to, 'receives the SOL of the closed accounts')),
    flags: isElsewhere
      ? [typed('run/spill-elsewhere', `The SOL of the closed accounts goes to ${to ?? 'an unnamed account'}`)]
      : [],
  };
}

function participantFlags({ at, context }: RunInstruction): InstructionFlag[] {
  const [run, user] = [at('run'), at('user')];
  if (run === undefined || user === undefined) return [];
  return derived(at('participant'), 'the reward record of this user', () =>
    participantAddress(run, user, context.programs.treasurer),
  );
}

/** A run step may only touch the accounts its own arguments lead to. */
function derived(actual: Address | undefined, what: string, derive: () => ProgramAddress): InstructionFlag[] {
  if (actual === undefined || addressOrNone(derive) === actual) return [];
  return [typed('accounts/derived-mismatch', `${actual} is not ${what}`)];
}

function addressOrNone(derive: () => ProgramAddress): Address | undefined {
  try {
    return derive().address;
  } catch (cause) {
    if (cause instanceof AppError) return undefined;
    throw cause;
  }
}

const PART_WORDS: Readonly<Record<string, string>> = {
  metadata: 'name and description',
  config: 'configuration',
  model: 'model',
  progress: 'progress',
  epoch_earning_rate_total_shared: 'earning rate',
  epoch_slashing_rate_per_client: 'slashing rate',
  client_version: 'client version',
};

/** “configuration and model”: the optional parts an update carries. */
function partsOf(args: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(PART_WORDS).flatMap(([part, word]) =>
    args[part] === null || args[part] === undefined ? [] : [word],
  );
  if (args['paused'] === true) words.push('state to paused');
  if (args['paused'] === false) words.push('state to started');
  const last = words.pop();
  if (last === undefined) return 'nothing';
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string {
  return safeText(rawText(value)).text;
}

function rawText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function index(value: unknown): bigint {
  return typeof value === 'bigint' ? value : -1n;
}

function address(value: unknown): Address | undefined {
  return value instanceof Uint8Array && value.length === 32 ? addressFromBytes(value) : undefined;
}
