import { Suspense } from 'react';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Rail } from './rail.tsx';
import { screenKey, ScreenView } from './screen-view.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import classes from './frame.module.css';

/** Rail, top bar and the current screen. */
export function Frame({ notices }: { notices: readonly string[] }) {
  const { screen } = useNavigation();
  const key = screenKey(screen);
  return (
    <div className={classes.frame}>
      <Rail />
      <div className={classes.right}>
        <TopBar />
        <main key={key} className={classes.content}>
          {notices.map((notice) => (
            <div key={notice} className={classes.notice}>
              <Notice tone="warn" title={notice} />
            </div>
          ))}
          <ErrorBoundary>
            <Suspense
              fallback={
                <div className={classes.notice}>
                  <SkeletonLines lines={8} height={22} />
                </div>
              }
            >
              <ScreenView screen={screen} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <CommandPalette />
      <Toasts />
    </div>
  );
}
