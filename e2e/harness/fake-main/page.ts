import './without-eval.ts';
import { createFakeMain } from './create-fake-main.ts';
import type { Scenario } from './scenario.ts';

declare global {
  /** Put there by the program that makes the sheets, before the page's own script runs. */
  var scenario: Scenario;
}

Object.defineProperty(globalThis, 'api', { value: createFakeMain(globalThis.scenario) });
