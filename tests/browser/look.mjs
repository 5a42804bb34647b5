// look.mjs CHROMIUM PAGE..: opens each page as people do, and fails where one does more than to stand there.
//
// Speaks the DevTools protocol over a pipe, so that nothing needs to be installed.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [chromium, ...pages] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "larkspect-browser-"));
const flags = ["--headless", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars", `--user-data-dir=${profile}`];
// Chromium has no sandbox for root, as in a container of a CI.
if (process.getuid?.() === 0) flags.push("--no-sandbox");
const browser = spawn(chromium, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });

const waiting = new Map();
const listeners = new Set();
let number = 0;
let rest = "";
browser.stdio[4].setEncoding("utf8").on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const message of messages.map(JSON.parse)) {
        const { done, failed } = waiting.get(message.id) ?? {};
        waiting.delete(message.id);
        if (message.error) failed?.(new Error(JSON.stringify(message.error)));
        else if (done) done(message.result);
        else listeners.forEach((listener) => listener(message));
    }
});
browser.on("exit", () => waiting.forEach(({ failed }) => failed(new Error("the browser has ended"))));

function send(method, params = {}, sessionId = undefined) {
    number += 1;
    const id = number;
    browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    return new Promise((done, failed) => waiting.set(id, { done, failed }));
}

// What a page may not do, told by the browser.
const TOLD = {
    "Log.entryAdded": ({ entry }) => `on the console: ${entry.text}`,
    "Runtime.consoleAPICalled": ({ args }) => `on the console: ${JSON.stringify(args)}`,
    "Runtime.exceptionThrown": ({ exceptionDetails }) => `a script failed: ${exceptionDetails.text}`,
    "Page.javascriptDialogOpening": ({ message }) => `a dialog: ${message}`,
    "Audits.issueAdded": ({ issue }) => `an issue: ${JSON.stringify(issue)}`,
    "Network.requestWillBeSent": ({ request }, url) =>
        request.url === url || request.url.startsWith("data:") ? null : `a request: ${request.url}`,
    "Fetch.requestPaused": ({ request }) => `a request: ${request.url}`,
};

// What it says of itself. `foreign` is what a page of ours has none of.
const ASKED = `(() => {
    const all = [...document.querySelectorAll("*")];
    const foreign = all.filter((e) => e.matches("script,iframe,object,embed,img,form,input,base,foreignObject,a:not([href^='#'])")
        || e.getAttributeNames().some((name) => name.startsWith("on") || name === "style" || name === "src"));
    // The contrast of a text and what is behind it, as WCAG counts it.
    const light = (colour) => colour.map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const behind = (e) => {
        for (let at = e; at; at = at.parentElement) {
            const back = parts(getComputedStyle(at).backgroundColor);
            if (back.length === 3 || back[3] > 0) return back.slice(0, 3);
        }
        return [255, 255, 255];
    };
    const contrast = (e) => {
        const style = getComputedStyle(e);
        const front = parts(e.namespaceURI.endsWith("svg") ? style.fill : style.color).slice(0, 3);
        const [low, high] = [light(front), light(behind(e))].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const isText = (e) => e.closest("body") && !e.closest("rect")
        && [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    return {
        title: document.title, first: document.querySelector("h1").textContent,
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        foreign: foreign.map((e) => e.outerHTML.slice(0, 200)),
        elements: all.length, sections: document.querySelectorAll("section").length,
        styled: getComputedStyle(document.querySelector("section")).borderRadius === "10px",
        faint: all.filter((e) => isText(e) && contrast(e) < 4.5).map((e) => e.outerHTML.slice(0, 120)).slice(0, 3),
        outlier: [...document.querySelectorAll("main *")].find((e) => !e.closest(".scroll")
            && e.getBoundingClientRect().right > innerWidth + 1)?.outerHTML.slice(0, 200),
    };
})()`;

const faults = [];

async function look(page, { width, dark, bypass }) {
    const url = pathToFileURL(page).href;
    const name = basename(page, ".html");
    const { targetId } = await send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
    const ask = (method, params) => send(method, params, sessionId);
    const fault = (text) => faults.push(`${name}, ${width} wide: ${text}`);
    let loaded;
    const load = new Promise((done) => (loaded = done));
    const listen = (message) => {
        if (message.sessionId !== sessionId) return;
        if (message.method === "Page.loadEventFired") loaded();
        const text = TOLD[message.method]?.(message.params, url);
        if (text) fault(text);
        if (message.method === "Page.javascriptDialogOpening") ask("Page.handleJavaScriptDialog", { accept: false });
    };
    listeners.add(listen);
    for (const domain of ["Page", "Runtime", "Log", "Network", "Audits"]) await ask(`${domain}.enable`);
    // Without the policy of the page, markup that came in would show.
    await ask("Page.setBypassCSP", { enabled: bypass });
    await ask("Emulation.setDeviceMetricsOverride", { width, height: 800, deviceScaleFactor: 1, mobile: false });
    await ask("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
    await ask("Page.navigate", { url });
    await load;
    // What runs later has time to.
    await new Promise((done) => setTimeout(done, 150));
    const { result } = await ask("Runtime.evaluate", { expression: ASKED, returnByValue: true });
    const said = result.value;
    if (said.title !== said.first) fault(`the title is ${said.title}`);
    if (said.wide > 0) fault(`the page scrolls sideways by ${said.wide}: ${said.outlier}`);
    if (said.outlier) fault(`stands out of the page: ${said.outlier}`);
    if (said.foreign.length) fault(`there is what is not ours: ${said.foreign}`);
    if (!said.styled) fault("it has no style: the policy forbids it");
    if (said.faint.length) fault(`too little contrast${dark ? " in the dark" : ""}: ${said.faint}`);
    if (said.sections < 3) fault("it is nearly empty");
    if (!bypass) {
        const { cssContentSize: size } = await ask("Page.getLayoutMetrics");
        const clip = { x: 0, y: 0, width, height: Math.min(size.height, 12000), scale: 1 };
        const { data } = await ask("Page.captureScreenshot", { clip, captureBeyondViewport: true });
        writeFileSync(page.replace(/html$/, `${width}${dark ? "-dark" : ""}.png`), data, "base64");
    }
    if (width > 1000 && !dark && !bypass) {
        const { data } = await ask("Page.printToPDF", { preferCSSPageSize: true, printBackground: false });
        const pdf = Buffer.from(data, "base64");
        writeFileSync(page.replace(/html$/, "pdf"), pdf);
        const boxes = [...pdf.toString("latin1").matchAll(/MediaBox \[([\d. ]+)\]/g)].map((box) => box[1].split(" "));
        // A4 in points, upright or on its side.
        const a4 = ([, , x, y]) => Math.abs(Math.min(x, y) - 595) < 2 && Math.abs(Math.max(x, y) - 842) < 2;
        if (!boxes.length || !boxes.every(a4)) fault(`not printed on A4: ${boxes.join("; ")}`);
        console.log(`${name}: ${said.elements} elements, ${boxes.length} pages of paper`);
    }
    listeners.delete(listen);
    await send("Target.closeTarget", { targetId });
}

try {
    for (const page of pages) {
        for (const width of [400, 1280]) {
            for (const dark of [false, true]) await look(page, { width, dark, bypass: false });
        }
        await look(page, { width: 1280, dark: false, bypass: true });
    }
} finally {
    browser.kill();
    await new Promise((done) => browser.once("close", done));
    rmSync(profile, { recursive: true, force: true });
}
faults.forEach((fault) => console.log(fault));
console.log(faults.length ? `${faults.length} faults` : `${pages.length} pages stand as they should`);
process.exit(faults.length ? 1 : 0);
