// Prints the numbers of the lines that are no valid events: check_ajv.mjs EVENTS SCHEMA [SCHEMA ..]
// Each schema is in a file that is named after its type; of several the type of an event decides.
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { createInterface } from "node:readline";

// NODE_PATH is for require alone.
const { default: Ajv } = createRequire(import.meta.url)("ajv/dist/2020.js");
const [events, ...schemas] = process.argv.slice(2);
const ajv = new Ajv({ allowUnionTypes: true });
const validators = new Map(
  schemas.map((path) => [basename(path, ".json"), ajv.compile(JSON.parse(readFileSync(path, "utf8")))]),
);
const [only] = validators.values();
const validator = (event) => validators.get(event.header?.event_type ?? event.event.type);
const valid = validators.size === 1 ? only : (event) => validator(event)(event);
const check = (line) => {
  try {
    return valid(JSON.parse(line));
  } catch {
    return false;
  }
};
let number = 0;
const lines = createInterface({ input: createReadStream(events, { highWaterMark: 1 << 20 }) });
lines.on("line", (line) => {
  number += 1;
  if (!check(line)) console.log(number);
});
