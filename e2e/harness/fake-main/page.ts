import './without-eval.ts';
// The builders of instructions expect it to be there, as it is in main.
import { Buffer } from 'buffer';
import { createFakeMain } from './create-fake-main.ts';
import type { Scenario } from './scenario.ts';

declare global {
  /** Put there by the program that makes the sheets, before the page's own script runs. */
  var scenario: Scenario;
}

Object.defineProperty(globalThis, 'Buffer', { value: Buffer });
Object.defineProperty(globalThis, 'api', { value: createFakeMain(globalThis.scenario) });
