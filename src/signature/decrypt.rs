//! The `encrypt` string of an encrypted body: AES-256-CBC under the SHA-256 of the app's Encrypt Key, the IV in
//! front, PKCS#7 behind, in base64 (docs/platform.md, Encryption).

use std::fmt;

use aes::{Aes256Dec, Aes256Enc};
use cbc::cipher::{
    Array, BlockCipherDecrypt, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit, KeyIvInit,
};
use sha2::{Digest, Sha256};

use crate::container::base64;
use crate::container::masked::is_masked;
use crate::json::{Cursor, Fault, SyntaxError};
use crate::lang::{Label, Lang, label, say};

/// Why an `encrypt` string could not be decrypted.
///
/// What a wrong key leaves behind (bad padding, bytes that are not UTF-8, noise) is one kind with one sentence: to
/// tell it apart helps nobody who has the key, and is what a padding oracle is made of should this text ever be sent
/// back to whoever made the ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecryptError {
    /// There is no key to try.
    NoKey,
    /// No base64, but what somebody put in its place who did not want to show it: `***`, `<redacted>`, `AAAA...`.
    Masked,
    /// Not standard base64 from byte `at` of the string on; at its end, the end is missing.
    Base64 {
        /// The byte of the string.
        at: usize,
    },
    /// Fewer bytes than an IV and one block.
    TooShort {
        /// How many.
        len: usize,
    },
    /// Not a whole number of blocks.
    NotBlocks {
        /// How many bytes.
        len: usize,
    },
    /// It does not decrypt with any of the keys.
    WrongKey,
    /// The key fits, but the text inside is not one JSON value, from byte `at` of that text on.
    NotJson {
        /// The byte of the decrypted text.
        at: usize,
    },
}

impl DecryptError {
    /// What to do about it, in one sentence.
    pub fn help(self) -> Label {
        match self {
            DecryptError::NoKey => label(
                "提供应用的 Encrypt Key：开发者后台 > 事件与回调 > 加密策略",
                "give the app's Encrypt Key: developer console, Events & callbacks, Encryption strategy",
            ),
            DecryptError::Masked => label(
                "在遮盖之前抓取请求体；没有密钥，谁也读不了加密的内容",
                "capture the body before it is masked; without the key, nobody can read what it encrypts",
            ),
            DecryptError::Base64 { .. } => label(
                "按收到时的原样重新复制整个 `encrypt` 字符串",
                "copy the whole `encrypt` string again, exactly as it was received",
            ),
            DecryptError::TooShort { .. } | DecryptError::NotBlocks { .. } => label(
                "`encrypt` 字符串缺少一部分：请抓取完整的请求体",
                "part of the `encrypt` string is missing: capture the whole body",
            ),
            DecryptError::WrongKey => label(
                "使用接收这个请求的应用的 Encrypt Key，而不是它的 Verification Token 或 App Secret；如果重置过，\
                 使用当时的那一个。如果密钥没有错，那就是请求体被改动或截断了",
                "use the Encrypt Key of the app that received this, not its Verification Token or App Secret; \
                 if it was reset, the one of that time. With the right one, the body was changed or cut",
            ),
            DecryptError::NotJson { .. } => {
                label("平台不会发送这样的请求体", "this is not a body that the platform sends")
            }
        }
    }

    /// What is the matter with the string, as the end of a sentence about it.
    pub fn words(self, lang: Lang) -> String {
        match self {
            DecryptError::NoKey => say!(lang, "已加密，但没有密钥", "is encrypted, and there is no key"),
            DecryptError::Masked => say!(
                lang,
                "被遮盖、隐去或缩略了：里面没有密文",
                "was masked, redacted or abridged: the text is not there"
            ),
            DecryptError::Base64 { at } => say!(
                lang,
                "从第 {at} 个字节起不是标准的 base64",
                "is not standard base64 from its byte {at} on"
            ),
            DecryptError::TooShort { len: BLOCK } => {
                say!(lang, "里面只有 IV，没有别的", "holds an IV and nothing else")
            }
            DecryptError::TooShort { len } => {
                let least = 2 * BLOCK;
                say!(
                    lang,
                    "有 {len} 字节，不够一个 IV 和一个分组（{least} 字节）",
                    "holds {len} bytes, too few for an IV and one block ({least})"
                )
            }
            DecryptError::NotBlocks { len } => say!(
                lang,
                "有 {len} 字节，不是 {BLOCK} 字节分组的整数倍",
                "holds {len} bytes, not whole blocks of {BLOCK}"
            ),
            DecryptError::WrongKey => say!(lang, "用这个密钥无法解密", "does not decrypt with this key"),
            DecryptError::NotJson { .. } => say!(
                lang,
                "用这个密钥可以解密，但解出来的不是 JSON",
                "decrypts with this key, but not to JSON"
            ),
        }
    }
}

impl fmt::Display for DecryptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl std::error::Error for DecryptError {}

/// Bytes of an AES block, and of the IV.
const BLOCK: usize = 16;

/// An app's Encrypt Key, ready for use. Its text and what is made of it are never shown by `Debug`.
#[derive(Clone)]
pub struct Key {
    text: String,
    hash: [u8; 32],
    // The key schedule, kept: making it costs as much as a dozen blocks, and a common event has fifty.
    aes: Aes256Dec,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    /// The key that belongs to this Encrypt Key, taken as it is: `AES key = SHA-256(text)`.
    pub fn new(encrypt_key: &str) -> Key {
        let hash: [u8; 32] = Sha256::digest(encrypt_key).into();
        Key { text: encrypt_key.to_owned(), hash, aes: Aes256Dec::new(&hash.into()) }
    }

    /// The Encrypt Key itself, which signatures are made with.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The AES key: people who mistake it for the Encrypt Key sign with it.
    pub(crate) fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// Decrypts `sealed` (IV and blocks, of a length that has been checked) in place. An error other than
    /// [`DecryptError::NotJson`] empties it, but for a wrong padding, which is told beforehand: then it is as it was.
    /// `reads` is asked about the text as in [`super::Keyring::decrypt_to`].
    pub(crate) fn open(
        &self,
        sealed: &mut Vec<u8>,
        reads: &mut impl FnMut(&str) -> bool,
    ) -> Result<(), DecryptError> {
        let length = self.unpadded(sealed).ok_or(DecryptError::WrongKey)?;
        let (iv, blocks) = sealed.split_at_mut(BLOCK);
        let iv = Array::try_from(&*iv).expect("sixteen bytes");
        let (blocks, _) = Array::slice_as_chunks_mut(blocks);
        cbc::Decryptor::<&Aes256Dec>::inner_iv_init(&self.aes, &iv).decrypt_blocks(blocks);
        sealed.copy_within(BLOCK..BLOCK + length, 0);
        sealed.truncate(length);
        let verdict = judge(sealed, reads);
        if verdict == Err(DecryptError::WrongKey) {
            sealed.clear();
        }
        verdict
    }

    /// How long the text without its PKCS#7 padding is, if the last block has one under this key. One block alone
    /// is decrypted for it, so trying a wrong key costs next to nothing.
    fn unpadded(&self, sealed: &[u8]) -> Option<usize> {
        let (_, [before, last]) = sealed.as_rchunks::<BLOCK>().1.split_last_chunk::<2>()?;
        let mut block = Array::from(*last);
        self.aes.decrypt_block(&mut block);
        let tail: [u8; BLOCK] = std::array::from_fn(|i| block[i] ^ before[i]);
        let pad = usize::from(tail[BLOCK - 1]);
        let whole =
            (1..=BLOCK).contains(&pad) && tail[BLOCK - pad..].iter().all(|&byte| usize::from(byte) == pad);
        whole.then(|| sealed.len() - BLOCK - pad)
    }
}

/// Whether what came out is what a platform puts in. One wrong key in 256 passes the padding, so this is asked before
/// anybody says "decrypted".
fn judge(plain: &[u8], reads: &mut impl FnMut(&str) -> bool) -> Result<(), DecryptError> {
    let text = simdutf8::basic::from_utf8(plain).map_err(|_| DecryptError::WrongKey)?;
    if reads(text) {
        return Ok(());
    }
    let mut cursor = Cursor::new(plain, 0);
    let at = match cursor.value(0) {
        Ok(_) if cursor.space().is_none() => return Ok(()),
        // Too deep for us is JSON still, and whoever reads the document has a finding for it.
        Err(SyntaxError { fault: Fault::Depth, .. }) => return Ok(()),
        Ok(_) => cursor.at,
        Err(error) => error.at,
    };
    // Bytes that come out of a wrong key are not text: one in eight is a control character.
    let readable = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    Err(if text.chars().all(readable) { DecryptError::NotJson { at } } else { DecryptError::WrongKey })
}

/// Takes what the text of an `encrypt` string stands for apart: base64, IV, whole blocks.
pub(crate) fn unseal(base64: &[u8], out: &mut Vec<u8>) -> Result<(), DecryptError> {
    base64::decode(base64, out).map_err(|at| match str::from_utf8(base64).is_ok_and(is_masked) {
        true => DecryptError::Masked,
        false => DecryptError::Base64 { at },
    })?;
    let len = out.len();
    if len < 2 * BLOCK {
        return Err(DecryptError::TooShort { len });
    }
    if !len.is_multiple_of(BLOCK) {
        return Err(DecryptError::NotBlocks { len });
    }
    Ok(())
}

/// Whether `base64` has the shape of an encrypted body: what has not, no key opens.
pub fn is_sealed(base64: &[u8]) -> Result<(), DecryptError> {
    unseal(base64, &mut Vec::new())
}

/// The `encrypt` string that holds `plain`, under an IV that the caller has drawn. The inverse of [`super::Keyring::decrypt`].
pub fn encrypt(key: &Key, iv: [u8; 16], plain: &[u8]) -> String {
    let pad = BLOCK - plain.len() % BLOCK;
    let mut sealed = Vec::with_capacity(BLOCK + plain.len() + pad);
    sealed.extend_from_slice(&iv);
    sealed.extend_from_slice(plain);
    sealed.resize(sealed.len() + pad, pad as u8);
    let (blocks, _) = Array::slice_as_chunks_mut(&mut sealed[BLOCK..]);
    cbc::Encryptor::<Aes256Enc>::new(&key.hash.into(), &iv.into()).encrypt_blocks(blocks);
    base64::encode(&sealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::Keyring;
    use proptest::prelude::*;

    /// Decrypts as a ring of this key alone does.
    fn decrypt(key: &Key, base64: &[u8], out: &mut Vec<u8>) -> Result<(), DecryptError> {
        let mut ring = Keyring::default();
        ring.add(key.clone());
        ring.decrypt(base64, out).map(drop)
    }

    fn open(key: &str, base64: &str) -> Result<String, DecryptError> {
        let mut out = b"left over".to_vec();
        let result = decrypt(&Key::new(key), base64.as_bytes(), &mut out);
        if result.is_err() && !matches!(result, Err(DecryptError::NotJson { .. })) {
            assert!(out.is_empty());
        }
        result.map(|()| String::from_utf8(out).unwrap())
    }

    /// `bytes` as they are under `key`, whatever their padding.
    fn seal_raw(key: &str, bytes: &[u8]) -> String {
        let mut sealed = [b"0123456789abcdef", bytes].concat();
        let (blocks, _) = Array::slice_as_chunks_mut(&mut sealed[BLOCK..]);
        cbc::Encryptor::<Aes256Enc>::new(&Key::new(key).hash.into(), b"0123456789abcdef".into())
            .encrypt_blocks(blocks);
        base64::encode(&sealed)
    }

    #[test]
    fn the_documented_vector_opens_to_text_that_is_not_json() {
        let mut out = Vec::new();
        let sealed = b"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=";
        let result = decrypt(&Key::new("test key"), sealed, &mut out);
        assert_eq!((result, &out[..]), (Err(DecryptError::NotJson { at: 0 }), &b"hello world"[..]));
        // The same bytes come out the other way.
        let mut iv = Vec::new();
        base64::decode(sealed, &mut iv).unwrap();
        let again = encrypt(&Key::new("test key"), iv[..16].try_into().unwrap(), b"hello world");
        assert_eq!(again.as_bytes(), sealed);
    }

    /// The documentation's, and those of the tests of the official SDKs.
    #[test]
    fn published_vectors_open() {
        let vectors = include_str!("vectors.tsv").lines().filter(|line| !line.starts_with('#'));
        let plain: Vec<_> = vectors
            .map(|line| {
                let [name, key, pad, sealed] = *line.split('\t').collect::<Vec<_>>() else {
                    panic!("{line}")
                };
                let mut out = Vec::new();
                let result = decrypt(&Key::new(key), sealed.as_bytes(), &mut out);
                assert_eq!(result.is_ok(), name != "documentation", "{name}");
                assert_eq!(BLOCK - out.len() % BLOCK, pad.parse::<usize>().unwrap(), "{name}");
                // The same bytes come out the other way.
                let mut bytes = Vec::new();
                base64::decode(sealed.as_bytes(), &mut bytes).unwrap();
                assert_eq!(encrypt(&Key::new(key), bytes[..16].try_into().unwrap(), &out), sealed, "{name}");
                String::from_utf8(out).unwrap()
            })
            .collect();
        let [docs, go, java, node] = &plain[..] else { panic!("{plain:?}") };
        assert_eq!(docs, "hello world");
        assert!(go.contains("contact.user.created_v3") && go.contains("张三"), "{go}");
        assert!(go.ends_with(r#""challenge":"1212","type":"url_verification"}"#), "{go}");
        assert!(java.ends_with(r#""challenge":"1212","type":"url_verification1"}"#), "{java}");
        let challenge = r#"{"challenge":"5634b122-c042-4634-bc7f-b07a3c3e77ad","token":"iRdCP2WwXNBXRM3mGLqhrgch3cn0gbT6","type":"url_verification"}"#;
        assert_eq!(node, challenge);
    }

    #[test]
    fn each_way_to_fail_has_its_kind() {
        use DecryptError::*;
        let bytes = |n: usize| base64::encode(&vec![b'x'; n]);
        for (sealed, error) in [
            (String::new(), TooShort { len: 0 }),
            (bytes(16), TooShort { len: 16 }),
            (bytes(31), TooShort { len: 31 }),
            (bytes(33), NotBlocks { len: 33 }),
            ("aGVs*G8=".into(), Base64 { at: 4 }),
            ("*****".into(), Masked),
            ("P37w+VZI...".into(), Masked),
            ("<redacted>".into(), Masked),
            (encrypt(&Key::new("another"), [0; 16], b"{}"), WrongKey),
            // Padding of nothing, too much of it, and not all alike; then noise, and text that is not UTF-8.
            (seal_raw("key", b"{}             \0"), WrongKey),
            (seal_raw("key", b"{}             \x11"), WrongKey),
            (seal_raw("key", b"{}            \x03\x03"), WrongKey),
            (seal_raw("key", b"{}\x01\x02           \x01"), WrongKey),
            (seal_raw("key", b"\"\xff\"            \x01"), WrongKey),
            (seal_raw("key", &[16; 16]), NotJson { at: 0 }),
            (encrypt(&Key::new("key"), [0; 16], b"{} {}"), NotJson { at: 3 }),
            (encrypt(&Key::new("key"), [0; 16], b"{\"a\":"), NotJson { at: 5 }),
        ] {
            assert_eq!(open("key", &sealed), Err(error), "{sealed}");
            assert!(!error.to_string().is_empty() && !error.help().en.is_empty());
        }
        assert_eq!(TooShort { len: 16 }.to_string(), "holds an IV and nothing else");
    }

    #[test]
    fn a_document_too_deep_for_us_is_still_decrypted() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        assert_eq!(open("key", &encrypt(&Key::new("key"), [1; 16], deep.as_bytes())), Ok(deep));
    }

    #[test]
    fn keys_are_taken_as_they_are_and_never_shown() {
        let key = Key::new("secret");
        let sealed = encrypt(&key, [1; 16], b"{}");
        assert_eq!(open("secret\n", &sealed), Err(DecryptError::WrongKey));
        assert_eq!(format!("{key:?}"), "Key(..)");
    }

    #[test]
    fn every_length_comes_back_with_every_padding() {
        let key = Key::new("key");
        let mut out = Vec::new();
        for length in (2..600).chain([4095, 4096, 4097, 65_521, 65_535, 65_536]) {
            let plain = format!("\"{}\"", "x".repeat(length - 2));
            let sealed = encrypt(&key, [length as u8; 16], plain.as_bytes());
            assert_eq!(decrypt(&key, sealed.as_bytes(), &mut out), Ok(()));
            assert_eq!(out, plain.as_bytes());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn what_was_encrypted_comes_back(text: String, iv: [u8; 16], key: String) {
            let plain = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(open(&key, &encrypt(&Key::new(&key), iv, plain.as_bytes())), Ok(plain));
        }

        #[test]
        fn any_text_is_answered(sealed: String, bytes: Vec<u8>) {
            let _ = open("key", &sealed);
            let _ = open("key", &base64::encode(&bytes));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

        /// Not "is refused": CBC has no authentication, and a bit of the IV turned over is the same bit of the text
        /// turned over. What holds is that a changed ciphertext never passes for the same event.
        #[test]
        fn a_changed_ciphertext_never_opens_to_the_same_text(at in 0usize..112, bit in 0u8..8) {
            let plain = r#"{"schema":"2.0","header":{"event_id":"1"},"event":{"employee_id":"2b68933a","type":0}}"#;
            let mut bytes = Vec::new();
            base64::decode(encrypt(&Key::new("key"), [9; 16], plain.as_bytes()).as_bytes(), &mut bytes).unwrap();
            prop_assert_eq!(bytes.len(), 112);
            bytes[at] ^= 1 << bit;
            if let Ok(text) = open("key", &base64::encode(&bytes)) {
                prop_assert_ne!(text, plain);
                prop_assert!(at < BLOCK, "a block of noise was taken for JSON");
            }
        }

        #[test]
        fn a_changed_character_never_opens_to_the_same_text(at in 0usize..152, byte: u8) {
            let plain = r#"{"schema":"2.0","header":{"event_id":"1"},"event":{"employee_id":"2b68933a","type":0}}"#;
            let mut sealed = encrypt(&Key::new("key"), [9; 16], plain.as_bytes()).into_bytes();
            prop_assert_eq!(sealed.len(), 152);
            prop_assume!(sealed[at] != byte && !b"\r\n".contains(&byte));
            sealed[at] = byte;
            let mut out = Vec::new();
            if decrypt(&Key::new("key"), &sealed, &mut out).is_ok() {
                prop_assert_ne!(out, plain.as_bytes());
            }
        }
    }
}
