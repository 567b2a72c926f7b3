import { addressOf } from './sample-addresses.ts';

const PEOPLE = Array.from({ length: 25 }, (_, index) => `${addressOf(`user ${index}`)},Lab ${index + 1}`);

/** A list as somebody keeps it: 25 users, one of them twice, one address a letter short, one with a letter base58 lacks. */
export const SAMPLE_USERS_FILE = [
  'address,label',
  ...PEOPLE,
  `${addressOf('user 3')},Lab 4 again`,
  `${addressOf('user 30').slice(0, 42)},Lab 31`,
  `0${addressOf('user 31').slice(1)},Lab 32`,
  '',
].join('\n');
