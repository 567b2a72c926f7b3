import type {
  AuthorizationList,
  AuthorizationQuestion,
  CanJoinAnswer,
  CanJoinQuestion,
  JoinKit,
  JoinKitQuestion,
} from '#core/authorizations/authorization-view.ts';
import { canJoin } from '#core/authorizations/can-join.ts';
import { joinKit } from '#core/authorizations/join-kit.ts';
import { listAuthorizations } from '#core/authorizations/list-authorizations.ts';
import { checkRpcUrl } from '#core/networks/url-rules.ts';
import type { Dialogs, TextFiles } from '#main/ports.ts';
import type { Connections, Online } from './connections.ts';
import type { Practice } from './practice.ts';
import type { SignerBook } from './signer-book.ts';

type Deps = {
  readonly connections: Connections;
  readonly practice: Practice;
  readonly signers: SignerBook;
  readonly dialogs: Dialogs;
  readonly files: TextFiles;
};

/** Room for 2,000 users with long labels and some notes, bytes. */
const MAX_USERS_FILE_BYTES = 1_048_576;

export type Authorizations = ReturnType<typeof createAuthorizations>;

/** Who may join: what the chain says of it, and what to hand to a user. */
export function createAuthorizations({ connections, practice, signers, dialogs, files }: Deps) {
  function online(): { chain: Online['node']; programs: Online['profile']['programs'] } {
    const { node, profile } = connections.current();
    return { chain: node, programs: profile.programs };
  }

  /** The URL in full: what it may hold is decided by who asks. */
  function rpcUrlOf({ profile }: Online): string {
    if (profile.kind === 'practice') return practice.endpoint()?.rpcUrl ?? '';
    return checkRpcUrl(profile.rpcUrl, profile.allowUnencrypted).url;
  }

  return {
    /** @throws AppError `network/offline`, `rpc/…` */
    list: (question: AuthorizationQuestion): Promise<AuthorizationList> =>
      listAuthorizations(question, { ...online(), own: new Set(signers.addresses()) }),

    /** @throws AppError `network/offline`, `run/not-found`, `run/account-missing`, `run-id/too-long`, `rpc/…` */
    canJoin: (question: CanJoinQuestion): Promise<CanJoinAnswer> => canJoin(question, online()),

    /** @throws AppError `network/offline`, `join-kit/unfit` */
    joinKit(question: JoinKitQuestion): JoinKit {
      const current = connections.current();
      return joinKit(question, { rpcUrl: rpcUrlOf(current), webSocketUrl: current.webSocketUrl });
    },

    /** @throws AppError `storage/file-too-large`, `storage/unreadable` */
    async openUsers() {
      const path = await dialogs.chooseFile({
        title: 'Open a list of users',
        button: 'Open',
        filters: [
          { name: 'Lists', extensions: ['csv', 'tsv', 'txt'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      if (path === undefined) return { kind: 'cancelled' as const };
      const text = await files.read(path, MAX_USERS_FILE_BYTES);
      return { kind: 'opened' as const, fileName: path.split(/[\\/]/).at(-1) ?? '', text };
    },
  };
}
