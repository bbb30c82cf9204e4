import { assertEquals } from "@std/assert";
import { placeText } from "./place.ts";

Deno.test("placeText() keeps to one line whatever an id holds", () => {
  const place = {
    caseId: "A\n1",
    keyPath: ["assert", 0, "can", 12],
    target: "std\x1bout",
    op: "contain",
  };
  assertEquals(
    placeText(place),
    "case_id=A\\n1 assert_path=assert[0].can[12] target=std\\x1bout op=contain",
  );
});
