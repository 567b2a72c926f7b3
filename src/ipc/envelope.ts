/** What crosses back: a value, or a code with parameters. Never a stack, a path or remote text. */
export type Envelope = { readonly ok: true; readonly value: unknown } | Failure;

export type Failure = { readonly ok: false; readonly code: string; readonly params: Readonly<Record<string, unknown>> };
