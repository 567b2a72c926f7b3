/**
 * The page's only Trusted Types policy. Mantine writes style sheets through `innerHTML`, which never needs a `<`; anything
 * with one would be markup and is refused. Scripts and script addresses have no creator at all.
 */
export function installTrustedTypes(): void {
  globalThis.trustedTypes?.createPolicy('default', {
    createHTML(text) {
      if (text.includes('<')) throw new TypeError('markup is not taken from text');
      return text;
    },
  });
}
