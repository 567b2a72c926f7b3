/** What a person reads when something cannot be done: what happened, and what to do next. */
export type ErrorMessage = { readonly happened: string; readonly remedy: string };

/** Parameters travel between processes as JSON: no bytes, no secrets, no text a remote host wrote. */
type ErrorTable = Readonly<Record<string, (params: never) => ErrorMessage>>;

/**
 * One table of error codes: the code names the failure, the function's parameter type its parameters, its result the
 * words on screen. Tables live one file per domain beside this one and meet in `catalog.ts`.
 */
export function defineErrors<T extends ErrorTable>(table: T): T {
  return table;
}
