/** Digits after the point that a mint made for practice may have: with more, one whole token exceeds 64 bits. */
export const MAX_PRACTICE_DECIMALS = 19;
