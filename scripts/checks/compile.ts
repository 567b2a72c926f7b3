import { join } from 'node:path';
import ts from 'typescript';
import { root } from './root.ts';

/** Files of the disk, read and parsed once for all programs of these tests. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks files as one of the project's environments would, with some of them replaced or added. Nothing is written.
 *
 * @param project - name of a file in `tsconfig/`
 * @param planted - text by path from the root
 * @returns what the compiler says about the planted files and those in `alsoAbout`, as `path: message`
 */
export function compile(
  project: string,
  planted: Readonly<Record<string, string>>,
  alsoAbout: readonly string[] = [],
): string[] {
  const configPath = join(root, 'tsconfig', `${project}.json`);
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configPath, ts.sys.readFile).config,
    ts.sys,
    join(root, 'tsconfig'),
  );
  const texts = new Map(Object.entries(planted).map(([path, text]) => [join(root, path), text]));
  const alone: ts.CompilerOptions = {
    ...options,
    noEmit: true,
    composite: false,
    declaration: false,
    emitDeclarationOnly: false,
  };
  const host = ts.createCompilerHost(alone);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, version, ...rest));
    return parsed.get(path);
  };
  const looked = [...Object.keys(planted), ...alsoAbout].map((path) => join(root, path));
  const program = ts.createProgram([...looked, join(root, 'src/core/text.d.ts')], alone, host);
  return looked.flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${path.slice(root.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}
