import { Button } from '@mantine/core';
import type { FilledOf } from '#core/command-line/filled-form.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { formWords } from './form-words.ts';
import { placeOfForm } from './screen-of-form.ts';

/** Several lines that each let one user in, as one form: one review and fewer signatures. */
export function TogetherCard({ form }: { form: FilledOf<'allow-many'> }) {
  const navigation = useNavigation();
  const { screen, button } = placeOfForm(form);
  return (
    <Panel title={formWords(form)} aside="several lines at once">
      <div className="stack">
        <p>
          {form.users.length} of these lines let one user in each, and differ in nothing else. One form does them
          together: several users fit into one transaction, and those who may join already are left out.
        </p>
        <div className="row">
          <Button onClick={() => navigation.go(screen)}>{button} for all</Button>
        </div>
      </div>
    </Panel>
  );
}
