import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Notice } from '#renderer/ui/notice.tsx';

/** Keeps a fault in one screen from taking the window down. React offers this to classes only. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <div style={{ padding: 24 }}>
        <Notice
          tone="bad"
          title="This screen stopped working"
          actions={
            <Button size="xs" variant="default" onClick={() => this.setState({ error: undefined })}>
              Draw it again
            </Button>
          }
        >
          <p>Nothing was sent. Draw it again, or go to another screen.</p>
          <p className="mono small">
            {this.state.error instanceof Error ? this.state.error.message.slice(0, 300) : 'unknown fault'}
          </p>
        </Notice>
      </div>
    );
  }
}
