/** Text made safe to show, and whether anything was taken out of it. */
export type SafeText = { readonly text: string; readonly hasHidden: boolean };

/** Stands for each character that is not shown. */
const REPLACEMENT = '\uFFFD';

/**
 * Characters that draw nothing, change direction, or break a line: control, format, private use, unassigned, lone surrogates,
 * line and paragraph separators; every space but the ordinary one; letters and signs that are blank; variation selectors.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5/u;

/** Most text, told in one look. */
const PLAIN = /^[ -~]*$/;

/** Combining marks on one letter that still read as writing; more than this only pile up over other lines. */
const MAX_MARKS = 4;

/**
 * Text from a chain, a file or another machine → text that cannot hide or move anything on the screen. Each hidden character
 * becomes `\uFFFD`; say so next to it when `hasHidden` is set. Text that was broken already (it contains `\uFFFD`) counts.
 */
export function safeText(raw: string): SafeText {
  if (PLAIN.test(raw)) return { text: raw, hasHidden: false };
  let text = '';
  let hasHidden = false;
  let marks = 0;
  for (const character of raw) {
    marks = /\p{M}/u.test(character) ? marks + 1 : 0;
    const isHidden = character === REPLACEMENT || HIDDEN.test(character) || marks > MAX_MARKS;
    hasHidden ||= isHidden;
    text += isHidden ? REPLACEMENT : character;
  }
  return { text, hasHidden };
}
