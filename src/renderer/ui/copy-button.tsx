import { ActionIcon } from '@mantine/core';
import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useCopy } from './use-copy.ts';

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { copied, copy } = useCopy();
  return (
    <ActionIcon aria-label={copied ? 'Copied' : label} title={label} size="sm" onClick={() => copy(text)}>
      {copied ? <Check size={14} /> : <Copy size={14} />}
    </ActionIcon>
  );
}
