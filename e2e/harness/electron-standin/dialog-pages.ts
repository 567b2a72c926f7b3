import type { MessageBoxOptions } from '#main/electron/electron-api.ts';

const STYLE = `
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
  body { margin: 0; padding: 24px; display: flex; flex-direction: column; gap: 16px; min-height: calc(100vh - 48px); }
  h1 { font-size: 16px; margin: 0; }
  p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  footer { margin-top: auto; display: flex; gap: 8px; justify-content: flex-end; }
  button { font: inherit; padding: 6px 16px; }
  ul { list-style: none; margin: 0; padding: 0; flex: 1; overflow: auto; border: 1px solid GrayText; }
  li button { border: 0; background: none; width: 100%; text-align: left; padding: 4px 12px; }
  label { display: flex; gap: 8px; align-items: center; } input { flex: 1; font: inherit; padding: 4px 8px; }`;

/** The one script of these pages: what was clicked goes to the stand-in. Escape presses the button marked for it. */
const SCRIPT = `
  const tell = (act) => answerDialog(JSON.stringify(act));
  const path = document.querySelector('input');
  document.addEventListener('click', ({ target }) => {
    const { index, folder, file, ok } = target.dataset;
    if (index !== undefined) tell({ kind: 'button', index: Number(index) });
    if (folder !== undefined) tell({ kind: 'folder', path: folder });
    if (file !== undefined) path.value = file;
    if (ok !== undefined) tell({ kind: 'file', path: path.value });
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') document.querySelector('[data-escape]').click();
    if (key === 'Enter' && document.activeElement === path) document.querySelector('[data-ok]').click();
  });`;

function page(title: string, body: string): string {
  return `<!doctype html><meta charset="utf-8"><title>${escape(title)}</title><style>${STYLE}</style>${body}<script>${SCRIPT}</script>`;
}

export function messageBoxPage({ title, message, detail, buttons, defaultId, cancelId }: MessageBoxOptions): string {
  const drawn = buttons.map((label, index) => {
    const marks = `${index === cancelId ? ' data-escape' : ''}${index === defaultId ? ' autofocus' : ''}`;
    return `<button data-index="${index}"${marks}>${escape(label)}</button>`;
  });
  return page(
    title,
    `<main role="alertdialog"><h1>${escape(message)}</h1><p>${escape(detail)}</p></main><footer>${drawn.join('')}</footer>`,
  );
}

type FileDialog = {
  readonly title: string;
  readonly buttonLabel: string;
  readonly name: string;
  readonly folder: string;
  readonly entries: readonly { name: string; path: string; isFolder: boolean }[];
};

export function fileDialogPage({ title, buttonLabel, name, folder, entries }: FileDialog): string {
  const rows = entries.map((entry) => {
    const target = entry.isFolder ? `data-folder="${escape(entry.path)}"` : `data-file="${escape(entry.path)}"`;
    return `<li><button ${target}>${entry.isFolder ? '▸ ' : ''}${escape(entry.name)}</button></li>`;
  });
  return page(
    title,
    `<h1>${escape(title)}</h1><p>${escape(folder)}</p><ul>${rows.join('')}</ul>
    <label>Path <input value="${escape(name)}" autofocus></label>
    <footer><button data-index="0" data-escape>Cancel</button><button data-ok>${escape(buttonLabel)}</button></footer>`,
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
