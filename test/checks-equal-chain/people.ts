import { testAddress } from '#test/practice/stage.ts';

/** The people of every world. */
export const PEOPLE = {
  owner: testAddress(81),
  stranger: testAddress(82),
  joinAuthority: testAddress(83),
  payer: testAddress(84),
  funder: testAddress(85),
  user: testAddress(86),
  account: testAddress(87),
};
