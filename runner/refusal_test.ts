import { assert, assertEquals } from "@std/assert";
import { refuse, renderRefusal } from "./refusal.ts";

Deno.test("refuse() leaves out a remedy that it is not given", () => {
  assertEquals(refuse(64, "m"), { kind: "refuse", code: 64, message: "m" });
  assertEquals(refuse(70, "m", "r"), {
    kind: "refuse",
    code: 70,
    message: "m",
    remedy: "r",
  });
});

Deno.test("renderRefusal() writes one line, or two with a remedy", () => {
  assertEquals(renderRefusal(refuse(64, "m")), "runner: m\n");
  assertEquals(renderRefusal(refuse(64, "m", "r")), "runner: m\nr\n");
});

Deno.test("renderRefusal() lets no character through that ends a line or steers a terminal", () => {
  for (let code = 0; code < 0x2100; code++) {
    const character = String.fromCharCode(code);
    const text = renderRefusal(refuse(64, character, character));
    const lines = text.split("\n");
    assertEquals(lines.length, 3, `code ${code}`);
    // deno-lint-ignore no-control-regex -- control characters are the subject
    assert(!/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]/.test(text));
  }
  assertEquals(
    renderRefusal(refuse(64, "a\x1b[2J\nb", "c\r\u202e")),
    "runner: a\\x1b[2J\\nb\nc\\r\\u{202e}\n",
  );
});
