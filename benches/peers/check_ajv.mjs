// Prints the numbers of the lines that are no valid events: check_ajv.mjs EVENTS SCHEMA
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

// NODE_PATH is for require alone.
const { default: Ajv } = createRequire(import.meta.url)("ajv/dist/2020.js");
const valid = new Ajv().compile(JSON.parse(readFileSync(process.argv[3], "utf8")));
const check = (line) => {
  try {
    return valid(JSON.parse(line));
  } catch {
    return false;
  }
};
let number = 0;
const lines = createInterface({ input: createReadStream(process.argv[2], { highWaterMark: 1 << 20 }) });
lines.on("line", (line) => {
  number += 1;
  if (!check(line)) console.log(number);
});
