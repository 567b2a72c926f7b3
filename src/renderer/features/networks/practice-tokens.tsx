import { useState } from 'react';
import { GiveTokens } from './give-tokens.tsx';
import { MakeMint } from './make-mint.tsx';

/** Mints and tokens to practise rewards with. They are worth nothing and gone when the network is reset. */
export function PracticeTokens({ demoMint = '' }: { demoMint?: string | undefined }) {
  const [mint, setMint] = useState(demoMint);
  return (
    <section className="stack" aria-label="Practice tokens">
      <h3>Practice tokens</h3>
      <MakeMint onMade={setMint} />
      <GiveTokens mint={mint} onMint={setMint} />
    </section>
  );
}
