/** Something that happens outside of the app: to the network, the clock, the window, the chain, the signing child. */
export type Happening =
  | { readonly kind: 'time passes'; readonly ms: number }
  | { readonly kind: 'blocks pass'; readonly count: number }
  | { readonly kind: 'another network is chosen' }
  | { readonly kind: 'another cluster answers' }
  | { readonly kind: 'another window asks' }
  | { readonly kind: 'the page is gone' }
  | { readonly kind: 'somebody pays in' }
  | { readonly kind: 'the nonce moves' }
  | { readonly kind: 'the signing child fails' }
  | { readonly kind: 'another signature arrives'; readonly which: number }
  | {
      readonly kind: 'a transaction ends';
      readonly which: number;
      readonly how: 'confirmed' | 'expired' | 'nonce-used';
    };

/** Something the person does, or that happens meanwhile. */
export type Step =
  | Happening
  | { readonly kind: 'begin'; readonly request: number }
  | { readonly kind: 'review'; readonly which: number }
  | { readonly kind: 'review the rest'; readonly which: number }
  | { readonly kind: 'give up'; readonly which: number }
  | {
      readonly kind: 'approve';
      readonly which: number;
      readonly clicks: 1 | 2;
      readonly hash: 'shown' | 'of another' | 'nonsense';
      readonly isPhraseTyped: boolean;
      readonly isLeavingOne: boolean;
      readonly says: boolean;
      /** While the question stands open. */
      readonly meanwhile: readonly Step[];
      /** While the signing child works, or the disk. */
      readonly afterwards: readonly Happening[];
    };
