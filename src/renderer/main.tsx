import { setNonce } from 'get-nonce';
import { z } from 'zod';
import { installTrustedTypes } from '#renderer/app/trusted-types.ts';

// Before any schema exists and anything draws: the page's policy has no eval, and takes only style sheets with this load's
// nonce. That is why the app itself is loaded afterwards.
z.config({ jitless: true });
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
setNonce(nonce);
installTrustedTypes();

void import('#renderer/app/start.tsx').then(({ start }) => start(nonce));
