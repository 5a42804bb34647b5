// Reads tables in Markdown with markdown-it and writes what their cells show: an array of texts a line.
//
//     tables.cjs DIR     of each DIR/*.md, in DIR/*.rows

const fs = require("node:fs");
const path = require("node:path");
const MarkdownIt = require("markdown-it");

const reader = new MarkdownIt({ html: true, linkify: true });
// A table of many rows is read in parts: each with the head.
const ROWS = 1000;

function shown(token) {
    const texts = token.children.map((child) => {
        switch (child.type) {
            case "text":
            case "text_special":
                return child.content;
            case "html_inline":
                if (child.content === "<br>") return "\n";
                if (child.content === "<!-- -->") return "";
                break;
            // The address of a page is what it leads to.
            case "link_open":
            case "link_close":
                return "";
        }
        throw new Error(`there is ${child.type} in ${token.content}`);
    });
    return texts.join("");
}

function* rows(table) {
    let row;
    for (const token of reader.parse(table, {})) {
        if (token.type === "tr_open") row = [];
        else if (token.type === "inline") row.push(shown(token));
        else if (token.type === "tr_close") yield row;
        else if (!/^(table|thead|tbody|th|td)_/.test(token.type)) throw new Error(`there is ${token.type} in a table`);
    }
}

const [directory] = process.argv.slice(2);
for (const name of fs.readdirSync(directory).filter((name) => name.endsWith(".md"))) {
    const [head, rule, ...lines] = fs.readFileSync(path.join(directory, name), "utf8").trimEnd().split("\n");
    const out = fs.openSync(path.join(directory, name.replace(/\.md$/, ".rows")), "w");
    for (let at = 0; at < Math.max(lines.length, 1); at += ROWS) {
        const [names, ...read] = rows([head, rule, ...lines.slice(at, at + ROWS), ""].join("\n"));
        const all = at === 0 ? [names, ...read] : read;
        fs.writeSync(out, all.map((row) => JSON.stringify(row) + "\n").join(""));
    }
    fs.closeSync(out);
}
