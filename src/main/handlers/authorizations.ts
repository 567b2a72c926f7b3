import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function authorizationHandlers({ authorizations }: Services): Group<'authorizations'> {
  return {
    list: (question) => authorizations.list(question),
    canJoin: (question) => authorizations.canJoin(question),
    joinKit: (question) => authorizations.joinKit(question),
    openUsers: () => authorizations.openUsers(),
  };
}
