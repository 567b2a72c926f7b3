import { Button } from '@mantine/core';
import { noticesOf, type ProgramNotice } from '#core/programs-deployed/program-notice.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { useNavigation } from './navigation.tsx';
import { useDeployedPrograms } from './queries.ts';

/** What has to be known about the deployed programs before something is signed. */
export function ProgramNotices({ notices }: { notices: readonly ProgramNotice[] }) {
  return notices.map(({ level, text, remedy }) => (
    <Notice key={text} tone={level === 'typed' ? 'bad' : 'info'} title={text}>
      <p>{remedy}.</p>
    </Notice>
  ));
}

/** Marks what was read from programs that changed, are gone or are not known; draws nothing when all is as it was. */
export function ProgramMark() {
  const navigation = useNavigation();
  const found = useDeployedPrograms().data;
  const texts =
    found?.kind === 'read'
      ? noticesOf(found.programs).flatMap(({ level, text }) => (level === 'typed' ? [text] : []))
      : [];
  if (texts.length === 0) return null;
  return (
    <Notice
      tone="bad"
      title="What is shown here may mean something else"
      actions={
        <Button size="xs" variant="default" onClick={() => navigation.go({ kind: 'networks' })}>
          Look at the programs
        </Button>
      }
    >
      {texts.map((text) => (
        <p key={text}>{text}.</p>
      ))}
      <p>It is read by the layouts this app knows. A phrase is typed before anything is signed.</p>
    </Notice>
  );
}
