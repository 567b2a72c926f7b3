import { z } from 'zod';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import type { Clock } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { AddressText } from '#core/units/wire.ts';
import type { Service, Sleep } from '#main/ports.ts';

/** What the practice network says once it answers. */
const Ready = z.object({
  ready: z.object({
    rpcUrl: z.string(),
    webSocketUrl: z.string(),
    genesisHash: z.string(),
    demoMint: AddressText,
  }),
});
/** What it says instead when it cannot start; its words are not taken over. */
const Failed = z.object({ failed: z.object({ code: z.string() }) });
const Notice = z.object({ notice: z.string() });

/** `demoMint`: the demo key starts with tokens of it; unknown while a network is met that was not reset here. */
export type PracticeEndpoint = Omit<z.output<typeof Ready>['ready'], 'demoMint'> & {
  readonly demoMint: Address | undefined;
};

/** Longest a start takes; with a large saved state on a slow disk a few seconds. */
const START_SECONDS = 30;

/** Starts in a row before it is left as it is. */
const MAX_RESTARTS = 3;

/** One that lived this long did not end for how it was started. */
const STEADY_MS = 60_000;

type Deps = {
  readonly start: (args: string[]) => Service;
  readonly folder: string;
  /** The demo key's address, made when it is not there. */
  readonly demoAddress: () => Promise<Address>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly notify: (notice: string) => void;
  /** The network came up, went away, or came back. */
  readonly onChanged: () => void;
};

export type Practice = ReturnType<typeof createPractice>;

/** The practice network's process: started when it is first needed, started again when it dies. */
export function createPractice({ start, folder, demoAddress, clock, sleep, notify, onChanged }: Deps) {
  let running: { service: Service; endpoint: PracticeEndpoint } | undefined;
  let starting: Promise<PracticeEndpoint> | undefined;
  let restarts = 0;
  let gaveUp = false;
  let isStopping = false;

  async function launch(): Promise<PracticeEndpoint> {
    const address = await demoAddress();
    const service = start(['--port', '0', '--data-dir', folder, '--demo', address]);
    const endpoint = await ready(service);
    running = { service, endpoint };
    const readyAt = clock.monotonic();
    void service.exited.then(() => recover(service, clock.monotonic() - readyAt));
    onChanged();
    return endpoint;
  }

  async function ready(service: Service): Promise<PracticeEndpoint> {
    const wake = new AbortController();
    const answer = new Promise<PracticeEndpoint | AppError>((resolve) => {
      let failure: AppError = new AppError('practice/ended-early', {});
      service.onMessage((message) => {
        const notice = Notice.safeParse(message);
        if (notice.success) notify(notice.data.notice);
        const parsed = Ready.safeParse(message);
        if (parsed.success) resolve(parsed.data.ready);
        const failed = Failed.safeParse(message);
        if (failed.success && failed.data.failed.code === 'practice/folder-in-use') {
          failure = new AppError('practice/folder-in-use', {});
        }
      });
      void service.exited.then(() => resolve(failure));
      const late = new AppError('practice/not-started', { seconds: START_SECONDS });
      void sleep(START_SECONDS * 1000, wake.signal).then(() => resolve(late));
    });
    const found = await answer;
    wake.abort();
    if (!isAppError(found)) return found;
    await service.stop();
    throw found;
  }

  async function recover(service: Service, livedMs: number): Promise<void> {
    if (running?.service !== service) return;
    running = undefined;
    if (isStopping) return;
    restarts = livedMs < STEADY_MS ? restarts + 1 : 1;
    gaveUp = restarts > MAX_RESTARTS;
    // Only now: whoever hears of it asks for the network again.
    onChanged();
    if (gaveUp) {
      notify('The practice network ended several times. Switch networks and back to start it again.');
      return;
    }
    await begin().then(
      () => notify('The practice network ended unexpectedly and was started again; its state was kept.'),
      () => notify('The practice network ended unexpectedly and did not start again.'),
    );
  }

  function begin(): Promise<PracticeEndpoint> {
    if (running) return Promise.resolve(running.endpoint);
    if (gaveUp) return Promise.reject(new AppError('practice/gave-up', { ends: restarts }));
    starting ??= launch().finally(() => {
      starting = undefined;
    });
    return starting;
  }

  return {
    /** @throws AppError `practice/not-started`, `practice/ended-early`, `practice/gave-up`, `practice/folder-in-use`, `keyfile/…` */
    start(): Promise<PracticeEndpoint> {
      isStopping = false;
      return begin();
    },
    /** The operator chose it again: what was given up may be tried again. */
    tryAnew(): void {
      restarts = 0;
      gaveUp = false;
    },
    /** The endpoint while it runs. */
    endpoint: () => running?.endpoint,
    /** Told after a reset: the network is another one then, with the same URLs. */
    noteGenesis(genesisHash: string, demoMint?: Address) {
      if (!running) return;
      const { endpoint } = running;
      const known = genesisHash === endpoint.genesisHash ? endpoint.demoMint : undefined;
      running = { ...running, endpoint: { ...endpoint, genesisHash, demoMint: demoMint ?? known } };
    },
    async stop(): Promise<void> {
      isStopping = true;
      await starting?.catch(() => undefined);
      const stopping = running;
      running = undefined;
      await stopping?.service.stop();
    },
  };
}
