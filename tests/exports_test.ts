// Coverage leaves out what no test imports: this one imports everything that
// is exported, and pins the names, so that none is lost or added by accident.

import "../cli.ts";
import "../harness/process/isolated_call.ts";
import "../image.ts";
import "../spec.ts";
import { assertEquals } from "@std/assert";
import * as toolkit from "../mod.ts";

const NAMES = [
  "ARCHIVE_LIMITS",
  "ArchiveError",
  "BUILT_IN_TYPES",
  "CLAUSES",
  "CORE_COMMANDS",
  "CaseError",
  "EXIT_CODE",
  "EngineError",
  "HostError",
  "IDENTITY_FILE",
  "INFO_DIRECTORY",
  "JSON_SHAPES",
  "MAX_ENV_FILE_BYTES",
  "MemoryHost",
  "PLUGIN_DIRECTORY",
  "PSEUDO_TERMINAL",
  "REQUIRED_IDENTITY_KEYS",
  "RUNTIME_FILE",
  "TOOLS_FILE",
  "TreeError",
  "UsageError",
  "checkPreconditions",
  "conformSuite",
  "denoHost",
  "discover",
  "discoverPlugins",
  "dispatch",
  "exitCodeOf",
  "findPlugin",
  "isCoreCommand",
  "isJsonList",
  "isJsonObject",
  "jsonReporter",
  "judgeClauses",
  "lintSuite",
  "listPlugins",
  "listSuite",
  "loadEnvFile",
  "loadIdentity",
  "materialize",
  "openTree",
  "parseEnvFile",
  "parseManifest",
  "parsePlatform",
  "parsePluginName",
  "readRuntimeInfo",
  "readVersionInfo",
  "refuse",
  "renderAbout",
  "renderAboutJson",
  "renderClauses",
  "renderHelp",
  "renderInfo",
  "renderInfoJson",
  "renderRefusal",
  "renderVersion",
  "renderVersionJson",
  "runSuite",
  "scaffoldImage",
  "terminalReporter",
  "verifyArchive",
  "verifyExitCode",
  "verifyImage",
  "verifyTree",
  "withTypes",
  "writeContractFiles",
  "writeScaffold",
];

Deno.test("mod.ts exports what a script needs, and nothing else", () => {
  assertEquals(Object.keys(toolkit).toSorted(), NAMES);
});
