import { Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './bytes-field.module.css';

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Most bytes of UTF-8 the chain keeps. */
  maxBytes: number;
  description?: ReactNode;
  error?: ReactNode;
  placeholder?: string;
  lines?: number;
  mono?: boolean;
  required?: boolean;
};

/** A text field that counts what the chain counts: bytes of UTF-8, not characters. Nothing typed is cut. */
export function BytesField({
  label,
  value,
  onChange,
  maxBytes,
  description,
  error,
  placeholder,
  lines = 1,
  mono = false,
  required = false,
}: Props) {
  const id = useId();
  const bytes = new TextEncoder().encode(value).length;
  const over = bytes - maxBytes;
  const shared = {
    label,
    value,
    description,
    placeholder,
    withAsterisk: required,
    error:
      over > 0 ? `${over} ${over === 1 ? 'byte' : 'bytes'} too many: shorten it to ${maxBytes} bytes of UTF-8` : error,
    'aria-describedby': id,
    inputWrapperOrder: ['label', 'description', 'input', 'error'] as Array<'label' | 'description' | 'input' | 'error'>,
    ...(mono && { classNames: { input: 'mono' } }),
  };
  return (
    <div className={classes.field}>
      {lines > 1 ? (
        <Textarea {...shared} minRows={lines} rows={lines} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
      <span id={id} className={classes.count} data-over={over > 0 || undefined}>
        {bytes} / {maxBytes} bytes
      </span>
    </div>
  );
}
