/** Looks at a page with real Chromium, and at what the page asks for. */

import { assertEquals } from "@std/assert";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome"];

/** Finds Chromium: what `CHROMIUM` names, or a program of `PATH`. */
function findChromium(): string {
  const named = Deno.env.get("CHROMIUM");
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const found = named ??
    folders.flatMap((folder) => PROGRAMS.map((name) => `${folder}/${name}`))
      .find(isThere);
  if (found !== undefined && isThere(found)) return found;
  throw new Error(
    `Cannot look at the page in a browser: wanted ${
      named ?? `${PROGRAMS.join(" or ")} in PATH`
    }, found none; install it with "apt-get install chromium", or let CHROMIUM name it`,
  );
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Registers a test that is given a browser. */
export type BrowserTest = (
  name: string,
  test: (browser: Browser) => Promise<void>,
) => void;

/**
 * Makes tests that share a browser, which is started before the first and ended
 * after the last; its pipes and timers are older than each of them.
 */
export function browserTests(): BrowserTest {
  const executablePath = findChromium();
  let browser: Browser;
  Deno.test.beforeAll(async () => {
    browser = await startBrowser(executablePath);
  });
  Deno.test.afterAll(() => browser.close());
  const sanitizers = { sanitizeOps: false, sanitizeResources: false };
  return (name, test) =>
    Deno.test({ name, ...sanitizers, fn: () => test(browser) });
}

function startBrowser(executablePath: string): Promise<Browser> {
  return puppeteer.launch({
    executablePath,
    pipe: true,
    args: Deno.uid() === 0 ? ["--no-sandbox"] : [],
  });
}

/** How a page is looked at. */
export interface Look {
  /** Pixels. Default 1440. */
  readonly width?: number;
  /** What the system prefers. Default light. */
  readonly scheme?: "light" | "dark";
  /** Whether scripts may run. Default true. */
  readonly scripts?: boolean;
  /** Goes behind the address. */
  readonly hash?: string;
}

/** A page that is looked at. */
export interface Visit {
  /** The page. */
  readonly page: Page;
  /** Evaluates an expression in the page. */
  readonly ask: <T>(expression: string) => Promise<T>;
  /** What the page complained of, and may be cleared. */
  readonly complaints: string[];
}

// Hostile text calls `hit`, wherever it gets to.
const TRAP = "globalThis.hits = 0; globalThis.hit = () => void hits++;";

/**
 * Serves a page, looks at it, and holds that it asked the network for nothing
 * else, logged nothing, opened nothing and ran nothing of its text.
 */
export async function visit(
  browser: Browser,
  html: string,
  look: Look,
  act: (visit: Visit) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    ({ url }) => {
      asked.push(url);
      const headers = { "content-type": "text/html; charset=utf-8" };
      return new Response(html, { headers });
    },
  );
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const complaints = listen(page, asked);
    await prepare(page, look);
    const { hash = "" } = look;
    const address = `http://127.0.0.1:${server.addr.port}/`;
    await page.goto(address + hash);
    const ask = <T>(expression: string) =>
      page.evaluate(expression) as Promise<T>;
    await act({ page, ask, complaints });
    assertEquals(await ask("globalThis.hits ?? 0"), 0);
    assertEquals(complaints, []);
    assertEquals(asked.filter((one) => one.replace(/#.*/, "") !== address), []);
  } finally {
    await context.close();
    await server.shutdown();
  }
}

async function prepare(page: Page, look: Look): Promise<void> {
  const { width = 1440, scheme = "light", scripts = true } = look;
  const height = width < 500 ? 844 : 900;
  await page.setViewport({ width, height });
  const feature = { name: "prefers-color-scheme", value: scheme };
  await page.emulateMediaFeatures([feature]);
  await page.evaluateOnNewDocument(TRAP);
  await page.setJavaScriptEnabled(scripts);
}

function listen(page: Page, asked: string[]): string[] {
  const complaints: string[] = [];
  page.on("console", (one) => complaints.push(`${one.type()}: ${one.text()}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("popup", () => complaints.push("a window was opened"));
  page.on("dialog", async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) asked.push(request.url());
  });
  // What the policy of the page stopped has not left.
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "csp") return;
    asked.splice(asked.indexOf(request.url()), 1);
  });
  return complaints;
}

/** The ids of the cases that are to be seen, in the order of the page. */
export function shownIds({ ask }: Pick<Visit, "ask">): Promise<string[]> {
  return ask(`Array.from(document.querySelectorAll(".case"))
    .filter((one) => one.checkVisibility())
    .map((one) => one.querySelector(".id").textContent)`);
}

/** Waits until what was typed last is done, and painted. */
export async function settled({ ask }: Pick<Visit, "ask">): Promise<void> {
  await ask(`new Promise((done) => setTimeout(() =>
    requestAnimationFrame(() => requestAnimationFrame(done)), 80))`);
}
