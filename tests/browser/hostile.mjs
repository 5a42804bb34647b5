// Makes of each event on stdin one for each hostile text, which then stands in everything that a page shows of it.
import { readFileSync } from "node:fs";

const TEXTS = [
    "<script>document.title='run'</script>",
    "\" onload=\"document.title='run'\" x=\"",
    "' onmouseover='document.title=1",
    "javascript:document.title='run'",
    "https://example.com/<a href=javascript:alert(1)>x</a>",
    "</style><style>*{display:none}</style>",
    "</title><script>alert(1)</script>",
    "</td></table></bdi><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><foreignObject>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- --!> ]]> <![CDATA[",
    "\u202e\u2066gnp.exe\u2069\u200b",
    "\u0000\u0007\u001b[2J\u009b",
    "x".repeat(4000),
    "https://example.com/" + "%41".repeat(200),
];
const KEYS = ["employee_id", "location_name", "record_id", "user_id", "employee_no", "ssid", "comment"];

function put(value, text, isPunch) {
    for (const [key, inner] of Object.entries(value)) {
        if (inner && typeof inner === "object") put(inner, text, isPunch);
        else if (key === "risk_result") value[key] = "1";
        else if (key === "event_id") value[key] = `${inner}-${TEXTS.indexOf(text)}-${isPunch}`;
        else if (KEYS.includes(key) || (key === "event_type" ? !isPunch : key === "type")) value[key] = text;
    }
    return value;
}

for (const line of readFileSync(0, "utf8").split("\n").filter((line) => line.startsWith("{"))) {
    const event = JSON.parse(line);
    for (const text of TEXTS) {
        // One whose type is the text, and one that is a punch still.
        for (const isPunch of [false, true]) console.log(JSON.stringify(put(structuredClone(event), text, isPunch)));
    }
}
