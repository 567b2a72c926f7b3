/** A configuration text above this size is refused, bytes of UTF-8. Source: docs/security-bar.md §2.2. */
export const MAX_CONFIG_BYTES = 262_144;
