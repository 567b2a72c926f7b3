import { lazy } from 'react';
import type { Screen } from '#renderer/lib/navigation.tsx';

const RunsScreen = lazy(async () => ({
  default: (await import('#renderer/features/runs/runs-screen.tsx')).RunsScreen,
}));
const RunScreen = lazy(async () => ({ default: (await import('#renderer/features/runs/run-screen.tsx')).RunScreen }));
const CreateRunScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/create-run/create-run-screen.tsx')).CreateRunScreen,
}));
const UpdateConfigurationScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/update-configuration-screen.tsx')).UpdateConfigurationScreen,
}));
const SetPausedScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/set-paused-screen.tsx')).SetPausedScreen,
}));
const CloseRunScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/close-run-screen.tsx')).CloseRunScreen,
}));
const TickScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/tick-screen.tsx')).TickScreen,
}));
const CheckpointScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/checkpoint-screen.tsx')).CheckpointScreen,
}));
const SetRatesScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/rewards/set-rates-screen.tsx')).SetRatesScreen,
}));
const TopUpScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/rewards/top-up-screen.tsx')).TopUpScreen,
}));
const ClaimScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/rewards/claim-screen.tsx')).ClaimScreen,
}));
const WhoMayJoinScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/who-may-join-screen.tsx')).WhoMayJoinScreen,
}));
const AuthorizationsScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/authorizations/authorizations-screen.tsx'))
    .AuthorizationsScreen,
}));
const AuthorizationScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/authorizations/authorization-screen.tsx')).AuthorizationScreen,
}));
const SetDelegatesScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/authorizations/set-delegates-screen.tsx')).SetDelegatesScreen,
}));
const SetAuthorizationActiveScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/authorizations/set-authorization-active-screen.tsx'))
    .SetAuthorizationActiveScreen,
}));
const CloseAuthorizationScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/authorizations/close-authorization-screen.tsx'))
    .CloseAuthorizationScreen,
}));
const CanJoinScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/authorizations/can-join-screen.tsx')).CanJoinScreen,
}));
const JoinKitScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/authorizations/join-kit-screen.tsx')).JoinKitScreen,
}));
const TransactionsScreen = lazy(async () => ({
  default: (await import('#renderer/features/transactions/transactions-screen.tsx')).TransactionsScreen,
}));
const TransactionScreen = lazy(async () => ({
  default: (await import('#renderer/features/transactions/transaction-screen.tsx')).TransactionScreen,
}));
const OpenTransactionScreen = lazy(async () => ({
  default: (await import('#renderer/features/handed/open-transaction-screen.tsx')).OpenTransactionScreen,
}));
const InspectorScreen = lazy(async () => ({
  default: (await import('#renderer/features/inspector/inspector-screen.tsx')).InspectorScreen,
}));
const PasteCommandScreen = lazy(async () => ({
  default: (await import('#renderer/features/paste-command/paste-command-screen.tsx')).PasteCommandScreen,
}));
const ErrorAtlasScreen = lazy(async () => ({
  default: (await import('#renderer/features/error-atlas/error-atlas-screen.tsx')).ErrorAtlasScreen,
}));
const SignersScreen = lazy(async () => ({
  default: (await import('#renderer/features/signers/signers-screen.tsx')).SignersScreen,
}));
const NonceAccountsScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/nonces/nonce-accounts-screen.tsx')).NonceAccountsScreen,
}));
const CreateNonceAccountsScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/nonces/create-nonce-accounts-screen.tsx'))
    .CreateNonceAccountsScreen,
}));
const ChangeNonceScreen = lazy(async () => ({
  default: (await import('#renderer/features/operations/nonces/change-nonce-screen.tsx')).ChangeNonceScreen,
}));
const NetworksScreen = lazy(async () => ({
  default: (await import('#renderer/features/networks/networks-screen.tsx')).NetworksScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('#renderer/features/settings/settings-screen.tsx')).SettingsScreen,
}));

/** A place in the app → its screen, loaded when first gone to. */
export function ScreenView({ screen }: { screen: Screen }) {
  switch (screen.kind) {
    case 'runs':
      return <RunsScreen />;
    case 'run':
      return <RunScreen runId={screen.runId} filled={screen.filled} />;
    case 'create-run':
      return <CreateRunScreen filled={screen.filled} />;
    case 'update-configuration':
      return <UpdateConfigurationScreen runId={screen.runId} filled={screen.filled} />;
    case 'set-paused':
      return <SetPausedScreen runId={screen.runId} paused={screen.paused} />;
    case 'close-run':
      return <CloseRunScreen runId={screen.runId} />;
    case 'tick':
      return <TickScreen runId={screen.runId} filled={screen.filled} />;
    case 'checkpoint':
      return <CheckpointScreen runId={screen.runId} filled={screen.filled} />;
    case 'set-rates':
      return <SetRatesScreen runId={screen.runId} filled={screen.filled} />;
    case 'top-up':
      return <TopUpScreen runId={screen.runId} filled={screen.filled} />;
    case 'claim-rewards':
      return <ClaimScreen runId={screen.runId} user={screen.user} />;
    case 'who-may-join':
      return <WhoMayJoinScreen filled={screen.filled} />;
    case 'authorizations':
      return <AuthorizationsScreen filled={screen.filled} />;
    case 'authorization':
      return <AuthorizationScreen grantor={screen.grantor} grantee={screen.grantee} />;
    case 'set-delegates':
      return <SetDelegatesScreen grantor={screen.grantor} grantee={screen.grantee} filled={screen.filled} />;
    case 'set-authorization-active':
      return <SetAuthorizationActiveScreen grantor={screen.grantor} grantee={screen.grantee} active={screen.active} />;
    case 'close-authorization':
      return <CloseAuthorizationScreen grantor={screen.grantor} grantee={screen.grantee} />;
    case 'can-join':
      return <CanJoinScreen runId={screen.runId} filled={screen.filled} />;
    case 'join-kit':
      return <JoinKitScreen runId={screen.runId} grantee={screen.grantee} />;
    case 'transactions':
      return <TransactionsScreen />;
    case 'transaction':
      return <TransactionScreen id={screen.id} />;
    case 'open-transaction':
      return <OpenTransactionScreen text={screen.text} />;
    case 'inspector':
      return <InspectorScreen text={screen.text} />;
    case 'paste-command':
      return <PasteCommandScreen text={screen.text} secrets={screen.secrets} />;
    case 'error-atlas':
      return <ErrorAtlasScreen code={screen.code} runId={screen.runId} />;
    case 'signers':
      return <SignersScreen />;
    case 'nonce-accounts':
      return <NonceAccountsScreen />;
    case 'create-nonce-accounts':
      return <CreateNonceAccountsScreen />;
    case 'change-nonce':
      return <ChangeNonceScreen nonceAccount={screen.nonceAccount} act={screen.act} />;
    case 'networks':
      return <NetworksScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}

/** Two places with the same key are the same screen: it keeps its state. */
export function screenKey(screen: Screen): string {
  return JSON.stringify(screen);
}
