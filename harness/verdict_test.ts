import { assertEquals } from "@std/assert";
import { HostError } from "../host/host.ts";
import { CaseError } from "./case_error.ts";
import { failed, headAt, headOf } from "./verdict.ts";

const place = { path: "a.spec.md", line: 7, column: 3 };

Deno.test("failed() puts the closest known place in front, once", () => {
  const location = { path: "b\n.spec.md", line: 9, column: 2 };
  const near = new CaseError("assertion", "no", { location });
  assertEquals(failed(headAt(place), near).message, "b\\n.spec.md:9:2: no");
  const far = new CaseError("assertion", "no");
  assertEquals(failed(headAt(place), far).message, "a.spec.md:7:3: no");
});

Deno.test("failed() takes whatever is no case error for a runtime failure", () => {
  const errors = [
    [new HostError("ENOSPC", "$TMP"), "$TMP: no space left on device"],
    [new TypeError("x\ny\x1b"), "unexpected error: TypeError: x\ny\\x1b"],
    ["thrown", "unexpected error: thrown"],
    [undefined, "unexpected error: undefined"],
  ] as const;
  for (const [error, text] of errors) {
    const { category, message } = failed(headAt(place), error);
    assertEquals([category, message], ["runtime", `a.spec.md:7:3: ${text}`]);
  }
});

Deno.test("headOf() takes only what has the right type", () => {
  const value = { id: "A-1", type: ["x"], title: "T", tags: ["a", 1, "b"] };
  const head = headOf({
    kind: "case",
    value,
    location: place,
    locate: () => place,
  });
  assertEquals(head, {
    id: "A-1",
    location: place,
    type: undefined,
    title: "T",
    tags: ["a", "b"],
  });
});
