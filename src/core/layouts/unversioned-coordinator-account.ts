import { decodeFixedText } from '#core/codec/text.ts';
import { AppError } from '#core/errors/app-error.ts';

/** What can be read of an account that a program before layout versions created; enough for a label. */
export type UnversionedLabel = {
  readonly name: string;
  readonly description: string;
  readonly run_id: string;
  readonly nonce: bigint;
};

/** Bytes of the unversioned layout, also called v0. Source: PROTOCOL §5.5. */
const UNVERSIONED_SIZE = 119_072;

/** Whether data of a coordinator account has the size of the unversioned layout: it has no version field to tell. */
export function isUnversionedCoordinatorAccount(data: Uint8Array): boolean {
  return data.length === UNVERSIONED_SIZE;
}

/**
 * The label of an unversioned account; the rest of its layout differs. Source of the offsets: PROTOCOL §5.5.
 *
 * @throws AppError `account/size`
 */
export function readUnversionedLabel(data: Uint8Array): UnversionedLabel {
  if (!isUnversionedCoordinatorAccount(data)) {
    throw new AppError('account/size', { expected: UNVERSIONED_SIZE, actual: data.length });
  }
  return {
    name: decodeFixedText(data, 8, 64),
    description: decodeFixedText(data, 72, 280),
    run_id: decodeFixedText(data, 368, 64),
    nonce: new DataView(data.buffer, data.byteOffset).getBigUint64(119_064, true),
  };
}
