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
const TransactionsScreen = lazy(async () => ({
  default: (await import('#renderer/features/transactions/transactions-screen.tsx')).TransactionsScreen,
}));
const TransactionScreen = lazy(async () => ({
  default: (await import('#renderer/features/transactions/transaction-screen.tsx')).TransactionScreen,
}));
const InspectorScreen = lazy(async () => ({
  default: (await import('#renderer/features/inspector/inspector-screen.tsx')).InspectorScreen,
}));
const SignersScreen = lazy(async () => ({
  default: (await import('#renderer/features/signers/signers-screen.tsx')).SignersScreen,
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
      return <RunScreen runId={screen.runId} />;
    case 'create-run':
      return <CreateRunScreen />;
    case 'update-configuration':
      return <UpdateConfigurationScreen runId={screen.runId} />;
    case 'set-paused':
      return <SetPausedScreen runId={screen.runId} paused={screen.paused} />;
    case 'set-rates':
      return <SetRatesScreen runId={screen.runId} />;
    case 'top-up':
      return <TopUpScreen runId={screen.runId} />;
    case 'claim-rewards':
      return <ClaimScreen runId={screen.runId} user={screen.user} />;
    case 'who-may-join':
      return <WhoMayJoinScreen />;
    case 'transactions':
      return <TransactionsScreen />;
    case 'transaction':
      return <TransactionScreen id={screen.id} />;
    case 'inspector':
      return <InspectorScreen text={screen.text} />;
    case 'signers':
      return <SignersScreen />;
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
