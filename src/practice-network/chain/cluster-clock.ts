/** What programs and clients see as the time. */
export type ClusterTime = {
  readonly slot: bigint;
  /** Seconds since 1970. */
  readonly unixTimestamp: bigint;
};

/** Where slots and cluster time are counted from; survives restarts. Host times are milliseconds since 1970. */
export type ClockAnchors = {
  readonly slot: bigint;
  readonly slotHostMs: number;
  readonly chainMs: number;
  readonly chainHostMs: number;
  /** Cluster seconds per host second. */
  readonly speed: number;
};

/** From which slot on cluster time went another way, and how fast: a start, a jump or a change of speed. */
export type TimeTurn = { readonly slot: bigint; readonly chainMs: number; readonly speed: number };

/** Turns remembered; whoever makes more of them no longer needs the oldest. */
const MAX_TURNS = 1_000;

/** The first slot of a new network. */
const FIRST_SLOT = 1n;

/** Fastest cluster time: one host second stands for a day. */
export const MAX_SPEED = 86_400;

/** Cluster time may not leave what a calendar can show: 9999-12-31. Milliseconds since 1970. */
const LATEST_CHAIN_MS = 253_402_300_799_000;

/** Anchors of a network that starts now, at the host's time and speed. */
export function startingAnchors(hostMs: number): ClockAnchors {
  return { slot: FIRST_SLOT, slotHostMs: hostMs, chainMs: hostMs, chainHostMs: hostMs, speed: 1 };
}

export type ClusterClock = ReturnType<typeof createClusterClock>;

/**
 * Counts slots by the host's clock and keeps the cluster's own time, which may be moved and run faster.
 *
 * Slots follow the host only, so blockhashes of transactions under way outlive a jump in cluster time. Neither ever
 * runs backwards, whatever the host's clock does.
 *
 * @param pinned - cluster time dictated by a test; slots then move only with it
 */
export function createClusterClock(options: {
  now: () => number;
  slotMs: number;
  anchors: ClockAnchors;
  pinned?: (() => ClusterTime) | undefined;
}) {
  const { now, slotMs, pinned } = options;
  let anchors = options.anchors;
  let newestSlot = anchors.slot;
  let newestChainMs = anchors.chainMs;

  function slot(): bigint {
    const elapsed = Math.floor((now() - anchors.slotHostMs) / slotMs);
    const counted = anchors.slot + BigInt(Math.max(0, elapsed));
    if (counted > newestSlot) newestSlot = counted;
    return newestSlot;
  }

  function chainMs(): number {
    const moved = anchors.chainMs + (now() - anchors.chainHostMs) * anchors.speed;
    newestChainMs = Math.min(Math.max(newestChainMs, moved), LATEST_CHAIN_MS);
    return newestChainMs;
  }

  function rebase(chain: number, speed: number): void {
    newestChainMs = Math.min(Math.max(newestChainMs, chain), LATEST_CHAIN_MS);
    anchors = { ...anchors, chainMs: newestChainMs, chainHostMs: now(), speed };
  }

  const turns: TimeTurn[] = [];
  function noteTurn(): void {
    // Of several turns in one slot the last one holds.
    if (turns.at(-1)?.slot === slot()) turns.pop();
    turns.push({ slot: slot(), chainMs: chainMs(), speed: anchors.speed });
    if (turns.length > MAX_TURNS) turns.shift();
  }
  noteTurn();

  return {
    time(): ClusterTime {
      return pinned ? pinned() : { slot: slot(), unixTimestamp: BigInt(Math.floor(chainMs() / 1000)) };
    },
    /** Ends the current slot, so that the next transaction finds a new blockhash. */
    endSlot(): void {
      if (pinned) return;
      const current = slot();
      anchors = { ...anchors, slot: anchors.slot + 1n };
      newestSlot = current + 1n;
    },
    /** Moves cluster time forward; slots stay. */
    advance(seconds: number): void {
      rebase(chainMs() + seconds * 1000, anchors.speed);
      noteTurn();
    },
    setSpeed(speed: number): void {
      rebase(chainMs(), speed);
      noteTurn();
    },
    speed: (): number => anchors.speed,
    /** Since this clock was made, oldest first. */
    turns: (): readonly TimeTurn[] => turns,
    /** Anchors from which a restarted network goes on. */
    anchors(): ClockAnchors {
      return { slot: slot(), slotHostMs: now(), chainMs: chainMs(), chainHostMs: now(), speed: anchors.speed };
    },
  };
}
