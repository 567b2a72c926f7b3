import { type Args, type CodeWords, never, one, several } from './atlas-entry.ts';
import { CONFIG_SANITY, MODEL_SANITY } from './coordinator-configuration.ts';

const says = (path: string, value: string) => (args: Args) => {
  const found = args.text(path);
  return found === undefined ? undefined : found === value;
};

/** What each code of the coordinator program means. Source: PROTOCOL §4.1, §6, §7 and §8. */
export const COORDINATOR_CODES: Readonly<Record<number, CodeWords>> = {
  6000: one(
    'The run is Finished, and a finished run takes no update, not even of its name or description',
    'The state on the run page; it becomes Finished when its step reaches total_steps',
    'Create a new run for further training; this one can still be closed, have rates set, and pay out claims',
    { from: ['update'], help: 'create-run' },
  ),
  6001: several(
    'The run is active, and what was sent changes only while it is halted',
    'See which part was sent: configuration, model and progress need a halted run, metadata alone does not, a client version always does',
    [
      {
        when: 'A new configuration, model or progress was sent to a run that is Waiting, Warmup, Training, Witness or Cooldown',
        check: 'The state on the run page; metadata alone would have been accepted in it',
        remedy: 'Pause the run, wait until it says Paused, then send the update again',
        from: ['update'],
        help: 'pause',
      },
      {
        when: 'The client version was to change on an active run',
        check: 'Whether any other field was sent with it: the version alone already needs a halted run',
        remedy: 'Pause first; the new client version is taken when the run is Paused, Finished or not started',
        from: ['update_client_version'],
        holds: (args) =>
          args.text('params.client_version') === undefined ? undefined : args.text('params.paused') === 'none',
        help: 'pause',
      },
      {
        when: 'One treasurer update resumes the run and changes the client version; the resume comes first, so the version finds an active run',
        check:
          'params.paused = false together with params.client_version in run_update: this pair is refused in every state',
        remedy: 'Send the client version in one transaction and resume in the next',
        from: ['update_client_version'],
        via: ['run_update'],
        holds: says('params.paused', 'no'),
        help: 'resume',
      },
      {
        when: 'One treasurer update pauses the run and changes the client version, and the pause only becomes effective when the epoch ends',
        check: 'params.paused = true with params.client_version while the run is Training, Witness or Cooldown',
        remedy: 'Send the pause alone, and the client version once the pause is complete',
        from: ['update_client_version'],
        via: ['run_update'],
        holds: says('params.paused', 'yes'),
        help: 'run',
      },
    ],
  ),
  6002: one(
    'The account made for the run’s state is not 119,160 bytes long',
    'space in the create_account instruction before it; other sizes belong to other versions of the program',
    'Create the run again with a fresh account of 119,160 bytes',
    { from: ['init_coordinator', 'run_create'], help: 'create-run' },
  ),
  6003: one(
    'The run already knows 256 wallets; the list never shrinks, so a wallet it does not know can never join',
    'The number of known clients on the run page, and whether this wallet is among them',
    'Join with a wallet the run already knows, or move on to a new run',
    { from: ['join_run'], help: 'can-join' },
  ),
  6004: CONFIG_SANITY,
  6005: MODEL_SANITY,
  6006: never(
    'The stored progress step would be 0 at the moment of resuming; the first start sets it to 1, and an update refuses 0 with 6005',
    'progress.step of the run’s account in the inspector, and that the program is the version this app knows',
    'Send a progress of step 1 or later, then resume',
  ),
  6007: several(
    'The signer is not among the clients the instruction needs it among',
    'See which instruction failed: a checkpoint needs a client of the present epoch, the others a wallet that has joined at any time',
    [
      {
        when: 'Only a client of the run’s current or last epoch may record a checkpoint, and this signer is none',
        check: 'The clients of the epoch on the run page: having joined earlier is not enough',
        remedy: 'Record the checkpoint with a wallet that takes part in the epoch',
        from: ['checkpoint'],
        help: 'run',
      },
      {
        when: 'The wallet that witnesses or checks health has never joined this run',
        check: 'The known clients of the run, by full wallet address',
        remedy: 'Join the run with this wallet before it reports anything',
        from: ['witness', 'warmup_witness', 'health_check'],
        help: 'can-join',
      },
    ],
  ),
  6008: one(
    'The client identity names one wallet and another one signed',
    'params.client_id.signer against the signer of join_run; they must be the same key',
    'Join with the wallet that the client identity names',
    { from: ['join_run'], help: 'signers' },
  ),
  6009: one(
    'The run to close is still active',
    'Its state must be Paused, Finished, or New and not started; a pending pause does not count yet',
    'Pause it and close it when the pause is complete; the rent then comes back',
    { from: ['free_coordinator'], help: 'pause' },
  ),
  6010: never(
    'A health check would have to look back at a round that does not exist; before the third round it fails with 6014 instead',
    'The height of the current round in the run’s account',
    'Let the training go on for two rounds before any health check',
  ),
  6011: one(
    'The witness proof is wrong: position, index or the witness flag do not fit the sender and the round’s seed',
    'proof.position and proof.index against the clients of the epoch; a proof made for the round before no longer holds',
    'Let the client compute its proof anew from the present round; nothing is lost by the refused one',
    { from: ['witness'] },
  ),
  6012: several(
    'A witness report arrived in a state that takes none',
    'Compare the state of the run in the slot of the transaction with the kind of report',
    [
      {
        when: 'A training witness was sent while the run was not in Training or Witness',
        check:
          'The log line “Pre-tick run state”, or the state the run page shows: the round had ended before it landed',
        remedy: 'Nothing to repair: the client reports again in the next round',
        from: ['witness'],
        help: 'run',
      },
      {
        when: 'A warm-up witness was sent in a state that is neither Warmup nor Training',
        check: 'Whether the warm-up was broken off, with the run back at Waiting for lack of clients',
        remedy: 'Wait for the next warm-up; the client then reports by itself',
        from: ['warmup_witness'],
        help: 'run',
      },
    ],
  ),
  6013: one(
    'This client has already reported in this round',
    'The witnesses of the current round in the run’s account, by index',
    'Leave it: the first report counts. Seeing it often means two processes run with one wallet',
    { from: ['witness', 'warmup_witness'] },
  ),
  6014: one(
    'The health check accuses a client that is healthy, or comes before the third round of the epoch',
    'The round height (at least 2) and the state of the accused client on the run page',
    'Check again two rounds later; a client that reports stays healthy',
    { from: ['health_check'], help: 'run' },
  ),
  6015: several(
    'The run is halted, and what was sent needs an active one',
    'See which instruction failed: for a pause it is already paused, for a resume no steps are left, for the others nobody started it',
    [
      {
        when: 'There is nothing to pause: the run is Paused, Finished, or was never started',
        check: 'The run page: it already says Paused, Finished or New, not started',
        remedy: 'Nothing to do for a pause',
        from: ['set_paused'],
        holds: says('paused', 'yes'),
        help: 'run',
      },
      {
        when: 'A resume finds no steps left: the progress has reached total_steps, and the run would become Finished at once',
        check: 'progress.step against config.total_steps: the step must be lower',
        remedy: 'Raise total_steps, or restart from an earlier step, then resume',
        from: ['set_paused'],
        holds: says('paused', 'no'),
        help: 'update-configuration',
      },
      {
        when: 'A tick was sent to a run that is Paused, Finished or not started; time does not pass for it',
        check: 'Whether the run page offers Start or Resume rather than Advance',
        remedy: 'Start or resume the run before advancing it',
        from: ['tick'],
        help: 'resume',
      },
      {
        when: 'A client reported to a run that was halted in the meantime',
        check: 'The time of the last pause in the transactions of the run against the slot of this one',
        remedy: 'Let the client wait: it joins again after the run is resumed',
        from: ['witness', 'warmup_witness', 'health_check'],
        help: 'run',
      },
    ],
  ),
  6016: never(
    'The program has this name for a checkpoint it does not accept, and raises it nowhere: unfit checkpoints are ignored in silence',
    'model.LLM.checkpoint before and after: an ignored one leaves it as it was',
    'Compare the stored checkpoint after sending; update the program addresses if this code really appears',
  ),
  6017: never(
    'All 32 places for witnesses of a round would be taken; the round ends before a 33rd could report',
    'The number of witnesses in the current round, in the inspector',
    'Treat the round as witnessed and go on',
  ),
  6018: one(
    'A resume was sent to a run that is active, or whose pause is still pending; a pending pause cannot be taken back',
    'The state on the run page, and pending_pause in the run’s account',
    'Let the pending pause finish (the present round and the cooldown), then resume; an active run needs nothing',
    { from: ['set_paused'], help: 'run' },
  ),
  6019: never(
    'The name stands for a withdrawal the state machine does not take; no instruction on chain withdraws a client',
    'The program address of the failing log line: only another version of the program could say this',
    'Compare the deployed program’s version with the one this app knows',
  ),
  6020: one(
    'Witnesses cannot be chosen: verification_percent is above 100, or witness_nodes exceeds the clients of the round',
    'config.verification_percent (the configuration check does not look at it) and the client count of the round',
    'Pause the run, set verification_percent to 0, and resume; every witness fails until then',
    { from: ['witness', 'warmup_witness'], help: 'update-configuration' },
  ),
  6021: one(
    'The committee proof of a health check does not fit the accused client’s place',
    'committee, position and index of the instruction against the round’s seed',
    'Let the checking client recompute the proof for the round it accuses in',
    { from: ['health_check'] },
  ),
  6022: several(
    'The number of wallets the run knows is exactly global_batch_size_end, and then no new wallet is taken',
    'Compare known clients on the run page with config.global_batch_size_end; both 0 means the run has no configuration yet',
    [
      {
        when: 'The run was never configured: its batch size is 0, which the first client already equals',
        check: 'The configuration on the run page is empty',
        remedy: 'Send the configuration before letting clients join',
        help: 'update-configuration',
      },
      {
        when: 'As many wallets are known as there are batches to give out; wallets that left long ago still count',
        check: 'Known clients on the run page equal to global_batch_size_end, above 0',
        remedy:
          'Pause the run and raise global_batch_size_end above the known clients; known wallets may join again as they are',
        help: 'update-configuration',
      },
    ],
    ['join_run'],
  ),
  6023: never(
    'A run id above 32 bytes would be refused here, but its address cannot even be derived, so the program aborts before',
    'The length of the id in bytes of UTF-8, not in letters',
    'Choose a run id of at most 32 bytes; accents and other scripts take two to four bytes a letter',
  ),
};
