import { assertEquals } from "@std/assert";
import { answers, fenced, looking, MIB, testAnswers } from "./_answers.ts";

const BROKEN = new Uint8Array(8 * MIB).fill(0x61);
BROKEN[BROKEN.length - 1] = 0xff;

testAnswers({
  "broken UTF-8": {
    text: new Uint8Array(MIB).fill(0xff),
    wanted: [
      "1:1 schema document is not UTF-8: byte 0xff is out of place",
    ],
  },
  "broken UTF-8 after 8 MiB": {
    text: BROKEN,
    wanted: [`1:${8 * MIB} schema document is not UTF-8: byte 0xff`],
  },
  "half a character at the end": {
    text: new Uint8Array([0x61, 0x0a, 0xf0, 0x9f, 0x98]),
    wanted: ["2:1 schema document is not UTF-8: byte 0xf0"],
  },
  "surrogates in UTF-8": {
    text: new Uint8Array([0xed, 0xa0, 0x80]),
    wanted: ["1:1 schema document is not UTF-8: byte 0xed"],
  },
  "UTF-16": {
    text: new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
    wanted: ["1:1 schema document is UTF-16: save it as UTF-8"],
  },
  "NUL in a block": {
    text: looking("title: a\0b"),
    wanted: ["5:9 schema invalid YAML: "],
  },
  "NUL in an id": {
    format: "json",
    text: String.raw`{"id": "A\u0000", "type": "text.file"}`,
    wanted: [String.raw`1:2 schema "id" holds a control character: "A\x00"`],
  },
  "NUL in a path": {
    text: fenced('id: A\ntype: text.file\npath: "a\\0b"'),
    wanted: ["4:1 schema text.file path must be a non-empty string"],
  },
  "terminal escapes in an id": {
    text: fenced(String.raw`id: "\e[2J\e]0;owned\a"` + "\ntype: text.file"),
    wanted: [
      String
        .raw`2:1 schema "id" holds a control character: "\x1b[2J\x1b]0;owned\x07"`,
    ],
  },
  "bidirectional characters in an id": {
    text: fenced("id: a\u202eb\u2066\ntype: text.file"),
    wanted: [
      String
        .raw`2:1 schema "id" holds a control character: "a\u{202e}b\u{2066}"`,
    ],
  },
  "terminal escapes in a title": {
    text: looking('title: "\\e[31mred"\nx: 1'),
    wanted: ['6:1 schema unknown key "x"'],
  },
  "terminal escapes in a key": {
    text: looking('"\\e[2J": 1'),
    wanted: [String.raw`5:1 schema unknown key "\x1b[2J"`],
  },
  "terminal escapes in a target": {
    text: looking('assert: {target: "\\e[2J", must: [contain: [x]]}'),
    wanted: [String.raw`5:10 schema unknown assert target: "\x1b[2J"`],
  },
  "terminal escapes in a subject": {
    text: looking("assert: {target: text, must: [contain: [x]]}"),
    subject: "\x1b[2J\u202e\x9b1m",
    wanted: [
      '5:41 assertion wanted text that contains "x"\n  the text begins:\n' +
      String.raw`    1 | \x1b[2J\u{202e}\x9b1m`,
    ],
  },
});

Deno.test("a document is the same with every line end and a byte order mark", async () => {
  const text = looking('title: "a\n  b"\nx: 1');
  const wanted = await answers({ text });
  assertEquals(wanted[0]?.slice(0, 27), '7:1 schema unknown key "x":');
  for (const end of ["\r\n", "\r", "\n"]) {
    for (const mark of ["", "\ufeff"]) {
      const other = mark + text.replaceAll("\n", end);
      assertEquals(await answers({ text: other }), wanted);
    }
  }
});
