/** Codes the run state machine refuses with. Source: PROTOCOL §6. */
export const RUN_ERRORS = {
  UpdateConfigFinished: 6000,
  UpdateConfigNotHalted: 6001,
  CoordinatorAccountIncorrectSize: 6002,
  ClientsFull: 6003,
  ConfigSanityCheckFailed: 6004,
  ModelSanityCheckFailed: 6005,
  ProgressSanityCheckFailed: 6006,
  SignerNotAClient: 6007,
  SignerMismatch: 6008,
  CloseCoordinatorNotHalted: 6009,
  CoordinatorErrorNoActiveRound: 6010,
  CoordinatorErrorInvalidWitness: 6011,
  CoordinatorErrorInvalidRunState: 6012,
  CoordinatorErrorDuplicateWitness: 6013,
  CoordinatorErrorInvalidHealthCheck: 6014,
  CoordinatorErrorHalted: 6015,
  CoordinatorErrorWitnessesFull: 6017,
  CoordinatorErrorCannotResume: 6018,
  CoordinatorErrorInvalidCommitteeSelection: 6020,
  CoordinatorErrorInvalidCommitteeProof: 6021,
  MoreClientsThanBatches: 6022,
  RunIdInvalidLength: 6023,
} as const;

export type RunErrorName = keyof typeof RUN_ERRORS;

/** A step the coordinator refuses. Nothing of it may be kept. */
export class RunRefusal extends Error {
  override readonly name = 'RunRefusal';

  constructor(readonly errorName: RunErrorName) {
    super(errorName);
  }

  get code(): number {
    return RUN_ERRORS[this.errorName];
  }
}
