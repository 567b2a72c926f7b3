import type { EventsOf } from '#ipc/contract-types.ts';
import type { AppContract } from '#ipc/contract.ts';
import type { Clock } from '#core/ports.ts';
import type { LookForLedger } from '#main/ports.ts';
import type { AppState } from '#main/services/app-state.ts';
import type { Approvals } from '#main/services/approvals.ts';
import type { Authorizations } from '#main/services/authorizations.ts';
import type { CliImport } from '#main/services/cli-import.ts';
import type { Configuration } from '#main/services/configuration.ts';
import type { Connections } from '#main/services/connections.ts';
import type { DeployedProgramsBook } from '#main/services/deployed-programs.ts';
import type { Handed } from '#main/services/handed.ts';
import type { Inspector } from '#main/services/inspector.ts';
import type { JournalExports } from '#main/services/journal-exports.ts';
import type { Nonces } from '#main/services/nonces.ts';
import type { Plans } from '#main/services/plans.ts';
import type { Practice } from '#main/services/practice.ts';
import type { Reviews } from '#main/services/reviews.ts';
import type { Rewards } from '#main/services/rewards.ts';
import type { Runs } from '#main/services/runs.ts';
import type { Sending } from '#main/services/sending.ts';
import type { SignerBook } from '#main/services/signer-book.ts';
import type { Ticker } from '#main/services/ticker.ts';
import type { Transactions } from '#main/services/transactions.ts';

/** Everything the handlers answer with. */
export type Services = {
  readonly app: AppState;
  readonly approvals: Approvals;
  readonly authorizations: Authorizations;
  readonly cliImport: CliImport;
  readonly clock: Clock;
  readonly configuration: Configuration;
  readonly connections: Connections;
  readonly deployedPrograms: DeployedProgramsBook;
  readonly handed: Handed;
  readonly inspector: Inspector;
  readonly journalExports: JournalExports;
  readonly lookForLedger: LookForLedger;
  readonly nonces: Nonces;
  readonly plans: Plans;
  readonly practice: Practice;
  readonly reviews: Reviews;
  readonly rewards: Rewards;
  readonly runs: Runs;
  readonly sending: Sending;
  readonly signers: SignerBook;
  readonly ticker: Ticker;
  readonly transactions: Transactions;
};

/** What main tells the page. */
export type PageEvents = EventsOf<AppContract>;
