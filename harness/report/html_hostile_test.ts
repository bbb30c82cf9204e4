import { assert, assertEquals } from "@std/assert";
import { printable } from "../../text/printable.ts";
import {
  EVERY_OUTCOME,
  HOSTILE,
  HOSTILE_RESULTS,
} from "./html/_page_testing.ts";
import {
  attribute,
  type Element,
  Page,
  textOf,
} from "./html/_parsed_testing.ts";

function shown(text: string): string {
  return text.split("\n").map(printable).join("\n")
    .replace(
      /\p{Noncharacter_Code_Point}/gu,
      (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`,
    );
}

Deno.test("htmlReport() makes text of whatever a result says", () => {
  const page = new Page(HOSTILE_RESULTS, { notes: HOSTILE });
  const usual = new Page(EVERY_OUTCOME, { notes: ["one"] });
  const names = (one: Page) =>
    [...new Set(one.elements.map(({ tagName }) => tagName))].toSorted();
  assertEquals(names(page), names(usual));
  const attributes = (one: Page) =>
    [...new Set(one.elements.flatMap(({ attrs }) => attrs.map((a) => a.name)))]
      .toSorted();
  assertEquals(attributes(page), attributes(usual));
  for (const name of ["script", "style", "main", "h1", "title"]) {
    assertEquals(page.named(name).length, 1, name);
  }
  const messages = page.named("pre").slice(1).map(textOf);
  HOSTILE_RESULTS.filter(({ status }) => status === "fail")
    .forEach(({ message }, index) =>
      assertEquals(messages[index], shown(message ?? ""))
    );
});

Deno.test("htmlReport() holds no character that is not seen", () => {
  const { html } = new Page(HOSTILE_RESULTS, { notes: HOSTILE });
  const unseen =
    // deno-lint-ignore no-control-regex -- control characters are the subject
    /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Noncharacter_Code_Point}/u;
  assertEquals(unseen.exec(html), null);
  assert(html.isWellFormed());
});

Deno.test("htmlReport() asks for nothing, and allows no script but its own", async () => {
  const page = new Page(HOSTILE_RESULTS);
  const [policy] = page.named("meta")
    .filter((one) => attribute(one, "http-equiv") === "Content-Security-Policy")
    .map((one) => attribute(one, "content"));
  const digests = await Promise.all(
    ["script", "style"].map((name) => digestOf(page.named(name))),
  );
  assertEquals(policy?.split("; "), [
    "default-src 'none'",
    `script-src '${digests[0]}'`,
    `style-src '${digests[1]}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  const addresses = page.elements.flatMap(({ attrs }) =>
    attrs.filter(({ name }) => /^(src|href|action|data|poster)$/.test(name))
  ).map(({ value }) => value.replace(/\d+$/, "").slice(0, 19));
  assertEquals(
    [...new Set(addresses)].toSorted(),
    [
      ...["#c", "#cases", "#d", "#f", "data:image/svg+xml,"],
    ].filter((one) => addresses.includes(one)),
  );
  const own = ["script", "style"].map((name) =>
    textOf(page.named(name)[0] as Element)
  );
  assertEquals(
    /https?:|\/\/\w|url\(|@import|fetch\(|innerHTML/.exec(own.join()),
    null,
  );
});

async function digestOf([element]: readonly Element[]): Promise<string> {
  const bytes = new TextEncoder().encode(element && textOf(element));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
