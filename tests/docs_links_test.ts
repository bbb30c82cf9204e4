// Every link of a page for readers leads to a file, or a heading, that is there.

import { assert, assertEquals } from "@std/assert";
import { dirname, join } from "@std/path";

const ROOT = new URL("../", import.meta.url).pathname;

function pages(): string[] {
  const inFolder = (folder: string) =>
    [...Deno.readDirSync(ROOT + folder)].map(({ name }) => folder + name);
  return [...inFolder(""), ...inFolder("docs/")]
    .filter((path) => path.endsWith(".md"));
}

/** What a page says, without code. */
function prose(path: string): string {
  return Deno.readTextFileSync(ROOT + path)
    .replace(/^(`{3,}).*$[\s\S]*?^\1$/gm, "");
}

/** The anchors of a page, as its headings give them. */
function anchors(path: string): string[] {
  return [...prose(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
  );
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(ROOT + path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("every link of every page leads somewhere", () => {
  const broken: string[] = [];
  let count = 0;
  for (const page of pages()) {
    for (const [, link = ""] of prose(page).matchAll(/\]\(([^)\s]+)/g)) {
      if (/^https?:/.test(link)) continue;
      count++;
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? page : join(dirname(page), file);
      const found = isThere(target) &&
        (anchor === undefined || anchors(target).includes(anchor));
      if (!found) broken.push(`${page}: ${link}`);
    }
  }
  assertEquals(broken, []);
  assert(count > 40, `only ${count} links were found`);
});
