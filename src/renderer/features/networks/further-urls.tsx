import { Button, TextInput } from '@mantine/core';
import { MAX_MORE_URLS } from '#core/networks/profile.ts';
import { whyNotFurther } from '#core/networks/profile-urls.ts';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import classes from './further-urls.module.css';

type Urls = {
  readonly rpcUrl: string;
  readonly moreRpcUrls: readonly string[];
  readonly webSocketUrl: string;
  readonly allowUnencrypted: boolean;
};

/** The RPC URLs that stand in for the first one, in the order they are asked. */
export function FurtherUrls({
  urls,
  onChange,
}: {
  urls: Urls;
  onChange: (change: { rpcUrl: string; moreRpcUrls: string[] }) => void;
}) {
  const { rpcUrl, moreRpcUrls } = urls;
  const others = (index: number) => moreRpcUrls.filter((_, each) => each !== index);
  const full = moreRpcUrls.length >= MAX_MORE_URLS ? `A network has at most ${MAX_MORE_URLS + 1} endpoints` : '';
  return (
    <div role="group" aria-label="Further endpoints" className="stack">
      {moreRpcUrls.map((url, index) => (
        <div key={index} className={classes.line}>
          <TextInput
            label={`Endpoint ${index + 2}`}
            placeholder="https://"
            value={url}
            error={
              url === '' ? undefined : whyNotFurther({ ...urls, moreRpcUrls: [...moreRpcUrls] }, index) || undefined
            }
            onChange={(event) =>
              onChange({ rpcUrl, moreRpcUrls: moreRpcUrls.with(index, event.currentTarget.value.trim()) })
            }
            classNames={{ root: classes.field, input: 'mono' }}
          />
          <Button
            variant="subtle"
            color="gray"
            onClick={() => onChange({ rpcUrl: url, moreRpcUrls: [rpcUrl, ...others(index)] })}
            aria-label={`Make first: endpoint ${index + 2}`}
          >
            Make first
          </Button>
          <Button
            variant="subtle"
            color="danger"
            onClick={() => onChange({ rpcUrl, moreRpcUrls: others(index) })}
            aria-label={`Remove endpoint ${index + 2}`}
          >
            Remove
          </Button>
        </div>
      ))}
      <div className={classes.add}>
        <ActionButton
          variant="default"
          reason={full}
          onClick={() => onChange({ rpcUrl, moreRpcUrls: [...moreRpcUrls, ''] })}
        >
          Add another endpoint
        </ActionButton>
        <span className="muted small">
          Asked when those before it cannot answer. Every transaction goes to all of them. All must serve the same
          cluster
        </span>
      </div>
    </div>
  );
}
