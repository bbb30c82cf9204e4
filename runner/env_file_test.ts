import { assert, assertEquals } from "@std/assert";
import { MAX_ENV_FILE_BYTES, parseEnvFile } from "./env_file.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** One byte for each character, so that broken UTF-8 can be written down. */
const raw = (text: string) =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

function read(content: Uint8Array): string[] {
  const result = parseEnvFile(content);
  return result.ok
    ? result.entries.map(({ key, value, line }) => `${line} ${key}=${value}`)
    : result.problems.map(({ line, column, message }) =>
      `${line}:${column} ${message}`
    );
}

const NOT_A_KEY = "is not a key: it must match ^[A-Z][A-Z0-9_]*$";

const ACCEPTED: Readonly<Record<string, string[]>> = {
  "": [],
  "\n\n": [],
  "   \n": [],
  "# A=1": [],
  "#": [],
  "A=": ["1 A="],
  "A=1": ["1 A=1"],
  "A=1\n": ["1 A=1"],
  "\n# c\nA_1=b.c/d:e@f,g+h%i\n": ["3 A_1=b.c/d:e@f,g+h%i"],
  "A==": ["1 A=="],
  "A=b=c": ["1 A=b=c"],
  'A=""': ["1 A="],
  "A=''": ["1 A="],
  'A=" b  # c "': ["1 A= b  # c "],
  "A='say \"hi\"'": ['1 A=say "hi"'],
  'A="it\'s"': ["1 A=it's"],
  "A=\u00e4\u{1f600}": ["1 A=\u00e4\u{1f600}"],
  "B=1\nA=2": ["1 B=1", "2 A=2"],
};

const REFUSED: Readonly<Record<string, string[]>> = {
  "A": ['1:1 "A" is not KEY=value'],
  "export": ['1:1 "export" is not KEY=value'],
  "A:1": ['1:1 "A:1" is not KEY=value'],
  "export A=1": ['1:1 "export" is not allowed, this is no script'],
  "A =1": ['1:1 space before "=" is not allowed'],
  "=1": [`1:1 "" ${NOT_A_KEY}`],
  "a=1": [`1:1 "a" ${NOT_A_KEY}`],
  "1A=1": [`1:1 "1A" ${NOT_A_KEY}`],
  "_A=1": [`1:1 "_A" ${NOT_A_KEY}`],
  " A=1": [`1:1 " A" ${NOT_A_KEY}`],
  "A.B=1": [`1:1 "A.B" ${NOT_A_KEY}`],
  "A+=1": [`1:1 "A+" ${NOT_A_KEY}`],
  "\u00c4=1": [`1:1 "\u00c4" ${NOT_A_KEY}`],
  "__proto__=1": [`1:1 "__proto__" ${NOT_A_KEY}`],
  " # A=1": [`1:1 " # A" ${NOT_A_KEY}`],
  "A= 1": ['1:3 A has space after "="'],
  "A=\u00a01": ['1:3 A has space after "="'],
  "A=1 ": ["1:4 A holds white space and must be quoted"],
  "A=b c": ["1:4 A holds white space and must be quoted"],
  "A=1 # c": ["1:4 A holds white space and must be quoted"],
  "A=1#c": ['1:4 A holds "#" and must be quoted'],
  "A=#c": ['1:3 A holds "#" and must be quoted'],
  'A=b"c"': ["1:4 A has a quote inside an unquoted value"],
  "A=it's": ["1:5 A has a quote inside an unquoted value"],
  'A="b': ['1:3 A has an unclosed "'],
  "A='b": ["1:3 A has an unclosed '"],
  "A='b\"": ["1:3 A has an unclosed '"],
  "A='": ["1:3 A has an unclosed '"],
  'A="b\nc"': ['1:3 A has an unclosed "', '2:1 "c\\"" is not KEY=value'],
  'A="b"c': ["1:6 A has text after its closing quote"],
  'A="b" # c': ["1:6 A has text after its closing quote"],
  "A='b''c'": ["1:6 A has text after its closing quote"],
  "A=b\\c": ["1:4 A is not literal: it holds a backslash"],
  'A="\\n"': ["1:4 A is not literal: it holds a backslash"],
  "A=1\\": ["1:4 A is not literal: it holds a backslash"],
  "A=$(id)": ['1:3 A is not literal: it holds "$"'],
  "A=${HOME}": ['1:3 A is not literal: it holds "$"'],
  "A='$HOME'": ['1:4 A is not literal: it holds "$"'],
  "A=`id`": ["1:3 A is not literal: it holds a backtick"],
  "A=1;id": ['1:4 A is not literal: it holds ";"'],
  "A=1\r\nB=2\r\n": [
    "1:4 ends with CR, only LF line ends are allowed",
    "2:4 ends with CR, only LF line ends are allowed",
  ],
  "A=1\rB=2": ['1:4 holds the control character "\\r"'],
  "A=\x1b[31m": ['1:3 holds the control character "\\x1b"'],
  "A=\0": ['1:3 holds the control character "\\x00"'],
  "A='b\tc'": ['1:5 holds the control character "\\t"'],
  "#\x7f": ['1:2 holds the control character "\\x7f"'],
  "A=\u0085": ['1:3 holds the control character "\\x85"'],
  "A=\u2028": ['1:3 holds the control character "\\u{2028}"'],
  "A=\u2029": ['1:3 holds the control character "\\u{2029}"'],
  "\ufeffA=1": ["1:1 begins with a byte order mark"],
  "\n\ufeff": ['2:1 holds the control character "\\u{feff}"'],
  "A=1\nA=2": ["2:1 A is set again, first on line 1"],
  "A=1\nA=1\nA=1": [
    "2:1 A is set again, first on line 1",
    "3:1 A is set again, first on line 1",
  ],
  "A=$\nA=;": [
    '1:3 A is not literal: it holds "$"',
    "2:1 A is set again, first on line 1",
    '2:3 A is not literal: it holds ";"',
  ],
};

Deno.test("parseEnvFile() reads literal lines as they stand", () => {
  for (const [text, entries] of Object.entries(ACCEPTED)) {
    assertEquals(read(bytes(text)), entries, JSON.stringify(text));
    assert(parseEnvFile(bytes(text)).ok, JSON.stringify(text));
  }
});

Deno.test("parseEnvFile() refuses everything else, with line and column", () => {
  for (const [text, problems] of Object.entries(REFUSED)) {
    assertEquals(read(bytes(text)), problems, JSON.stringify(text));
    assert(!parseEnvFile(bytes(text)).ok, JSON.stringify(text));
  }
});

Deno.test("parseEnvFile() refuses every control character, alone and in quotes", () => {
  for (let code = 0; code < 0xa0; code++) {
    const character = String.fromCharCode(code);
    const control = code !== 0x0a && (code < 0x20 || code >= 0x7f);
    if (!control) continue;
    for (const text of [character, `#${character}`, `A="${character}b"`]) {
      const [problem = ""] = read(bytes(text));
      const column = text.indexOf(character) + 1;
      const wanted = `1:${column} ${
        code === 0x0d && column === text.length ? "ends with CR" : "holds the"
      }`;
      assertEquals(problem.slice(0, wanted.length), wanted, `code ${code}`);
    }
  }
});

Deno.test("parseEnvFile() tells every problem in one go, in order", () => {
  const text = "export A=1\nB=1\nC=$x\nB=2\nd\nE=\xff\n F=1\nG='\n";
  assertEquals(read(raw(text)), [
    '1:1 "export" is not allowed, this is no script',
    '3:3 C is not literal: it holds "$"',
    "4:1 B is set again, first on line 2",
    '5:1 "d" is not KEY=value',
    "6:3 is not UTF-8 text",
    `7:1 " F" ${NOT_A_KEY}`,
    "8:3 G has an unclosed '",
  ]);
});

const BROKEN: Readonly<Record<string, string>> = {
  "\xff": "1:1",
  "A=\xff": "1:3",
  "A=1\nB=\x80": "2:3",
  "A=\xc3\xa4\xc3": "1:4",
  "A=\xc3\nB=1": "1:3",
  "A=\xc0\xaf": "1:3",
  "A=\xed\xa0\x80": "1:3",
  "A=\xf4\x90\x80\x80": "1:3",
  "A=\xf0\x9f\x98\x80\xf0\x9f": "1:5",
  "A=\xef\xbf\xbd\xff": "1:4",
  "\xef\xbb\xbfA=\xff": "1:4",
};

Deno.test("parseEnvFile() points at the first byte that is not UTF-8", () => {
  for (const [text, place] of Object.entries(BROKEN)) {
    assertEquals(
      read(raw(text)),
      [`${place} is not UTF-8 text`],
      JSON.stringify(text),
    );
  }
});

Deno.test("parseEnvFile() reads 64 KiB and not a byte more", () => {
  const full = bytes(`A=${"b".repeat(MAX_ENV_FILE_BYTES - 2)}`);
  assertEquals(full.length, 65_536);
  assert(parseEnvFile(full).ok);
  assertEquals(read(bytes(`${"\n".repeat(MAX_ENV_FILE_BYTES)}\n`)), [
    "1:1 has 65537 bytes, at most 65536 are allowed",
  ]);
});
