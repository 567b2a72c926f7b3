/** A number in a CSV file, as exact decimal text: neither quoted nor grouped, and never through a float. */
export type CsvNumber = { readonly decimal: string };

/** What a spreadsheet takes for the beginning of a formula, full-width forms included. Source: OWASP, CSV Injection. */
const FORMULA_START = /^[=+\-@\t\r\n|%\uFF1D\uFF0B\uFF0D\uFF20]/u;

/**
 * One line of a CSV file by RFC 4180, with its line end. Texts are always quoted, so that a spreadsheet which splits at semicolons
 * keeps them whole; a text that could be a formula gets an apostrophe in front.
 */
export function csvLine(cells: readonly (string | CsvNumber | undefined)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: string | CsvNumber | undefined): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell !== 'string') return cell.decimal;
  const guarded = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return `"${guarded.replaceAll('"', '""')}"`;
}
