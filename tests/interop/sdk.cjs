// The official Node SDK at the other end of the wire: the same commands as `sdk.py`, which says what they are.
// CommonJS, because only there NODE_PATH says where packages are.

const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { Duplex } = require('node:stream');
const { adaptDefault, AESCipher, EventDispatcher } = require('@larksuiteoapi/node-sdk');

const KEY = process.env.LARKSPECT_ENCRYPT_KEY;
const TOKEN = process.env.LARKSPECT_VERIFICATION_TOKEN;
const TYPES = ['attendance.user_flow.created_v1', 'interop.text_v1'];
const REFUSED = undefined;

/** The SDK's dispatcher as its users set it up. Its handlers answer with the event as they got it. */
function dispatcher() {
  const logger = Object.fromEntries(['error', 'warn', 'info', 'debug', 'trace'].map((level) => [level, () => {}]));
  const sdk = new EventDispatcher({ encryptKey: KEY, verificationToken: TOKEN, logger });
  return sdk.register(Object.fromEntries(TYPES.map((type) => [type, (event) => event])));
}

/** What the SDK says to each of `count` requests in a file. */
function deliver(file, count) {
  const said = [];
  const sdk = dispatcher();
  return new Promise((resolve, reject) => {
    let arrived = 0;
    const patience = setTimeout(() => reject(new Error(`${said.length} of ${count} requests arrived`)), 60_000);
    const server = http.createServer((request, response) => {
      const number = arrived++;
      // It answers 200 whatever it thinks of a request; one that it refuses has no text.
      const end = (text) => {
        said.push([number, text && JSON.parse(text)]);
        response.end();
        if (said.length < count) return;
        clearTimeout(patience);
        resolve(said.sort(([a], [b]) => a - b).map(([, event]) => event));
      };
      adaptDefault(request.url, sdk)(request, { end }).catch(reject);
    });
    server.on('clientError', reject);
    // A connection on which these bytes have arrived, for a server that needs no network.
    const connection = new Duplex({ read() {}, write(chunk, encoding, done) { done(); } });
    server.emit('connection', connection);
    connection.push(fs.readFileSync(file));
  });
}

async function accept(requests, events) {
  const sent = fs.readFileSync(events, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  const got = await deliver(requests, sent.length);
  // It hands on a flat merge, in which `event.type` and `event.token` replace what the header said.
  got.forEach((event, i) => {
    const { header, event: inner, ...rest } = sent[i];
    assert.deepStrictEqual(event, { ...rest, ...header, ...inner }, `request ${i + 1}`);
  });
  console.log(`${got.length} requests accepted and decoded`);
}

async function refuse(requests, count) {
  const got = await deliver(requests, count);
  got.forEach((event, i) => assert.strictEqual(event, REFUSED, `request ${i + 1} was accepted`));
  console.log(`${got.length} tampered requests refused`);
}

const random = (below) => Math.floor(Math.random() * below);

const HANZI = Array.from({ length: 1 << 16 }, () => String.fromCharCode(0x4e00 + random(0x5200))).join('');
const HEADER = { event_type: 'interop.text_v1', token: TOKEN };
const EVENT = JSON.stringify({ schema: '2.0', header: HEADER, event: { name: '𠮷田', text: '%s' } });

const size = (number, count) =>
  number <= 1024 ? number : number === count - 1 ? 65536 : Math.floor(2 ** (Math.random() * 16));

function event(size) {
  const start = random(HANZI.length / 2);
  return EVENT.replace('%s', 'x'.repeat(size % 3) + HANZI.slice(start, start + Math.floor(size / 3)));
}

function encrypt(plain) {
  const iv = crypto.randomBytes(16);
  const cipher = crypto.createCipheriv('aes-256-cbc', new AESCipher(KEY).key, iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64');
}

function sign(body) {
  const timestamp = String(1_600_000_000 + random(200_000_000));
  const nonce = String(random(2 ** 31));
  const signature = crypto.createHash('sha256').update(timestamp + nonce + KEY + body).digest('hex');
  return { 'x-lark-request-timestamp': timestamp, 'x-lark-request-nonce': nonce, 'x-lark-signature': signature };
}

async function make(count, directory) {
  const sdk = dispatcher();
  const [bodies, plains, requests] = ['bodies.ndjson', 'plain.ndjson', 'requests.http'].map((name) =>
    fs.openSync(path.join(directory, name), 'w'));
  for (let number = 0; number < count; number++) {
    const plain = event(size(number, count));
    const body = JSON.stringify({ encrypt: encrypt(plain) });
    const headers = sign(body);
    const data = Object.assign(Object.create({ headers }), JSON.parse(body));
    assert.ok(await sdk.invoke(data), 'the SDK refuses what was made with it');
    fs.writeSync(bodies, `${body}\n`);
    fs.writeSync(plains, `${plain}\n`);
    const lines = Object.entries({ ...headers, 'content-length': body.length }).map(([name, value]) => `${name}: ${value}\r\n`);
    fs.writeSync(requests, `POST / HTTP/1.1\r\nhost: localhost\r\n${lines.join('')}\r\n${body}`);
  }
}

const [command, ...rest] = process.argv.slice(2);
({ accept, refuse: (file, count) => refuse(file, Number(count)), make: (count, to) => make(Number(count), to) })[command](...rest);
