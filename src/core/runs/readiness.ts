import { checkConfig } from '#core/config/check-config.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import type { HelpfulAction, Place } from '#core/operations/place.ts';
import type { Check } from '#core/operations/prepared.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';

/** Who may join, as far as it is known: `some` hold an authorization, `nobody` holds one. */
export type Admission = 'anyone' | 'some' | 'nobody' | 'not-everyone';

export type ReadinessFacts = {
  readonly runId: string;
  readonly account: CoordinatorAccount;
  readonly admission: Admission;
  /** Absent while it is being read. */
  readonly treasury: RunTreasury | undefined;
  /** The key that owns the run is one of the operator's and can sign here. */
  readonly ownerSigns: boolean;
  /** Lamports of the chosen fee payer; absent when none is chosen or its balance is not known. */
  readonly payerLamports: bigint | undefined;
};

/** What has to be in place before a run is started for the first time, each with the place where it is put right. */
export function readiness(facts: ReadinessFacts): Check[] {
  return [configurationLine(facts), admissionLine(facts), ownerLine(facts), payerLine(facts), ...treasuryLines(facts)];
}

/** The first rule of the program that the configuration on chain breaks; nothing when it would start. */
export function firstBrokenRule({ state }: CoordinatorAccount): { message: string; remedy: string } | undefined {
  const { config, model } = state.coordinator;
  const [broken] = checkConfig(config, model);
  return broken && { message: `${broken.path}: ${broken.message}`, remedy: broken.remedy };
}

/** Whether any configuration was ever written: a new account is all zero. */
export function isConfigured({ state }: CoordinatorAccount): boolean {
  const { config } = state.coordinator;
  return config.total_steps !== 0 || config.epoch_time !== 0n;
}

function configurationLine({ runId, account }: ReadinessFacts): Check {
  const title = 'Configuration';
  const place: Place = { kind: 'update-configuration', runId };
  if (!isConfigured(account)) {
    return missing(title, 'None is on chain yet', 'Add a configuration file', { label: 'Add a configuration', place });
  }
  const broken = firstBrokenRule(account);
  if (broken) return missing(title, broken.message, broken.remedy, { label: 'Correct the configuration', place });
  return ready(title, 'Passes every rule the program checks at the start');
}

function admissionLine({ admission }: ReadinessFacts): Check {
  const title = 'Who may join';
  const action: HelpfulAction = { label: 'Choose who may join', place: { kind: 'who-may-join' } };
  switch (admission) {
    case 'anyone':
      return ready(title, 'Anyone');
    case 'some':
      return ready(title, 'The users its join authority has authorized');
    case 'nobody':
      return advice(title, 'Nobody: its join authority has authorized no one', 'Let users in, or anyone', action);
    case 'not-everyone':
      return advice(
        title,
        'Not everyone: only users its join authority has authorized',
        'See that they are let in',
        action,
      );
  }
}

function ownerLine({ ownerSigns }: ReadinessFacts): Check {
  const title = 'Main authority';
  if (ownerSigns) return ready(title, 'Its key is on this machine');
  const action: HelpfulAction = { label: 'Add the key', place: { kind: 'signers' } };
  return missing(title, 'Its key is not among your signers', 'Add the key that owns the run', action);
}

function payerLine({ payerLamports }: ReadinessFacts): Check {
  const title = 'Fee payer';
  const action: HelpfulAction = { label: 'Open signers', place: { kind: 'signers' } };
  if (payerLamports === undefined) return advice(title, 'None is chosen', 'Choose who pays the fees', action);
  if (payerLamports === 0n) return missing(title, 'It holds no SOL', 'Send some SOL to it', action);
  return ready(title, 'It holds SOL');
}

function treasuryLines({ runId, treasury }: ReadinessFacts): Check[] {
  if (treasury?.kind !== 'rewarded') return [];
  const title = 'Treasury';
  if (treasury.future.earning === 0n) {
    const action: HelpfulAction = { label: 'Set rates', place: { kind: 'set-rates', runId } };
    return [
      advice(title, 'The reward per epoch is 0: clients would earn nothing', 'Set the reward of an epoch', action),
    ];
  }
  if (treasury.runwayFuture.epochs === 0n) {
    const action: HelpfulAction = { label: 'Top up', place: { kind: 'top-up', runId } };
    const reason = 'It does not cover one epoch: clients would earn what they cannot claim';
    return [advice(title, reason, 'Top it up', action)];
  }
  return [ready(title, 'Covers at least one epoch')];
}

function ready(title: string, reason: string): Check {
  return { kind: 'pass', title, reason, remedy: '' };
}

function advice(title: string, reason: string, remedy: string, action: HelpfulAction): Check {
  return { kind: 'warn', title, reason, remedy, action };
}

function missing(title: string, reason: string, remedy: string, action: HelpfulAction): Check {
  return { kind: 'fail', title, reason, remedy, action };
}
