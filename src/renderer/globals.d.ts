/// <reference types="vite/client" />
import type { WireApi } from '#ipc/client.ts';

declare global {
  interface Window {
    /** What the preload script exposes: one function per channel. */
    readonly api: WireApi;
  }

  /** Trusted Types as this page uses it. Source: W3C Trusted Types, `TrustedTypePolicyFactory.createPolicy`. */
  var trustedTypes: { createPolicy(name: string, rules: { createHTML(text: string): string }): unknown } | undefined;
}
