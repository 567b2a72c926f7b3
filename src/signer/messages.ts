/**
 * What main and the signing child say to each other: one request in, one reply out. Keys never travel; paths travel inwards
 * only, and so do passphrases, as bytes that whoever holds them wipes. The words of a new key travel outwards when the operator
 * asked to see them, and in no other case.
 */
export type SignerRequest =
  | ({ readonly kind: 'look' } & KeyfileAccess)
  | ({
      readonly kind: 'sign';
      /** Base58 address the file must hold. */
      readonly expected: string;
      /** Base58 of SHA-256 of the approved message. */
      readonly messageHash: string;
      readonly messageBase64: string;
    } & KeyfileAccess)
  | {
      readonly kind: 'create';
      readonly folder: string;
      /** Empty: named after the new address. */
      readonly fileName: string;
    }
  | {
      readonly kind: 'encrypt';
      readonly path: string;
      readonly allowOpenPermissions: boolean;
      /** Base58 address the file must hold. */
      readonly expected: string;
      readonly targetPath: string;
      readonly passphrase: Uint8Array;
    }
  | {
      readonly kind: 'make';
      readonly targetPath: string;
      /** Absent: a plain keyfile. */
      readonly passphrase?: Uint8Array | undefined;
      /** The operator wants to write the words down. */
      readonly withWords: boolean;
    };

/** A keyfile and what opens it. */
export type KeyfileAccess = {
  readonly path: string;
  readonly allowOpenPermissions: boolean;
  /** UTF-8 of what was typed. Not looked at when the file is not encrypted. */
  readonly passphrase?: Uint8Array | undefined;
};

export type SignerReply =
  | { readonly kind: 'looked'; readonly address: string }
  | { readonly kind: 'signed'; readonly address: string; readonly signatureBase64: string }
  | { readonly kind: 'created'; readonly address: string; readonly fileName: string }
  | { readonly kind: 'encrypted'; readonly address: string }
  /** `words`: ASCII, a space between them; empty unless they were asked for. */
  | { readonly kind: 'made'; readonly address: string; readonly words: Uint8Array }
  /** A code of the error catalog with its parameters. */
  | { readonly kind: 'refused'; readonly code: string; readonly params: Readonly<Record<string, string | number>> }
  /** Nobody foresaw it; deliberately without any detail. */
  | { readonly kind: 'crashed' };
