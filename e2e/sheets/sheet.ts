import type { Page } from 'playwright';
import type { Scenario } from '../harness/fake-main/scenario.ts';

/** One picture: how the world is, and how to get there through the app's own controls. */
export type Sheet = {
  readonly name: string;
  readonly world?: Partial<Scenario>;
  readonly go: (page: Page) => Promise<void>;
  /** Text that must be in view before the picture is taken. */
  readonly until: string | RegExp;
  /** Also at 1920×1080. */
  readonly wide?: boolean;
  /** Also as one tall picture, for screens that scroll. */
  readonly tall?: boolean;
};
