//! What stands around events in files that people have.

use aes::Aes256Enc;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::{Array, BlockModeEncrypt, KeyIvInit};
use chrono::DateTime;
use sha2::{Digest, Sha256};

use super::dice::Dice;
use super::json::{Json, bare, object, text};
use super::layouts::SENT;
use super::values::{START, hex};

/// What the encrypted bodies open with.
pub const KEY: &str = "the key of the corpora";

/// The time of the `number`th event, roughly: what a log says has not to agree with what an event says.
fn seconds(number: usize) -> u64 {
    START + 7 * number as u64
}

pub fn time(seconds: u64, form: &str) -> String {
    DateTime::from_timestamp(seconds as i64, 0).expect("in our days").format(form).to_string()
}

/// Lines of a log, one or two, in one of which the event is.
pub fn logged(number: usize, event: &str, dice: &mut Dice) -> String {
    let (at, millis) = (seconds(number), dice.below(1000));
    let day = |form| time(at, form);
    let (request, cost) = (hex(dice, 8), dice.below(60));
    match dice.below(6) {
        0 | 1 => format!(
            "{}.{millis:03}  INFO 1 --- [nio-8080-exec-{}] c.e.lark.CallbackController : received event: {event}\n",
            day("%F %T"),
            1 + dice.below(8),
        ),
        2 => format!("{},{millis:03} - lark.hook - DEBUG - body: {event}\n", day("%F %T")),
        3 => format!(
            "[{}.{millis:03}Z] DEBUG request_id={request} payload={event} cost={cost}ms\n",
            day("%FT%T")
        ),
        4 => format!("web-1  | I{}.{millis:03}000       1 event.go:42] lark event {event}\n", day("%m%d %T")),
        _ => format!(
            "{0}.{millis:03}Z INFO  [{request}] handled in {cost} ms, 200 OK\n{0}.{millis:03}Z INFO  [{request}] {event}\n",
            day("%FT%T")
        ),
    }
}

/// A record of a log that is JSON itself, with the event in a string.
pub fn record(number: usize, event: &str, dice: &mut Dice) -> String {
    let (at, millis) = (seconds(number), dice.below(1000));
    let stamp = text(format!("{}.{millis:03}Z", time(at, "%FT%T")));
    let record = match dice.below(5) {
        0 => object([
            ("level", text("info")),
            ("ts", bare(format!("{at}.{}", 100 + dice.below(900)))),
            ("caller", text("hook/event.go:42")),
            ("msg", text("event received")),
            ("body", text(event)),
        ]),
        1 => {
            let headers = object([
                ("content-type", text("application/json;charset=UTF-8")),
                ("x-request-id", text(hex(dice, 32))),
            ]);
            let request =
                object([("method", text("POST")), ("url", text("/lark/events")), ("headers", headers)]);
            object([
                ("level", bare(30)),
                ("time", bare(at * 1000)),
                ("pid", bare(17)),
                ("hostname", text("web-1")),
                ("req", request),
                ("body", text(event)),
                ("msg", text("callback")),
            ])
        }
        2 => object([
            ("@timestamp", stamp),
            ("log.level", text("INFO")),
            ("message", text(format!("received {event}"))),
            ("service.name", text("hr-hook")),
        ]),
        3 => object([
            ("timestamp", stamp),
            ("level", text("DEBUG")),
            ("fields", object([("message", text(event))])),
            ("target", text("lark::hook")),
        ]),
        _ => object([("log", text(format!("{event}\n"))), ("stream", text("stdout")), ("time", stamp)]),
    };
    line(&record)
}

fn line(record: &Json) -> String {
    SENT.write(record) + "\n"
}

/// A whole request, as a proxy or a socket keeps it.
pub fn request(number: usize, event: &str, dice: &mut Dice) -> String {
    let (length, at) = (event.len(), seconds(number));
    let (id, nonce) = (hex(dice, 32), dice.below(1_000_000_000));
    let forwarded = match dice.chance(50) {
        true => format!("X-Forwarded-For: 203.0.113.{}\r\nX-Forwarded-Proto: https\r\n", dice.below(255)),
        false => String::new(),
    };
    format!(
        "POST /lark/callback HTTP/1.1\r\nHost: hooks.example.com\r\nUser-Agent: Go-http-client/1.1\r\n\
         Content-Length: {length}\r\nContent-Type: application/json;charset=UTF-8\r\nX-Request-Id: {id}\r\n\
         X-Lark-Request-Timestamp: {at}\r\nX-Lark-Request-Nonce: {nonce}\r\n{forwarded}\
         Accept-Encoding: gzip\r\n\r\n{event}\n"
    )
}

/// As an app with an Encrypt Key gets it.
pub fn encrypted(_: usize, event: &str, dice: &mut Dice) -> String {
    const BLOCK: usize = 16;
    let mut iv = [0; BLOCK];
    iv[..8].copy_from_slice(&dice.number().to_le_bytes());
    iv[8..].copy_from_slice(&dice.number().to_le_bytes());
    let pad = BLOCK - event.len() % BLOCK;
    let mut sealed = [&iv, event.as_bytes()].concat();
    sealed.resize(sealed.len() + pad, pad as u8);
    let key: [u8; 32] = Sha256::digest(KEY).into();
    let (blocks, _) = Array::slice_as_chunks_mut(&mut sealed[BLOCK..]);
    cbc::Encryptor::<Aes256Enc>::new(&key.into(), &iv.into()).encrypt_blocks(blocks);
    line(&object([("encrypt", text(STANDARD.encode(&sealed)))]))
}
