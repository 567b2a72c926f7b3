/** Text in groups of four, so that two people or a device and a screen can be compared by eye. */
export function groupsOfFour(text: string): readonly string[] {
  return text.match(/.{1,4}/gs) ?? [];
}
