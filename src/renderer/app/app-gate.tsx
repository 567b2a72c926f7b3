import { useMantineColorScheme } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Failure } from '#renderer/lib/failure.tsx';
import { NavigationProvider, type Screen } from '#renderer/lib/navigation.tsx';
import { useAppStatus, useMainEvents } from '#renderer/lib/queries.ts';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { Frame } from './frame.tsx';

const FirstStartScreen = lazy(async () => ({
  default: (await import('#renderer/features/first-start/first-start-screen.tsx')).FirstStartScreen,
}));

/** First start until a door was chosen, then the app. */
export function AppGate() {
  useMainEvents();
  const status = useAppStatus();
  const [start, setStart] = useState<Screen>({ kind: 'runs' });
  const { setColorScheme } = useMantineColorScheme();
  const theme = status.data?.settings.theme;
  useEffect(() => {
    if (theme) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
  if (!status.data) {
    return (
      <main style={{ padding: 24 }}>
        {status.isError ? (
          <Failure error={status.error} title="The app could not start" onRetry={() => void status.refetch()} />
        ) : (
          <SkeletonLines lines={6} />
        )}
      </main>
    );
  }
  if (!status.data.door) {
    return (
      <Suspense fallback={<SkeletonLines lines={6} />}>
        <FirstStartScreen onChosen={(door) => setStart({ kind: door === 'network' ? 'networks' : 'runs' })} />
      </Suspense>
    );
  }
  return (
    <NavigationProvider start={start}>
      <Frame notices={status.data.notices} />
    </NavigationProvider>
  );
}
