/** 64 KiB unless a channel carries a file. Source: security-bar.md §2.2. */
export const SMALL = 65_536;

/** Configuration text and inspector input: 256 KiB of text, escaped as JSON. */
export const TEXT = 1_048_576;

/** A transaction import. Source: security-bar.md §2.2. */
export const HANDED = 524_288;

/** Calls a minute of what a person does now and then, and of what screens ask for by themselves. */
export const RARELY = 60;
export const OFTEN = 600;
