import { useEffect, useState } from 'react';

/** Buttons of a review wake this long after it appeared, so that a click meant for what was there before signs nothing. Source: security bar §3.8. */
const ARMING_MS = 800;

/** Whether a review has been on screen long enough to be approved. A new `reviewId` starts over. */
export function useArmed(reviewId: string): boolean {
  const [armed, setArmed] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setArmed(reviewId), ARMING_MS);
    return () => clearTimeout(timer);
  }, [reviewId]);
  return armed === reviewId;
}
