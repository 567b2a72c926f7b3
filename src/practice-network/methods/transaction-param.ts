import { base58 } from '@scure/base';
import { isAppError, messageOf } from '#core/errors/app-error.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';

/** Transaction or message text → bytes. */
export function decodeWire(text: string, encoding: 'base58' | 'base64'): Uint8Array {
  try {
    if (encoding === 'base58') return base58.decode(text);
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new RangeError('not base64');
    return new Uint8Array(Buffer.from(text, 'base64'));
  } catch {
    throw new RpcError(RPC_CODES.invalidParams, `invalid ${encoding} encoding`);
  }
}

/** Runs something that reads transaction bytes; bytes that are no transaction answer −32602 and say why. */
export function refuseMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    const { happened } = messageOf(cause.code, cause.params as never);
    throw new RpcError(RPC_CODES.invalidParams, `failed to deserialize transaction: ${happened}`);
  }
}
