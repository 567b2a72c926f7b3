/** Runs per property: 200 in `npm run check`; `npm test` and `npm run soak` raise it through `PROPERTY_RUNS`. */
export function propertyRuns(): number {
  return Number(process.env['PROPERTY_RUNS'] ?? 200);
}
