import { useEffect, useState } from 'react';

/** The value once it has not changed for `restMs`: asks the chain when typing rests, not at every key. */
export function useSettled<T>(value: T, restMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return settled;
}
