import type { Page } from '@playwright/test';

/** What came of one attempt. */
export type ProbeResult = {
  /** Whether the attempt did in the page what it set out to do. Requests are counted by the server they go to instead. */
  readonly isDone: boolean;
  /** Name of the error it met, such as `TypeError`. */
  readonly threw: string | undefined;
  /** What the browser reported: the directive that applied and what it applied to, such as `script-src eval`. */
  readonly violated: readonly string[];
};

/** Where a page would send what it took: a server that anybody may talk to. */
export type Outside = { readonly url: string; readonly socketUrl: string };

type Attempt = { readonly name: string; readonly outside: Outside; readonly waitMs: number };

/** What a page that was taken over would try. */
export const PROBES = [
  'eval',
  'Function',
  'string timer',
  'innerHTML',
  'inline handler',
  'inline script',
  'worker',
  'frame',
  'fetch',
  'socket',
  'beacon',
  'image',
  'style tag',
  'form',
] as const;

/**
 * The same by roads Trusted Types do not guard: a policy taken from an empty frame, which has its own, makes any text
 * trusted, and some doors never ask for a type.
 */
export const ROUND_THE_TYPES = [
  'eval, trusted',
  'WebAssembly',
  'Function, trusted',
  'string timer, trusted',
  'innerHTML, trusted',
  'inline handler, trusted',
  'inline script, trusted',
  'imported text',
  'worker, trusted',
  'worklet',
  'style attribute',
] as const;

/** How long an attempt that should come to nothing is watched, and how long one that should succeed may take. */
const WATCHED_MS = { refused: 300, allowed: 5_000 };

/** Makes one attempt as a script of the page itself, and says what came of it. */
export async function probe(
  page: Page,
  name: (typeof PROBES | typeof ROUND_THE_TYPES)[number],
  { outside, expected }: { outside: Outside; expected: keyof typeof WATCHED_MS },
): Promise<ProbeResult> {
  await page.evaluate('window.importText = (address) => import(address)');
  const { url, socketUrl } = outside;
  return page.evaluate(attempt, { name, outside: { url, socketUrl }, waitMs: WATCHED_MS[expected] });
}

/** What trusted text is made with. It stands where a string stood, and the typings know no other. Source: W3C Trusted Types. */
type Policy = Record<'createHTML' | 'createScript' | 'createScriptURL', (given: string) => string>;
type FrameWindow = Window & { trustedTypes: { createPolicy(name: string, rules: Policy): Policy } };
/** How a test hands `import()` into the page: the test's own compiler would replace it. */
type ProbedWindow = Window & { importText?: (address: string) => Promise<unknown> };
type Attempts = Record<string, () => unknown>;

/** Runs in the page, so everything it needs is inside. */
async function attempt({ name, outside, waitMs }: Attempt): Promise<ProbeResult> {
  const violated: string[] = [];
  let succeed: () => void = () => undefined;
  const isDone = new Promise<boolean>((resolve) => {
    succeed = () => resolve(true);
    setTimeout(() => resolve(false), waitMs);
  });
  const text = 'window.probeDone()';
  Object.assign(window, { probeDone: () => succeed() });
  const report = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) =>
    void violated.push(
      `${effectiveDirective} ${blockedURI.replace(outside.url, 'outside').replace(outside.socketUrl, 'outside')}`,
    );
  document.addEventListener('securitypolicyviolation', report);

  const add = <K extends keyof HTMLElementTagNameMap>(tag: K, set: (element: HTMLElementTagNameMap[K]) => void) => {
    const element = document.createElement(tag);
    document.body.append(element);
    set(element);
  };
  /** A frame without an address has the policy of its parent, but a list of Trusted Types policies of its own. */
  const strangePolicy = (): Policy => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const types = (frame.contentWindow as FrameWindow | null)?.trustedTypes;
    const same = (given: string) => given;
    const policy = types?.createPolicy('default', { createHTML: same, createScript: same, createScriptURL: same });
    if (!policy) throw new Error('the frame has no window');
    return policy;
  };
  const trustedScript = () => strangePolicy().createScript(text);
  const markup = `<img src="data:," onerror="${text}">`;
  const moduleText = `data:text/javascript,${text}`;
  const workerText = 'data:text/javascript,postMessage(1)';
  const workletText = 'data:text/javascript,';
  const red = 'body { --taken: yes }';
  const isTaken = () => getComputedStyle(document.body).getPropertyValue('--taken') !== '' && succeed();

  const attempts: Attempts = {
    eval: () => (0, eval)(text),
    'eval, trusted': () => (0, eval)(trustedScript()),
    WebAssembly: () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(succeed),
    Function: () => new Function(text)(),
    'Function, trusted': () => new Function(trustedScript())(),
    'string timer': () => setTimeout(text as unknown as () => void),
    'string timer, trusted': () => setTimeout(trustedScript() as unknown as () => void),
    innerHTML: () => add('div', (div) => ((div.innerHTML = markup), div.firstElementChild && succeed())),
    'innerHTML, trusted': () => {
      const html = strangePolicy().createHTML(markup);
      add('div', (div) => (div.innerHTML = html));
    },
    'inline handler': () => add('button', (button) => (button.setAttribute('onclick', text), button.click())),
    'inline handler, trusted': () => {
      const script = trustedScript();
      add('button', (button) => (button.setAttribute('onclick', script), button.click()));
    },
    'inline script': () => add('script', (script) => (script.text = text)),
    'inline script, trusted': () => {
      const trusted = trustedScript();
      add('script', (script) => (script.text = trusted));
    },
    worker: () => (new Worker(workerText).onmessage = succeed),
    'imported text': () => (window as ProbedWindow).importText?.(moduleText),
    'worker, trusted': () => (new Worker(strangePolicy().createScriptURL(workerText)).onmessage = succeed),
    worklet: () => new OfflineAudioContext(1, 1, 44_100).audioWorklet.addModule(workletText).then(succeed),
    frame: () => add('iframe', (frame) => (frame.src = `${outside.url}/frame`)),
    fetch: () => fetch(`${outside.url}/fetch`, { mode: 'no-cors' }),
    socket: () => void new WebSocket(`${outside.socketUrl}/socket`),
    beacon: () => void navigator.sendBeacon(`${outside.url}/beacon`, 'x'),
    image: () => add('img', (image) => (image.src = `${outside.url}/image`)),
    'style tag': () => add('style', (style) => ((style.textContent = red), isTaken())),
    'style attribute': () =>
      add('p', (p) => {
        p.setAttribute('style', '--taken: yes');
        if (getComputedStyle(p).getPropertyValue('--taken') !== '') succeed();
      }),
    form: () => add('form', (form) => ((form.action = `${outside.url}/form`), (form.method = 'post'), form.submit())),
  };
  // Text run by a debugger is exempt from the ban on eval, so the attempt is made in a later task, as the page's own.
  const threw = await new Promise<string | undefined>((resolve) => {
    const named = (error: unknown) => resolve(error instanceof Error ? error.name : String(error));
    setTimeout(() => {
      try {
        Promise.resolve(attempts[name]?.()).then(() => resolve(undefined), named);
      } catch (error) {
        named(error);
      }
      setTimeout(() => resolve(undefined), 100);
    });
  });
  const result = { isDone: await isDone, threw, violated };
  document.removeEventListener('securitypolicyviolation', report);
  return result;
}
