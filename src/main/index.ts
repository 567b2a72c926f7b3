import './scrub-first.ts';
import { refusedSwitches } from './electron/scrub-environment.ts';
import { start } from './start.ts';

start(refusedSwitches(process.argv));
