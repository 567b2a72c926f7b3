import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { createVitest } from 'vitest/node';
import { root } from './setup.mjs';

/**
 * `npm run defects`: puts each seeded defect of `test/defects` into the signing core as it is loaded, one at a time, and runs the
 * test that must fail then. No file is changed. Without any defect those tests must pass.
 */
const { DEFECTS } = await tsImport('../test/defects/defects.ts', import.meta.url);

/** Words of the names of defects, to go through those alone. */
const words = process.argv.slice(2);
const chosen = DEFECTS.filter(({ name }) => words.every((word) => name.includes(word)));

/** The defect that is in the code now. */
let planted;

const vitest = await createVitest(
  'test',
  {
    // The one of the project has two projects, which take no plugin from here.
    config: false,
    root,
    watch: false,
    reporters: [{}],
    silent: true,
    setupFiles: ['test/configure-properties.ts', 'test/configure-waiting.ts'],
    testTimeout: 60_000,
    maxWorkers: 1,
  },
  { plugins: [{ name: 'defect', enforce: 'pre', transform: plant }] },
);
const problems = [...(await runWithout()), ...(await runWithEach())];
await vitest.close();
console.log(`${chosen.length} defects, ${chosen.length - problems.length} killed`);
process.exit(problems.length === 0 ? 0 : 1);

function plant(code, id) {
  if (planted === undefined || id.split('?')[0] !== join(root, planted.file)) return undefined;
  const { right, wrong, name } = planted;
  if (code.split(right).length !== 2) throw new Error(`${name}: its text does not stand exactly once in ${id}`);
  return code.replace(right, () => wrong);
}

/** A test that fails anyway would notice anything. @returns what is wrong with the tests, in words */
async function runWithout() {
  const wrong = [];
  for (const file of new Set(chosen.map(({ test }) => test.file))) {
    const names = [...new Set(chosen.filter(({ test }) => test.file === file).map(({ test }) => test.name))];
    const cases = casesOf(await run(file, names));
    for (const name of names) {
      const states = cases.filter((test) => nameOf(test) === name).map((test) => test.result().state);
      if (states.join() === 'passed') continue;
      wrong.push(`UNFIT   ${file}  “${name}”: ${states.join() || 'there is no such test'}`);
      console.log(wrong.at(-1));
    }
  }
  return wrong;
}

async function runWithEach() {
  const wrong = [];
  for (const defect of chosen) {
    planted = defect;
    vitest.invalidateFile(join(root, defect.file));
    const problem = whyAlive(await run(defect.test.file, [defect.test.name]), defect);
    const line =
      problem === undefined
        ? `killed  ${defect.name}  by ${defect.test.name}`
        : `ALIVE   ${defect.name}  (${defect.file}): ${problem}`;
    console.log(line);
    if (problem !== undefined) wrong.push(line);
    planted = undefined;
    vitest.invalidateFile(join(root, defect.file));
  }
  return wrong;
}

async function run(file, names) {
  vitest.setGlobalTestNamePattern(new RegExp(`^(${names.map(escaped).join('|')})$`));
  const specification = vitest.getRootProject().createSpecification(join(root, file));
  const { testModules } = await vitest.runTestSpecifications([specification], false);
  return testModules;
}

/** `undefined`: the test failed by what it claims, or by a refusal it does not expect, and not by what cannot be loaded or run. */
function whyAlive(modules, { test: { name } }) {
  const faults = modules.flatMap((module) => module.errors().map(({ message }) => message));
  if (faults.length > 0) return `it could not be loaded: ${faults.join('; ')}`;
  const result = casesOf(modules)
    .find((test) => nameOf(test) === name)
    ?.result();
  if (result === undefined) return `there is no test “${name}”`;
  if (result.state !== 'failed') return `“${name}” ${result.state}`;
  const [error] = result.errors;
  const isClaim = ['AssertionError', 'AppError'].includes(error.name) || error.message.startsWith('Property failed');
  return isClaim ? undefined : `“${name}” failed by ${error.name}: ${error.message}`;
}

function casesOf(modules) {
  return modules.flatMap((module) => [...module.children.allTests()]);
}

/** Vitest joins groups with ` > `, its filter of names with a space. */
function nameOf({ fullName }) {
  return fullName.replaceAll(' > ', ' ');
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
