// Reads an AsyncAPI document with the standard's own parser, and says what that has to say of it.
// Usage: node asyncapi.js MODULES DOCUMENT
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const [modules, file] = process.argv.slice(2);
const { Parser } = createRequire(`${modules}/`)("@asyncapi/parser");

new Parser().parse(readFileSync(file, "utf-8"), { source: file, parseSchemas: false }).then(({ document, diagnostics }) => {
  const told = diagnostics.map(({ severity, code, message, path }) => ({ severity, code, message, path: path.join(".") }));
  const channels = document ? document.channels().all().map((each) => each.address()) : [];
  console.log(JSON.stringify({ channels, told }));
});
