import { lockFolder } from '#main/adapters/storage/data-folder.ts';
import { fileSystem } from '#main/adapters/storage/file-system.ts';
import { isAppError } from '#core/errors/app-error.ts';

/**
 * A process that takes a data folder when it is told to, says what came of it, and keeps what it got until it is told to let go
 * or is killed. It ends with the one that started it.
 */
const folder = process.argv[2] ?? '';
let release: (() => void) | undefined;

process.on('message', (order) => {
  if (order === 'let go') {
    release?.();
    release = undefined;
    process.send?.('let go');
    return;
  }
  lockFolder(fileSystem, folder).then(
    (taken) => {
      release = taken;
      process.send?.('owner');
    },
    (cause: unknown) => process.send?.(isAppError(cause) ? cause.code : String(cause)),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
