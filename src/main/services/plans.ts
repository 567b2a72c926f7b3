import type { OperationRequest } from '#core/operations/request.ts';
import type { Address } from '#core/solana/address.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { Keyfiles } from '#main/ports.ts';
import type { JournalBook } from './journal-book.ts';

/** An operation somebody is carrying out, one transaction after the other. */
export type Plan = {
  readonly id: string;
  readonly request: OperationRequest;
  /** Titles of all its transactions, as they were when it began. */
  titles: readonly string[];
  /** What its transactions live by, once one was taken; none: a recent blockhash. */
  nonceAccount: Address | undefined;
  /** The cluster of its first review. On another one it would be another plan. */
  genesisHash: string | undefined;
  /** Key made for the account that its next transaction creates. */
  fresh: FreshKey | undefined;
  /** The key while it is being made: one is enough for everybody who asks meanwhile. */
  making: Promise<FreshKey> | undefined;
};

type FreshKey = { readonly address: Address; readonly path: string };

type Deps = {
  readonly keyfiles: Keyfiles;
  readonly book: JournalBook;
  /** Where keys of new accounts lie until their transaction has ended. */
  readonly freshFolder: string;
  readonly listFresh: () => Promise<Address[]>;
  readonly newId: () => string;
  /** A plan was given up, by the operator or for a newer one: nothing of it can be approved any more. */
  readonly onDiscarded: (id: string) => void;
};

/** More than anybody has open; the oldest goes first. */
const MAX_PLANS = 50;

export type Plans = ReturnType<typeof createPlans>;

/** Open plans. They live as long as the app: what is done already is read from the chain, so a form can begin again. */
export function createPlans({ keyfiles, book, freshFolder, listFresh, newId, onDiscarded }: Deps) {
  const plans = new Map<string, Plan>();

  const pathOf = (address: Address) => `${freshFolder}/${address}.json`;

  /** A key that signed bytes which may still land stays until they ended. */
  const isInFlight = (address: Address) => book.inFlight().some(({ signed }) => signed.freshAccount === address);

  async function dropFresh(address: Address): Promise<void> {
    if (!isInFlight(address)) await keyfiles.remove(pathOf(address));
  }

  async function discard(id: string): Promise<void> {
    const plan = plans.get(id);
    plans.delete(id);
    onDiscarded(id);
    const key = plan?.fresh ?? (await plan?.making?.catch(() => undefined));
    if (key) await dropFresh(key.address);
  }

  return {
    async begin(request: OperationRequest): Promise<Plan> {
      const [oldest] = plans.keys();
      if (oldest !== undefined && plans.size >= MAX_PLANS) await discard(oldest);
      const plan: Plan = {
        id: newId(),
        request,
        titles: [],
        nonceAccount: undefined,
        genesisHash: undefined,
        fresh: undefined,
        making: undefined,
      };
      plans.set(plan.id, plan);
      return plan;
    },

    /** @throws AppError `plan/unknown` */
    find(id: string): Plan {
      const plan = plans.get(id);
      if (!plan) throw new AppError('plan/unknown', {});
      return plan;
    },

    discard,

    /** The key for a new account, made once for each plan. @throws AppError `keyfile/…`, `signer/…` */
    async freshAccountOf(plan: Plan): Promise<Address> {
      if (plan.fresh) return plan.fresh.address;
      plan.making ??= keyfiles.create(freshFolder, '').finally(() => {
        plan.making = undefined;
      });
      const key = await plan.making;
      plan.fresh = key;
      return key.address;
    },

    /** Signs with the key of the account a plan creates. @throws AppError `keyfile/…`, `signer/…` */
    signFresh: (address: Address, message: Uint8Array, messageHash: string) =>
      keyfiles.sign({ path: pathOf(address), allowOpenPermissions: false, expected: address, message, messageHash }),

    /** The transaction that used this key has ended. */
    async forgetFresh(address: Address): Promise<void> {
      for (const plan of plans.values()) {
        if (plan.fresh?.address === address) plan.fresh = undefined;
      }
      await dropFresh(address);
    },

    /** At start: keys whose plan is gone and that signed nothing in flight. */
    async cleanUp(): Promise<void> {
      await Promise.all((await listFresh()).map(dropFresh));
    },
  };
}
