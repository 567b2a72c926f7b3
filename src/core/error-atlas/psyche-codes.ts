import { type CodeWords, one, several } from './atlas-entry.ts';

/** What each code of the treasurer program means. Source: PROTOCOL §4.2. */
export const TREASURER_CODES: Readonly<Record<number, CodeWords>> = {
  6000: several(
    'More points were claimed than this wallet has earned and not yet claimed',
    'Compare the claimed amount with earned minus claimed on the run’s claims panel, read afresh',
    [
      {
        when: 'The amount in the claim is above the points earned since the last claim',
        check: 'params.claim_earned_points against earned points minus participant.claimed_earned_points',
        remedy: 'Claim at most what the claims panel offers; penalties are never subtracted, so nothing else lowers it',
        help: 'run',
      },
      {
        when: 'The same points were claimed a moment ago, by another window or by the client itself',
        check: 'The latest claims of this wallet in its history, and total_claimed_earned_points of the run',
        remedy: 'Read the claims again: the tokens have probably arrived already',
        help: 'run',
      },
      {
        when: 'The wallet is not among the clients the run knows, so it has earned 0 points',
        check: 'The known clients of the run by full wallet; the delegate’s or payer’s key earns nothing',
        remedy: 'Claim with the wallet that trained',
        help: 'signers',
      },
    ],
    ['participant_claim'],
  ),
  6001: one(
    'The run id handed to the treasurer is longer than 32 bytes of UTF-8',
    'params.run_id in run_create; the coordinator would have no address for it either',
    'Shorten the id and begin the creation anew; nothing was kept of this attempt',
    { from: ['run_create'], help: 'create-run' },
  ),
};

/** What each code of the authorizer program means. Source: PROTOCOL §4.3. */
export const AUTHORIZER_CODES: Readonly<Record<number, CodeWords>> = {
  6000: one(
    'The authorization to close is still switched on',
    '“Active” in the list of authorizations; only an inactive one can be closed',
    'Deactivate the authorization, then close it',
    { from: ['authorization_close'], help: 'authorizations' },
  ),
  6001: one(
    'The authorization lists delegates, and 30 days have not passed since its grantor last changed it',
    'Its delegates and grantor_update_unix_timestamp; the date it can be closed from stands in the list of authorizations',
    'Ask the allowed user to clear the delegates, or come back after the 30 days; do not switch it on and off meanwhile, that starts them anew',
    { from: ['authorization_close'], help: 'authorizations' },
  ),
};
