import { Button, type ButtonProps } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import classes from './action-button.module.css';

/**
 * A button that says why it cannot be pressed. It keeps the focus and its place while it waits, so nothing jumps and a
 * screen reader finds the reason.
 */
export function ActionButton({
  reason,
  onClick,
  type = 'button',
  children,
  autoFocus = false,
  ...look
}: ButtonProps & { reason: string; onClick?: () => void; type?: 'button' | 'submit'; autoFocus?: boolean }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The screen stays where it is: a focused button below the fold still takes Enter.
    if (autoFocus) button.current?.focus({ preventScroll: true });
  }, [autoFocus]);
  const blocked = reason !== '';
  return (
    <div className={classes.action}>
      <Button
        {...look}
        type={type}
        ref={button}
        aria-disabled={blocked || undefined}
        {...(blocked && { 'data-disabled': true })}
        aria-describedby={blocked ? id : undefined}
        onClick={(event) => {
          if (blocked) event.preventDefault();
          else onClick?.();
        }}
      >
        {children}
      </Button>
      {blocked && (
        <span id={id} className={classes.reason}>
          {reason}
        </span>
      )}
    </div>
  );
}
