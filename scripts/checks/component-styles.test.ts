import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './root.ts';

test('every component the page uses brings its style sheet', () => {
  const styles = readFileSync(join(root, 'src/renderer/app/styles.ts'), 'utf8');
  const files = readdirSync(join(root, 'src/renderer'), { recursive: true, encoding: 'utf8' });
  const used = files
    .filter((path) => path.endsWith('.tsx'))
    .flatMap((path) => {
      const imported = /import \{([^}]+)\} from '@mantine\/core'/.exec(
        readFileSync(join(root, 'src/renderer', path), 'utf8'),
      )?.[1];
      return imported?.split(',').map((name) => name.trim().replace(/^type /, '')) ?? [];
    });
  const sheets = [...new Set(used)].filter((name) =>
    existsSync(join(root, `node_modules/@mantine/core/styles/${name}.css`)),
  );
  expect(sheets).toContain('Button');
  expect(sheets.filter((name) => !styles.includes(`styles/${name}.css`))).toEqual([]);
});
