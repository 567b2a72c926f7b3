import { Button } from '@mantine/core';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import classes from './words-panel.module.css';

/** The words of a key that was just made, to be written on paper. Nothing else has them, and this shows them once. */
export function WordsPanel({ words, onDone }: { words: string; onDone: () => void }) {
  return (
    <Panel title="The twelve words of the new key">
      <div className="stack">
        <Notice tone="warn" title="Write them on paper now: they are shown this once and kept nowhere">
          Whoever reads them has the key, passphrase or not. Take no picture of them and type them into no website.
        </Notice>
        <ol className={classes.words} aria-label="Twelve words">
          {words.split(' ').map((word, index) => (
            // The same word may come twice; its place is what tells them apart.
            <li key={index}>
              <span className="mono">{word}</span>
            </li>
          ))}
        </ol>
        <p className="muted small">
          They bring the key back with “solana-keygen recover ASK”, with no further passphrase and no derivation path.
        </p>
        <div>
          <Button onClick={onDone}>I have written them down</Button>
        </div>
      </div>
    </Panel>
  );
}
