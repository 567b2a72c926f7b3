import { AppError, isAppError, messageOf } from '#core/errors/app-error.ts';
import type { NetworkProfile } from './profile.ts';
import { checkRpcUrl, checkWebSocketUrl } from './url-rules.ts';

type Urls = Pick<NetworkProfile, 'rpcUrl' | 'moreRpcUrls' | 'webSocketUrl' | 'allowUnencrypted'>;

/** The RPC URLs of a profile, the first choice first. */
export function rpcUrlsOf({ rpcUrl, moreRpcUrls = [] }: Pick<Urls, 'rpcUrl' | 'moreRpcUrls'>): readonly string[] {
  return [rpcUrl, ...moreRpcUrls];
}

/**
 * Checks every URL of a profile by the same rules.
 *
 * @throws AppError `network/url-malformed`, `network/unencrypted`, `network/unencrypted-private`; of a further URL
 *   `network/further-url` with its place
 */
export function checkProfileUrls(profile: Urls): void {
  checkRpcUrl(profile.rpcUrl, profile.allowUnencrypted);
  checkWebSocketUrl(profile.webSocketUrl, profile.rpcUrl, profile.allowUnencrypted);
  profile.moreRpcUrls?.forEach((_, index) => {
    const reason = whyNotFurther(profile, index);
    if (reason !== '') throw new AppError('network/further-url', { place: index + 2, reason });
  });
}

/** What is wrong with a further URL of a profile, in words; empty when it can be used. */
export function whyNotFurther(profile: Urls, index: number): string {
  try {
    const [first = '', ...more] = rpcUrlsOf(profile).map(spellingOf);
    const { url } = checkRpcUrl(profile.moreRpcUrls?.[index] ?? '', profile.allowUnencrypted);
    return [first, ...more.slice(0, index)].includes(url) ? 'It is in the list already' : '';
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return messageOf(cause.code, cause.params as never).happened;
  }
}

/** One spelling for one endpoint, as far as it can be read. */
function spellingOf(text: string): string {
  try {
    return checkRpcUrl(text, true).url;
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return text;
  }
}
