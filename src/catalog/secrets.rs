//! The names of credentials: the one list by which values are masked where people read and left out of exports.
//!
//! Not every token is one. `file_token`, `folder_token`, `obj_token`, `node_token`, `wiki_token`, `app_token` and their
//! like are the ids of documents, `page_token` is a cursor: whoever has them can do nothing with them, and an export
//! without them is useless. So `token` is listed as it stands alone, and longer names one by one. `is_secret`,
//! `token_type`, `tenant_key` and `private_key_id` say something about a credential or only sound like one.

/// Names that are those of credentials where nothing stands before them, as [`listed`] folds them.
const NAMES: &[&str] = &[
    "token",
    "xtoken",
    "idtoken",
    "secret",
    "bearer",
    "jwt",
    "pwd",
    "signature",
    "xsignature",
    "connectsid",
];

/// Names that are also credentials with something before them: `tenant_access_token`, `HTTP_X_LARK_SIGNATURE`. By their
/// last letters: nearly every word that ends like one is another.
const ENDINGS: &[(&[u8; 3], &[&str])] = &[
    // Tokens.
    (
        b"ken",
        &[
            "accesstoken",
            "refreshtoken",
            "verificationtoken",
            "verifytoken",
            "hooktoken",
            "bottoken",
            "previewtoken",
            "authtoken",
            "bearertoken",
            "sessiontoken",
            "securitytoken",
            "csrftoken",
            "xsrftoken",
            "apitoken",
        ],
    ),
    // An app gets its ticket in an event of its own, `app_ticket`.
    (b"ket", &["appticket", "jsapiticket"]),
    // Secrets and keys.
    (
        b"ret",
        &[
            "appsecret",
            "keysecret",
            "clientsecret",
            "apisecret",
            "corpsecret",
            "signingsecret",
            "sharedsecret",
            "webhooksecret",
        ],
    ),
    (
        b"key",
        &[
            "encryptkey",
            "encryptionkey",
            "apikey",
            "aeskey",
            "secretkey",
            "privatekey",
            "signingkey",
            "accesskey",
        ],
    ),
    (b"ial", &["credential"]),
    // Passwords.
    (b"ord", &["password"]),
    (b"swd", &["passwd"]),
    (b"ase", &["passphrase"]),
    // Headers, with `Proxy-`, `Set-`, `HTTP_` and whatever a server puts before them.
    (b"ion", &["authorization"]),
    (b"kie", &["cookie"]),
    (b"ure", &["larksignature", "hubsignature"]),
    (b"nid", &["sessionid"]),
    (b"sid", &["sessid"]),
];

/// Letters of a name that are looked at, counted from its end: more than the longest in the lists has.
const MOST: usize = 24;

/// Whether values under this key are credentials. Neither case nor spelling counts: `app_secret`, `appSecret`,
/// `App-Secret` and `APP SECRET` are one name, in the plural too, and so is the end of a path: `header.token`.
#[inline]
pub fn is_secret_key(key: &[u8]) -> bool {
    may_end_secret_key(key) && is_listed(key)
}

/// Whether the key of a credential may end where this text does: whatever stands before the key, its last letters are
/// those of a name, or have something between them. Most words of a text are told by them, before anybody asks where
/// they begin.
#[inline]
pub fn may_end_secret_key(text: &[u8]) -> bool {
    let Some([letters @ .., last]) = text.last_chunk::<3>() else { return true };
    // As letters are made small; what is none may become another that is none.
    let small = [letters[0] | 0x20, letters[1] | 0x20, last | 0x20];
    let is_plain = || letters.iter().all(u8::is_ascii_alphanumeric);
    match small[2] {
        // Most end otherwise: numbers, ids, half of the names.
        b'n' | b't' | b'y' | b'd' | b'e' | b'r' | b'l' => {
            is_tail(&small) || (!is_plain() && ends_like_one(text))
        }
        b's' => ends_like_one(text),
        _ => !last.is_ascii_alphanumeric() && ends_like_one(text),
    }
}

/// The same, whatever stands between the letters.
#[inline(never)]
fn ends_like_one(text: &[u8]) -> bool {
    let mut letters = [0; 3];
    let mut left = letters.len();
    let mut plural = false;
    for byte in text.iter().rev() {
        let letter = byte.to_ascii_lowercase();
        match letter {
            // What follows may be a name by itself.
            b'.' | b'/' => return true,
            b's' if left == letters.len() && !plural => plural = true,
            b'a'..=b'z' | b'0'..=b'9' => {
                left -= 1;
                letters[left] = letter;
                if left == 0 {
                    return is_tail(&letters);
                }
            }
            _ => {}
        }
    }
    true
}

fn is_listed(key: &[u8]) -> bool {
    let end = key.rsplit(|byte| matches!(byte, b'.' | b'/')).next().unwrap_or(key);
    listed(key) || (end.len() < key.len() && listed(end))
}

fn listed(key: &[u8]) -> bool {
    let mut letters = [0; MOST];
    let mut from = MOST;
    let mut whole = true;
    let mut folded =
        key.iter().rev().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).peekable();
    // The plural is the same name.
    folded.next_if_eq(&b's');
    for byte in folded {
        if from == 0 {
            whole = false;
            break;
        }
        from -= 1;
        letters[from] = byte;
        // Nearly every key is another, and is not looked at any further.
        if from == MOST - 3 && !letters.last_chunk().is_some_and(is_tail) {
            return false;
        }
    }
    let name = &letters[from..];
    let ends = |known: &&str| name.ends_with(known.as_bytes());
    (whole && NAMES.iter().any(|known| known.as_bytes() == name))
        || ENDINGS.iter().any(|(tail, names)| letters.last_chunk() == Some(*tail) && names.iter().any(ends))
}

/// Whether a name of the lists ends in these three letters.
fn is_tail(letters: &[u8; 3]) -> bool {
    matches!(
        letters,
        b"ken"
            | b"ret"
            | b"key"
            | b"ket"
            | b"ord"
            | b"swd"
            | b"pwd"
            | b"ase"
            | b"ion"
            | b"kie"
            | b"ure"
            | b"nid"
            | b"sid"
            | b"rer"
            | b"jwt"
            | b"ial"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{ENVELOPE, ENVELOPE_V1, EVENTS, Field, HEADER, Kind};

    #[test]
    fn a_credential_is_known_in_any_case_and_spelling() {
        for key in [
            "token",
            "Token",
            "TOKENS",
            "verification_token",
            "verificationToken",
            "tenant_access_token",
            "UserAccessToken",
            "app-access-token",
            "refresh_token",
            "X-Refresh-Token",
            "preview_token",
            "app_ticket",
            "appTicket",
            "app_secret",
            "AppSecret",
            "APP-SECRET",
            "app secret",
            "client_secret",
            "secret",
            "encrypt_key",
            "encryptKey",
            "Encrypt Key",
            "ENCRYPT_KEY",
            "api_key",
            "apikey",
            "X-Api-Key",
            "password",
            "passwd",
            "pwd",
            "credentials",
            "accessKeySecret",
            "x-token",
            "verify_token",
            "Token ",
            "token\u{200b}",
            "db_password",
            "Authorization",
            "Proxy-Authorization",
            "HTTP_AUTHORIZATION",
            "cookie",
            "Set-Cookie",
            "cookies",
            "X-Lark-Signature",
            "x_lark_signature",
            "HTTP_X_LARK_SIGNATURE",
            "signature",
            "PHPSESSID",
            "private_key",
            "Bearer",
            "header.token",
            "app.secret",
            "LARKSPECT_ENCRYPT_KEY",
            "_token_",
        ] {
            assert!(is_secret_key(key.as_bytes()), "{key}");
        }
    }

    #[test]
    fn ids_and_what_is_said_of_credentials_are_none() {
        for key in [
            "",
            "s",
            "file_token",
            "fileToken",
            "obj_token",
            "doc_token",
            "folder_token",
            "node_token",
            "wiki_token",
            "app_token",
            "page_token",
            "grid_token",
            "token_type",
            "token_types",
            "is_secret",
            "tenant_key",
            "app_id",
            "union_id",
            "private_key_id",
            "X-Lark-Request-Nonce",
            "encrypt",
            "event_id",
            "ticket_id",
            "image_key",
            "signature_file_id",
            "total_tokens",
            "passed",
            "cookie_policy",
        ] {
            assert!(!is_secret_key(key.as_bytes()), "{key}");
        }
    }

    #[test]
    fn the_catalogue_and_the_list_agree() {
        fn agree(fields: &[Field]) {
            for field in fields {
                assert_eq!(field.secret, is_secret_key(field.key.as_bytes()), "{}", field.key);
                match field.kind {
                    Kind::Object(inner) => agree(inner),
                    Kind::List(Kind::Object(inner)) => agree(inner),
                    _ => {}
                }
            }
        }
        [HEADER, ENVELOPE, ENVELOPE_V1].into_iter().for_each(agree);
        EVENTS.iter().for_each(|event| agree(event.fields));
    }

    #[test]
    fn every_name_of_the_lists_is_found() {
        for name in NAMES.iter().chain(ENDINGS.iter().flat_map(|(_, names)| *names)) {
            assert!(name.len() < MOST && is_secret_key(name.as_bytes()), "{name}");
            assert!(is_secret_key(format!("{name}s").as_bytes()), "{name}");
        }
        for name in ENDINGS.iter().flat_map(|(_, names)| *names) {
            assert!(is_secret_key(format!("a very long name before the {name}").as_bytes()), "{name}");
        }
    }
}
