//! Why a signature is wrong: the mistakes that people are known to make, tried one by one (docs/platform.md, Signatures).

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::container::base64;
use crate::container::encoded::sealed;
use crate::json::rewrite::Escapes;
use crate::lang::{Label, label};

use super::reformat::{ESCAPES, SPACINGS, may_change, reformat};
use super::sign::{hash, hex};
use super::{Credentials, DecryptError, Key};

/// A mistake that makes a signature wrong.
pub struct Mistake {
    /// Where it was made.
    pub blame: Blame,
    /// What is wrong: the second half of "the signature is wrong: ".
    pub sentence: Label,
    /// What to do about it.
    pub help: Label,
    /// Whether it explains the signature.
    explains: fn(&Attempt<'_>) -> bool,
}

impl fmt::Debug for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence.en)
    }
}

impl PartialEq for Mistake {
    fn eq(&self, other: &Mistake) -> bool {
        self.sentence == other.sentence
    }
}

impl Eq for Mistake {}

/// Where a mistake was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// In the capture: the request itself was genuine.
    Capture,
    /// In the secret given here, or in the sender's.
    Secret,
    /// In what signed the request: not the platform.
    Signer,
    /// No hash shows it, so it is known only of a body that is there as it was sent.
    Unproven,
}

/// Every mistake, in the order in which it is tried.
static MISTAKES: [Mistake; 19] = [
    Mistake {
        blame: Blame::Unproven,
        sentence: label(
            "签名头既不是 64 位也不是 40 位十六进制数字",
            "the header is neither 64 nor 40 hexadecimal digits",
        ),
        help: label(
            "复制完整的请求头；事件的签名是 64 位十六进制数字",
            "copy the whole header; the signature of an event has 64 hexadecimal digits",
        ),
        explains: |a| a.wanted.is_empty(),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label("散列值是对的，但写成了 base64", "it is the right hash in base64"),
        help: label("改用十六进制", "write it in hexadecimal"),
        explains: |a| a.in_base64 && a.own().any(|secret| a.plainly(secret)),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label(
            "事件用了旧版卡片回调的签名方式（SHA-1 和 Verification Token）",
            "an event is signed as old card callbacks are (SHA-1 and the Verification Token)",
        ),
        help: label(
            "事件用 SHA-256 和 Encrypt Key 签名；卡片处理程序不是事件处理程序",
            "events are signed with SHA-256 and the Encrypt Key; a card handler is not an event handler",
        ),
        explains: |a| a.is_sha1() && a.own().any(|secret| a.plainly(secret)),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label("它是用 Encrypt Key 算的 SHA-1", "it is SHA-1 with the Encrypt Key"),
        help: label(
            "使用 SHA-256；SHA-1 只用于旧版卡片回调和 Verification Token",
            "use SHA-256; SHA-1 belongs to old card callbacks and the Verification Token",
        ),
        explains: |a| a.is_sha1() && a.others().any(|secret| a.plainly(secret)),
    },
    Mistake {
        blame: Blame::Secret,
        sentence: label(
            "把 Encrypt Key 和 Verification Token 对调之后就是对的",
            "it is right with the Encrypt Key and the Verification Token swapped",
        ),
        help: label(
            "对调两者：Encrypt Key 是可以自己设置的那个",
            "swap them: the Encrypt Key is the one that you can set yourself",
        ),
        explains: |a| a.others().any(|secret| a.plainly(secret)),
    },
    Mistake {
        blame: Blame::Secret,
        sentence: label(
            "密钥前后的空白不同，除此之外是对的",
            "it is right with other white space around the secret",
        ),
        help: label(
            "复制密钥时不要带换行；用 `printf %s` 代替 `echo`",
            "copy the secret without the line end; `printf %s` instead of `echo`",
        ),
        explains: |a| a.own().any(|secret| spaced(secret).any(|other| a.plainly(&other))),
    },
    Mistake {
        blame: Blame::Unproven,
        sentence: label(
            "所提供的密钥也都解不开请求体：它属于别的应用，或请求体被改动过",
            "no key that was given opens the body either: it is another app's, or the body was changed",
        ),
        help: label(
            "提供这个请求所属应用的 Encrypt Key",
            "give the Encrypt Key of the app that the request was meant for",
        ),
        explains: |a| a.opened() == Some(Err(DecryptError::WrongKey)),
    },
    Mistake {
        blame: Blame::Capture,
        sentence: label(
            "去掉请求体前后的空白或字节顺序标记之后就是对的",
            "it is right for this body without the white space or byte order mark around it",
        ),
        help: label(
            "保存请求体时不要加换行：用 `printf %s`，或让编辑器不要加",
            "save the body without adding a line end: `printf %s`, or an editor told not to",
        ),
        explains: |a| a.of_body(without_ends(a.body)),
    },
    Mistake {
        blame: Blame::Capture,
        sentence: label(
            "在请求体末尾加上换行之后就是对的",
            "it is right for this body with a line end after it",
        ),
        help: label(
            "保存请求体时不要裁剪：shell 的 `$(..)` 会去掉末尾的换行",
            "save the body without trimming it: `$(..)` in a shell cuts the last line end off",
        ),
        explains: |a| a.of_body([&b"\n"[..], b"\r\n"].map(|end| [a.body, end].concat()).into_iter()),
    },
    Mistake {
        blame: Blame::Capture,
        sentence: label(
            "换一种换行符（LF 与 CRLF 互换）之后就是对的",
            "it is right for this body with other line ends (LF for CRLF, or the other way)",
        ),
        help: label(
            "以二进制方式传输抓取的内容；在 git 里标记为 `-text`",
            "transfer the capture as binary; in git, mark it `-text`",
        ),
        explains: |a| a.of_body(with_other_ends(a.body)),
    },
    Mistake {
        blame: Blame::Capture,
        sentence: label(
            "换一种排版之后就是对的：请求体被解析后重新写过",
            "it is right for this body in another layout: it was parsed and written again",
        ),
        help: label("在解析之前，对原始请求体计算散列值", "hash the raw body, before anything parses it"),
        explains: |a| a.of_body(rewritten(a.body, true)),
    },
    Mistake {
        blame: Blame::Capture,
        sentence: label(
            "换一种字符串转义方式之后就是对的：请求体被解析后重新写过",
            "it is right for this body with its strings escaped otherwise: it was parsed and written again",
        ),
        help: label("在解析之前，对原始请求体计算散列值", "hash the raw body, before anything parses it"),
        explains: |a| a.of_body(rewritten(a.body, false)),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label(
            "签名的是解密后的事件，而不是请求体",
            "the decrypted event was signed instead of the body",
        ),
        help: label(
            "对发送的请求体 {\"encrypt\":\"..\"} 签名：先验签，再解密",
            "sign the body as it is sent, {\"encrypt\":\"..\"}: verify first, then decrypt",
        ),
        explains: |a| a.opened().is_some_and(|plain| plain.is_ok_and(|plain| a.of_body([plain].into_iter()))),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label("时间戳和随机串 (nonce) 写反了", "timestamp and nonce are swapped"),
        help: label(
            "顺序是：时间戳、随机串 (nonce)、Encrypt Key、请求体",
            "the order is timestamp, nonce, Encrypt Key, body",
        ),
        explains: |a| a.joined(|[time, nonce, secret, body]| a.is(&[nonce, time, secret, body])),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label("拼接各部分时中间加了分隔符", "the parts are joined with something between them"),
        help: label(
            "把时间戳、随机串 (nonce)、Encrypt Key 和请求体直接拼接，中间不加任何字符",
            "join timestamp, nonce, Encrypt Key and body with nothing between them",
        ),
        explains: |a| a.joined(|parts| SEPARATORS.iter().any(|sign| a.is(&apart(parts, sign.as_bytes())))),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label("四个部分拼接的顺序不对", "the four parts are joined in another order"),
        help: label(
            "顺序是：时间戳、随机串 (nonce)、Encrypt Key、请求体",
            "the order is timestamp, nonce, Encrypt Key, body",
        ),
        explains: |a| a.joined(|parts| orders().any(|order| a.is(&order.map(|part| parts[part])))),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label(
            "签名用的是 AES 密钥（Encrypt Key 的散列值）",
            "the AES key (the hash of the Encrypt Key) was used to sign",
        ),
        help: label(
            "用 Encrypt Key 本身签名；它的散列值只用于解密",
            "sign with the Encrypt Key itself; its hash is for decryption only",
        ),
        explains: |a| {
            a.credentials.keys.keys().any(|key| a.with(key.hash()) || a.with(hex(key.hash()).as_bytes()))
        },
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label("签名时没有用任何密钥", "it was made without any secret"),
        help: label(
            "签名方的 Encrypt Key 是空的：检查读取它的变量",
            "the signer's Encrypt Key is empty: look at the variable that it is read from",
        ),
        explains: |a| a.with(b""),
    },
    Mistake {
        blame: Blame::Signer,
        sentence: label("它是 HMAC", "it is an HMAC"),
        help: label(
            "这里不用 HMAC：把时间戳、随机串 (nonce)、Encrypt Key 和请求体直接拼接后计算散列值；HMAC 只用于自定义机器人",
            "no HMAC here: hash timestamp, nonce, Encrypt Key and body, joined as they are; HMAC belongs to custom \
                 bots",
        ),
        explains: |a| !a.is_sha1() && a.own().chain(a.others()).any(|secret| a.is_hmac(secret.as_bytes())),
    },
];

/// What may stand between the parts.
const SEPARATORS: [&str; 12] = ["\n", ":", "|", ".", "&", ",", ";", "-", "_", " ", "+", "\r\n"];

/// The first mistake that makes the signature right, given what the three headers say (time, nonce, signature) and a
/// body. One at a time: two mistakes together stay unexplained.
///
/// It costs some eighty hashes of the body, and is paid for wrong signatures alone.
pub(super) fn search(
    [time, nonce, signature]: [&str; 3],
    body: &[u8],
    credentials: &Credentials,
) -> Option<&'static Mistake> {
    let (wanted, in_base64) = bytes_of(signature).unwrap_or_default();
    let (time, nonce) = (time.as_bytes(), nonce.as_bytes());
    let attempt = Attempt { time, nonce, body, credentials, wanted, in_base64 };
    MISTAKES.iter().find(|mistake| (mistake.explains)(&attempt))
}

/// A signature to be explained.
struct Attempt<'a> {
    time: &'a [u8],
    nonce: &'a [u8],
    body: &'a [u8],
    credentials: &'a Credentials,
    /// The hash in the header; empty where there is none.
    wanted: Vec<u8>,
    in_base64: bool,
}

impl<'a> Attempt<'a> {
    fn is_sha1(&self) -> bool {
        self.wanted.len() == 20
    }

    /// The secrets that belong to a hash of this length: tokens to SHA-1, keys to SHA-256.
    fn own(&self) -> impl Iterator<Item = &'a str> {
        self.secrets(!self.is_sha1())
    }

    /// Those that belong to the other one.
    fn others(&self) -> impl Iterator<Item = &'a str> {
        self.secrets(self.is_sha1())
    }

    fn secrets(&self, keys: bool) -> impl Iterator<Item = &'a str> {
        let Credentials { keys: ring, tokens } = self.credentials;
        let texts = ring.keys().map(Key::text).filter(move |_| keys);
        texts.chain(tokens.0.iter().map(String::as_str).filter(move |_| !keys))
    }

    /// Whether the header is the hash of these parts.
    fn is(&self, parts: &[&[u8]]) -> bool {
        let made = if self.is_sha1() { hash::<Sha1>(parts) } else { hash::<Sha256>(parts) };
        made.ct_eq(&self.wanted).into()
    }

    /// The same of the parts as they should be, with this secret.
    fn with(&self, secret: &[u8]) -> bool {
        self.is(&[self.time, self.nonce, secret, self.body])
    }

    fn plainly(&self, secret: &str) -> bool {
        self.with(secret.as_bytes())
    }

    /// The same with one of these bodies.
    fn of_body(&self, bodies: impl Iterator<Item = impl AsRef<[u8]>>) -> bool {
        let mut others = bodies.filter(|other| other.as_ref() != self.body);
        others.any(|other| {
            self.own().any(|secret| self.is(&[self.time, self.nonce, secret.as_bytes(), other.as_ref()]))
        })
    }

    /// Whether `is` is true of the four parts with one of the secrets.
    fn joined(&self, is: impl Fn([&[u8]; 4]) -> bool) -> bool {
        self.own().any(|secret| is([self.time, self.nonce, secret.as_bytes(), self.body]))
    }

    /// The body decrypted, if it is encrypted.
    fn opened(&self) -> Option<Result<Vec<u8>, DecryptError>> {
        let mut plain = Vec::new();
        let (_, text) = sealed(self.body)?;
        Some(self.credentials.keys.decrypt(&text, &mut plain).map(|_| plain))
    }

    /// The HMACs that are confused with the scheme: over the same parts, as other receivers do it, and of custom bots.
    fn is_hmac(&self, secret: &[u8]) -> bool {
        let Attempt { time, nonce, body, wanted, .. } = self;
        let line = &b"\n"[..];
        let bot_key = [time, line, secret].concat();
        let cases: [(&[u8], &[&[u8]]); 7] = [
            (secret, &[time, nonce, body]),
            (secret, &[time, line, nonce, line, body]),
            (secret, &[time, nonce, secret, body]),
            (secret, &[time, body]),
            (secret, &[body]),
            (secret, &[time, line, secret]),
            (&bot_key, &[]),
        ];
        cases.iter().any(|(key, parts)| {
            let mac = Hmac::<Sha256>::new_from_slice(key).expect("an HMAC takes a key of any length");
            let mac = parts.iter().fold(mac, |mac, part| mac.chain_update(part));
            mac.finalize().into_bytes().ct_eq(wanted).into()
        })
    }
}

/// The bytes of a SHA-256 or SHA-1 in hex or base64, and whether it was base64.
fn bytes_of(header: &str) -> Option<(Vec<u8>, bool)> {
    let is_hash = |bytes: &Vec<u8>| matches!(bytes.len(), 20 | 32);
    if matches!(header.len(), 40 | 64) && header.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let digits = header.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).ok());
        let bytes = digits.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect::<Option<_>>();
        return Some((bytes?, false)).filter(|(bytes, _)| is_hash(bytes));
    }
    let mut bytes = Vec::new();
    base64::decode(header.as_bytes(), &mut bytes).ok()?;
    Some((bytes, true)).filter(|(bytes, _)| is_hash(bytes))
}

/// The secret with the white space that files and shells add or take.
fn spaced(secret: &str) -> impl Iterator<Item = String> {
    let trimmed = secret.trim();
    let others = ["", "\n", "\r\n", " "].map(|end| format!("{trimmed}{end}")).into_iter();
    others.chain([format!(" {trimmed}")]).filter(move |other| other != secret)
}

/// The body without the line ends, white space or byte order mark that an editor may have added.
fn without_ends(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    let bare = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let trimmed = [bare.strip_suffix(b"\n").unwrap_or(bare), bare.trim_ascii_end(), bare.trim_ascii()];
    [bare].into_iter().chain(trimmed)
}

/// The body with each line end as LF, and as CRLF.
fn with_other_ends(body: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let unix = without_returns(body);
    let dos = unix.split(|&byte| byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]);
    [unix, dos].into_iter()
}

fn without_returns(body: &[u8]) -> Vec<u8> {
    let before_feed = |at: usize| body[at] == b'\r' && body.get(at + 1) == Some(&b'\n');
    (0..body.len()).filter(|&at| !before_feed(at)).map(|at| body[at]).collect()
}

/// The body as other programs write it again, with its strings as they are or with other escapes.
fn rewritten(body: &[u8], as_is: bool) -> impl Iterator<Item = Vec<u8>> {
    let is_tried = move |how: &Escapes| (*how == Escapes::AsIs) == as_is && may_change(*how, body);
    let layouts = move |how| SPACINGS.into_iter().filter_map(move |spacing| reformat(body, spacing, how));
    ESCAPES.into_iter().filter(is_tried).flat_map(layouts)
}

/// The four parts with something between them.
fn apart<'p>([time, nonce, secret, body]: [&'p [u8]; 4], sign: &'p [u8]) -> [&'p [u8]; 7] {
    [time, sign, nonce, sign, secret, sign, body]
}

/// Every order of the four parts.
fn orders() -> impl Iterator<Item = [usize; 4]> {
    let all = (0..256usize).map(|code| [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6]);
    all.filter(|order| order.iter().fold(0, |seen, &part| seen | 1 << part) == 15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::Headers;
    use crate::lang::Lang;
    use crate::lang::chinese::is_well_set;
    use crate::signature::verify::{NONCE, Outcome, SIGNATURE, Scheme, TIMESTAMP, sign, verify};
    use crate::signature::{Keyring, Tokens, encrypt};

    const NOT_AHASH: &str = "the header is neither 64 nor 40 hexadecimal digits";
    const BASE64: &str = "it is the right hash in base64";
    const CARD_SCHEME: &str =
        "an event is signed as old card callbacks are (SHA-1 and the Verification Token)";
    const SHA1: &str = "it is SHA-1 with the Encrypt Key";
    const SECRETS_SWAPPED: &str = "it is right with the Encrypt Key and the Verification Token swapped";
    const SECRET_WHITESPACE: &str = "it is right with other white space around the secret";
    const OTHER_KEY: &str =
        "no key that was given opens the body either: it is another app's, or the body was changed";
    const LINE_END_ADDED: &str =
        "it is right for this body without the white space or byte order mark around it";
    const LINE_END_REMOVED: &str = "it is right for this body with a line end after it";
    const LINE_ENDS_CHANGED: &str =
        "it is right for this body with other line ends (LF for CRLF, or the other way)";
    const REFORMATTED: &str = "it is right for this body in another layout: it was parsed and written again";
    const REESCAPED: &str =
        "it is right for this body with its strings escaped otherwise: it was parsed and written again";
    const PLAINTEXT: &str = "the decrypted event was signed instead of the body";
    const SWAPPED: &str = "timestamp and nonce are swapped";
    const SEPARATORS: &str = "the parts are joined with something between them";
    const REORDERED: &str = "the four parts are joined in another order";
    const HASHED_KEY: &str = "the AES key (the hash of the Encrypt Key) was used to sign";
    const NO_SECRET: &str = "it was made without any secret";
    const HMAC: &str = "it is an HMAC";

    const TIME: &str = "1615381918";
    const TOKEN: &str = "v_token";
    const EVENT: &str =
        r#"{"schema":"2.0","header":{"token":"t"},"event":{"url":"https://x/<y>","place":"浙江"}}"#;

    /// What `verify` says of `body` with this signature, knowing "the key" and the token.
    fn cause(signature: &str, body: &str) -> Option<&'static str> {
        let mut keys = Keyring::default();
        keys.add(Key::new("the key"));
        let tokens = Tokens(vec![TOKEN.to_owned()]);
        let mut headers = Headers::default();
        headers.push(TIMESTAMP, TIME);
        headers.push(NONCE, "abcd");
        headers.push(SIGNATURE, signature);
        match verify(&headers, body.as_bytes(), &Credentials { keys, tokens }) {
            Outcome::Bad { cause } => cause.map(|cause| cause.sentence.en),
            outcome => panic!("{outcome:?}"),
        }
    }

    fn good(body: &str) -> String {
        sign(Scheme::Sha256, TIME, "abcd", "the key", body.as_bytes())
    }

    fn of(parts: &[&str]) -> String {
        hex(&hash::<Sha256>(&parts.iter().map(|part| part.as_bytes()).collect::<Vec<_>>()))
    }

    fn mac(key: &str, text: &str) -> Vec<u8> {
        let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.chain_update(text).finalize().into_bytes().to_vec()
    }

    #[test]
    fn every_mistake_has_words_of_its_own() {
        for lang in [Lang::Zh, Lang::En] {
            let words = |known: &Mistake| [known.sentence, known.help].map(|label| label.text(lang));
            let mut all: Vec<_> = MISTAKES.iter().flat_map(words).collect();
            assert!(all.iter().all(|words| !words.is_empty() && !words.ends_with(['.', '。'])));
            assert!(lang == Lang::En || all.iter().all(|words| is_well_set(words)), "{all:?}");
            // Layout and escapes share the advice, and so do the two orders of the parts.
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), 2 * MISTAKES.len() - 2);
        }
    }

    #[test]
    fn a_line_end_added() {
        for body in
            [format!("{EVENT}\n"), format!("{EVENT}\r\n"), format!("{EVENT}\n\n"), format!("\u{feff}{EVENT}")]
        {
            assert_eq!(cause(&good(EVENT), &body), Some(LINE_END_ADDED), "{body:?}");
        }
    }

    #[test]
    fn a_line_end_removed() {
        for sent in [format!("{EVENT}\n"), format!("{EVENT}\r\n")] {
            assert_eq!(cause(&good(&sent), EVENT), Some(LINE_END_REMOVED));
        }
    }

    #[test]
    fn line_ends_changed() {
        assert_eq!(cause(&good("{\r\n\"a\":\r\n 1}"), "{\n\"a\":\n 1}"), Some(LINE_ENDS_CHANGED));
        assert_eq!(cause(&good("{\n\"a\":\n 1}"), "{\r\n\"a\":\r\n 1}"), Some(LINE_ENDS_CHANGED));
    }

    #[test]
    fn another_layout() {
        let pretty = "{\n  \"encrypt\": \"AA/A\",\n  \"b\": [\n    1\n  ]\n}";
        let spaced = r#"{"encrypt": "AA/A", "b": [1]}"#;
        let compact = r#"{"encrypt":"AA/A","b":[1]}"#;
        for (sent, captured) in [(compact, pretty), (pretty, compact), (spaced, compact), (pretty, spaced)] {
            assert_eq!(cause(&good(sent), captured), Some(REFORMATTED), "{sent} {captured}");
        }
    }

    #[test]
    fn other_escapes() {
        for sent in [
            EVENT.replace('/', "\\/").replace("浙江", "\\u6d59\\u6c5f"),
            EVENT.replace("浙江", "\\u6d59\\u6c5f"),
            EVENT.replace('<', "\\u003c").replace('>', "\\u003e"),
        ] {
            assert_eq!(cause(&good(&sent), EVENT), Some(REESCAPED), "{sent}");
            assert_eq!(cause(&good(EVENT), &sent), Some(REESCAPED), "{sent}");
        }
    }

    #[test]
    fn white_space_around_the_secret() {
        for secret in ["the key\n", "the key\r\n", " the key", "the key "] {
            let made = sign(Scheme::Sha256, TIME, "abcd", secret, EVENT.as_bytes());
            assert_eq!(cause(&made, EVENT), Some(SECRET_WHITESPACE));
        }
    }

    #[test]
    fn secrets_swapped() {
        let made = sign(Scheme::Sha256, TIME, "abcd", TOKEN, EVENT.as_bytes());
        assert_eq!(cause(&made, EVENT), Some(SECRETS_SWAPPED));
    }

    #[test]
    fn an_event_signed_like_a_card() {
        let made = sign(Scheme::CardSha1, TIME, "abcd", TOKEN, EVENT.as_bytes());
        assert_eq!(cause(&made, EVENT), Some(CARD_SCHEME));
        let made = sign(Scheme::CardSha1, TIME, "abcd", "the key", EVENT.as_bytes());
        assert_eq!(cause(&made, EVENT), Some(SHA1));
    }

    #[test]
    fn the_aes_key_or_none_to_sign_with() {
        let key: Vec<u8> = hash::<Sha256>(&[b"the key"]);
        let raw = hash::<Sha256>(&[TIME.as_bytes(), b"abcd", &key, EVENT.as_bytes()]);
        assert_eq!(cause(&hex(&raw), EVENT), Some(HASHED_KEY));
        assert_eq!(cause(&of(&[TIME, "abcd", &hex(&key), EVENT]), EVENT), Some(HASHED_KEY));
        assert_eq!(cause(&of(&[TIME, "abcd", EVENT]), EVENT), Some(NO_SECRET));
    }

    #[test]
    fn hmacs() {
        let lines = format!("{TIME}\nabcd\n{EVENT}");
        for made in [mac("the key", &lines), mac(TOKEN, &lines), mac(&format!("{TIME}\nthe key"), "")] {
            assert_eq!(cause(&hex(&made), EVENT), Some(HMAC));
            assert_eq!(cause(&base64::encode(&made), EVENT), Some(HMAC));
        }
        assert_eq!(cause(&hex(&mac("the key", &format!("{TIME}abcd{EVENT}"))), EVENT), Some(HMAC));
    }

    #[test]
    fn the_plaintext_signed() {
        let sealed = encrypt(&Key::new("the key"), [5; 16], EVENT.as_bytes());
        let body = format!(r#"{{"encrypt":"{sealed}"}}"#);
        assert_eq!(cause(&good(EVENT), &body), Some(PLAINTEXT));
    }

    #[test]
    fn the_key_of_another_app() {
        let sealed = encrypt(&Key::new("of another app"), [5; 16], EVENT.as_bytes());
        let body = format!(r#"{{"encrypt":"{sealed}"}}"#);
        let made = sign(Scheme::Sha256, TIME, "abcd", "of another app", body.as_bytes());
        assert_eq!(cause(&made, &body), Some(OTHER_KEY));
        // With the right key it is something else.
        let sealed = encrypt(&Key::new("the key"), [5; 16], EVENT.as_bytes());
        assert_eq!(cause(&made, &format!(r#"{{"encrypt":"{sealed}"}}"#)), None);
    }

    #[test]
    fn parts_in_another_order_or_apart() {
        assert_eq!(cause(&of(&["abcd", TIME, "the key", EVENT]), EVENT), Some(SWAPPED));
        assert_eq!(cause(&of(&["the key", TIME, "abcd", EVENT]), EVENT), Some(REORDERED));
        assert_eq!(cause(&of(&[TIME, "abcd", EVENT, "the key"]), EVENT), Some(REORDERED));
        for sign in ["\n", ":", "|", "."] {
            let made = of(&[&[TIME, "abcd", "the key", EVENT].join(sign)]);
            assert_eq!(cause(&made, EVENT), Some(SEPARATORS));
        }
    }

    #[test]
    fn base64_and_no_hash() {
        let made = hash::<Sha256>(&[TIME.as_bytes(), b"abcd", b"the key", EVENT.as_bytes()]);
        assert_eq!(cause(&base64::encode(&made), EVENT), Some(BASE64));
        for signature in ["x", "sha256=12", &good(EVENT)[1..], &base64::encode(b"short")] {
            assert_eq!(cause(signature, EVENT), Some(NOT_AHASH));
        }
    }

    #[test]
    fn a_body_that_is_something_else_stays_unexplained() {
        for body in ["", "{}", "not json", "{\"a\":", "\u{feff}\r\n"] {
            assert_eq!(cause(&good(EVENT), body), None, "{body}");
        }
    }
}
