/**
 * What main and the signing child say to each other: one request in, one reply out, plain JSON. Secrets never travel;
 * paths travel inwards only.
 */
export type SignerRequest =
  | {
      readonly kind: 'look';
      readonly path: string;
      readonly allowOpenPermissions: boolean;
    }
  | {
      readonly kind: 'sign';
      readonly path: string;
      readonly allowOpenPermissions: boolean;
      /** Base58 address the file must hold. */
      readonly expected: string;
      /** Base58 of SHA-256 of the approved message. */
      readonly messageHash: string;
      readonly messageBase64: string;
    }
  | {
      readonly kind: 'create';
      readonly folder: string;
      /** Empty: named after the new address. */
      readonly fileName: string;
    };

export type SignerReply =
  | { readonly kind: 'looked'; readonly address: string }
  | { readonly kind: 'signed'; readonly address: string; readonly signatureBase64: string }
  | { readonly kind: 'created'; readonly address: string; readonly fileName: string }
  /** A code of the error catalog with its parameters. */
  | { readonly kind: 'refused'; readonly code: string; readonly params: Readonly<Record<string, string | number>> }
  /** Nobody foresaw it; deliberately without any detail. */
  | { readonly kind: 'crashed' };
