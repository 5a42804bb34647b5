//! The headers of a signature, wherever they stand in a text and however a program wrote them down:
//! `X-Lark-Signature: v`, `map[X-Lark-Signature:[v]]`, `('X-Lark-Signature', 'v')`, `HTTP_X_LARK_SIGNATURE => v`,
//! `{"name":"X-Lark-Signature","value":"v"}`.

use crate::steps::took;

use super::Headers;
use super::request::{NONCE, SIGNATURE, TIMESTAMP, lossy};

/// Headers that are worth finding: those of the signature come first, then those that support asks for.
const NAMES: [&str; 6] = [TIMESTAMP, NONCE, SIGNATURE, "X-Request-Id", "X-Tt-Logid", "X-Refresh-Token"];
/// How many of them belong to the signature.
const SIGNED: usize = 3;

/// How many bytes behind a name are looked at for its value.
const WINDOW: usize = 1024;

/// How many words and brackets may stand between a name and its value.
const STEPS: usize = 12;

/// Whether the name of a header of the signature stands in a text.
pub fn is_in(text: &[u8]) -> bool {
    names(text).any(|(name, _)| name < SIGNED)
}

/// The headers that a text shows, each once: where a name stands again, the last of its values counts, being the one
/// that is nearest to the body behind the text.
pub fn harvest(text: &[u8]) -> Headers<'_> {
    let mut values = [None; NAMES.len()];
    for (name, end) in names(text) {
        values[name] = value(&text[end..]).or(values[name]);
    }
    let mut headers = Headers::default();
    for (name, value) in NAMES.iter().zip(values) {
        if let Some(value) = value {
            headers.push(*name, lossy(value));
        }
    }
    headers
}

/// The names that stand in a text, by their number, and where each ends. They all begin with a letter that is rare.
fn names(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    took(text.len());
    memchr::memchr2_iter(b'x', b'X', text).filter_map(|at| {
        if !matches!(text.get(at + 1), Some(b'-' | b'_')) {
            return None;
        }
        let name = NAMES.iter().position(|name| is_name(&text[at..], name))?;
        let end = at + NAMES[name].len();
        (is_first(&text[..at]) && !text.get(end).is_some_and(is_of_name)).then_some((name, end))
    })
}

/// Whether `text` begins with a name, in any case and with underscores as well.
fn is_name(text: &[u8], name: &str) -> bool {
    let same = |(written, byte): (&u8, &u8)| match byte {
        b'-' => matches!(written, b'-' | b'_'),
        byte => written.eq_ignore_ascii_case(byte),
    };
    text.len() >= name.len() && text.iter().zip(name.as_bytes()).all(same)
}

fn is_of_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Whether a name may begin behind `before`: it is no part of a longer one but for what CGI and loggers put before it,
/// and for the letter of a line end that is escaped: `HTTP_`, `header_`, `\n`.
fn is_first(before: &[u8]) -> bool {
    let [.., last] = before else { return true };
    if !is_of_name(last) {
        return true;
    }
    let ends = |word: &str| {
        let at = before.len().checked_sub(word.len() + 1);
        at.is_some_and(|at| before[at..before.len() - 1].eq_ignore_ascii_case(word.as_bytes()))
    };
    match last {
        b'-' | b'_' => ["http", "header", "headers"].iter().any(|word| ends(word)),
        b'n' | b'r' | b't' => before[..before.len() - 1].ends_with(b"\\"),
        _ => false,
    }
}

/// The value behind a name, if one is there.
fn value(text: &[u8]) -> Option<&[u8]> {
    let mut rest = &text[..text.len().min(WINDOW)];
    took(rest.len());
    // What closes the name: quotes with their backslashes, the bracket of `[X-Lark-Signature] =>`.
    skip(&mut rest, b"\\\"'`]*");
    let blanks = skip(&mut rest, b" \t");
    let wide = blanks.len() > 1 || blanks.contains(&b'\t');
    // `value=`, in a tag.
    let link = link(&mut rest);
    let linked = !link.is_empty() || word(&mut rest);
    let own_line = if link == b":" { own_line(rest) } else { None };
    let (quoted, value) = match own_line {
        Some(value) => (false, value),
        None if linked => behind_link(rest)?,
        None => (false, bare(rest)),
    };
    let value = value.trim_ascii();
    // In a sentence, a name may be followed by any word.
    let in_table = wide || value.len() > 4 && value.iter().any(u8::is_ascii_digit);
    let shown = !value.is_empty()
        && value.iter().all(|byte| byte.is_ascii_graphic() || (quoted && *byte == b' '))
        // Where it comes from in a program, or goes to in a template.
        && !matches!(value[0], b'$' | b'{' | b'%')
        && !NAMES.iter().any(|name| is_name(value, name) || is_variable(value, name));
    (shown && (linked || in_table)).then_some(value)
}

/// Whether a value is no more than the name of the variable that holds it: `signature` of `X-Lark-Signature`.
fn is_variable(value: &[u8], name: &str) -> bool {
    name.rsplit('-').next().is_some_and(|word| value.eq_ignore_ascii_case(word.as_bytes()))
}

/// Steps over what stands between a name and its value: `:`, `=`, `=>`, `,`, `|`, and the colon of Chinese.
fn link<'t>(rest: &mut &'t [u8]) -> &'t [u8] {
    let whole = *rest;
    skip(rest, b":=>,|");
    *rest = rest.strip_prefix("：".as_bytes()).unwrap_or(rest);
    &whole[..whole.len() - rest.len()]
}

/// The value behind `:` or its like, and whether quotes stand around it: behind brackets of lists, the words for a value
/// (`"value":`) and for a type, and on the next line where the value is in quotes or an item of a list.
fn behind_link(mut rest: &[u8]) -> Option<(bool, &[u8])> {
    let mut must_be_quoted = false;
    for _ in 0..STEPS {
        skip(&mut rest, b" \t");
        // A template, to be filled in.
        if rest.starts_with(b"{{") {
            return None;
        }
        skip(&mut rest, b" \t[({");
        if line_end(&mut rest) {
            must_be_quoted = true;
        } else if word(&mut rest) {
            must_be_quoted = false;
        } else {
            break;
        }
    }
    // The letter of a literal of Python.
    if let [b'b' | b'u' | b'r', b'\\' | b'"' | b'\'', ..] = rest {
        rest = &rest[1..];
    }
    skip(&mut rest, b"\\");
    match rest {
        // In a table, quotes are doubled.
        [b'"', b'"', inside @ ..] if inside.first().is_some_and(u8::is_ascii_alphanumeric) => {
            memchr::memchr(b'"', inside).map(|end| (true, &inside[..end]))
        }
        [quote @ (b'"' | b'\'' | b'`'), inside @ ..] => {
            let end = memchr::memchr(*quote, inside)?;
            let value = &inside[..end];
            let escapes = value.iter().rev().take_while(|byte| **byte == b'\\').count();
            Some((true, &value[..end - escapes]))
        }
        _ if must_be_quoted => None,
        _ => Some((false, bare(rest))),
    }
}

/// Steps over a line end if the next line is indented.
fn line_end(rest: &mut &[u8]) -> bool {
    let line = rest.strip_prefix(b"\r").unwrap_or(rest);
    match line.strip_prefix(b"\n") {
        Some(next @ [b' ' | b'\t', ..]) => {
            *rest = next;
            true
        }
        _ => false,
    }
}

/// Steps over a word before a value: `"value":`, `array (`, `[]string{`, `string(64)`, `[0] =>`, and the `-` of YAML.
fn word(rest: &mut &[u8]) -> bool {
    let mut after = *rest;
    skip(&mut after, b"\\\"'");
    let letters = after.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (word, mut after) = after.split_at(letters);
    let is = |known: &str| word.eq_ignore_ascii_case(known.as_bytes());
    skip(&mut after, b"\\\"']");
    skip(&mut after, b" \t");
    let known = match () {
        () if is("value") || is("values") || is("0") => !link(&mut after).is_empty(),
        () if is("array") => true,
        () if is("string") => match after {
            [b'{', ..] => true,
            [b'(', length @ ..] => {
                let digits = length.iter().take_while(|byte| byte.is_ascii_digit()).count();
                after = &length[digits..];
                digits > 0 && skip(&mut after, b")").len() == 1
            }
            _ => false,
        },
        () if word.is_empty() => match rest {
            [b'-', b' ', item @ ..] => {
                after = item;
                true
            }
            // `[]string{`: its opening bracket has been stepped over.
            [b']', list @ ..] if list.starts_with(b"string{") => {
                after = list;
                true
            }
            _ => false,
        },
        () => false,
    };
    if known {
        *rest = after;
    }
    known
}

/// A value without quotes: up to what cannot belong to it, or closes what it stands in. What shows bytes that cannot be
/// printed writes `[\r][\n]` or a dot for the end of a line.
fn bare(text: &[u8]) -> &[u8] {
    let ends = |byte: &u8| !byte.is_ascii_graphic() || b"\"'`,;[]})\\|<&".contains(byte);
    let value = &text[..text.iter().position(ends).unwrap_or(text.len())];
    value.strip_suffix(b".").unwrap_or(value)
}

/// The value that stands on a line of its own below its name, as browsers copy headers: a word with a digit.
fn own_line(rest: &[u8]) -> Option<&[u8]> {
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n")?;
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    (line.iter().all(u8::is_ascii_alphanumeric) && line.iter().any(u8::is_ascii_digit)).then_some(line)
}

/// Steps over bytes of a set, and says which.
fn skip<'t>(rest: &mut &'t [u8], set: &[u8]) -> &'t [u8] {
    let length = rest.iter().take_while(|byte| set.contains(byte)).count();
    let (skipped, after) = rest.split_at(length);
    *rest = after;
    skipped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Spellings of three headers, with `T`, `N` and `S` for their values.
    const SPELLINGS: [&str; 40] = [
        "X-Lark-Request-Timestamp: T\r\nX-Lark-Request-Nonce: N\r\nX-Lark-Signature: S\r\n",
        "x-lark-request-timestamp:T\nx-lark-request-nonce:N\nx-lark-signature:S",
        "header:map[Content-Type:[a/b] X-Lark-Request-Nonce:[N] X-Lark-Request-Timestamp:[T] X-Lark-Signature:[S]],body:",
        "header:{X-Lark-Request-Nonce=[N], X-Lark-Request-Timestamp=[T], X-Lark-Signature=[S]},body:",
        "{X-Lark-Request-Nonce=N, X-Lark-Request-Timestamp=T, X-Lark-Signature=S}",
        "{'X-Lark-Request-Nonce': 'N', 'x-lark-request-timestamp': 'T', 'X-Lark-Signature': 'S'}",
        r#"{"X-Lark-Request-Nonce":"N","X-Lark-Request-Timestamp":"T","X-Lark-Signature":["S"]}"#,
        r#"{\"x-lark-request-nonce\":\"N\",\"x-lark-request-timestamp\": \"T\",\"x-lark-signature\":[\"S\"]}"#,
        r#"{\\\"x-lark-request-nonce\\\":\\\"N\\\",\\\"x-lark-request-timestamp\\\":\\\"T\\\",\\\"x-lark-signature\\\":\\\"S\\\"}"#,
        r#"{("X-Lark-Request-Nonce", "N"), ("X-Lark-Request-Timestamp", "T"), ("X-Lark-Signature", "S")}"#,
        "[(b'x-lark-request-nonce', b'N'), (b'x-lark-request-timestamp', b'T'), (b'x-lark-signature', b'S')]",
        "[ [ 'X-Lark-Request-Nonce', 'N' ], [ 'X-Lark-Request-Timestamp', 'T' ], [ 'X-Lark-Signature', 'S' ] ]",
        "HTTP_X_LARK_REQUEST_NONCE => N\nHTTP_X_LARK_REQUEST_TIMESTAMP => T\nHTTP_X_LARK_SIGNATURE => S\n",
        r#""HTTP_X_LARK_REQUEST_NONCE"=>"N", "HTTP_X_LARK_REQUEST_TIMESTAMP"=>"T", "HTTP_X_LARK_SIGNATURE"=>"S""#,
        r#"http_x_lark_request_nonce="N" http_x_lark_request_timestamp="T" http_x_lark_signature="S""#,
        "header_x_lark_request_nonce=N headers.x-lark-request-timestamp=T request.headers.x_lark_signature=S",
        "curl -H 'X-Lark-Request-Nonce: N' -H \"X-Lark-Request-Timestamp: T\" --header X-Lark-Signature:S -d",
        r#"[{"name":"X-Lark-Request-Nonce","value":"N"},{"key": "X-Lark-Request-Timestamp", "value": "T"},{"name":"X-Lark-Signature","values":["S"]}]"#,
        "{\n  \"name\": \"X-Lark-Request-Nonce\",\n  \"value\": \"N\"\n},\n{\r\n\t\"name\": \"X-Lark-Request-Timestamp\",\r\n\t\"value\": \"T\"\n},\n{\"name\": \"X-Lark-Signature\",\n \"value\": \"S\"}",
        "x-lark-request-nonce   N\nx-lark-request-timestamp  T\nx-lark-signature\tS\n",
        "| X-Lark-Request-Nonce | N |\n| `X-Lark-Request-Timestamp` | `T` |\n|X-Lark-Signature|S|\n",
        "    [X-Lark-Request-Nonce] => N\n    [X-Lark-Request-Timestamp] => T\n    [X-Lark-Signature] => S\n",
        "[X-Lark-Request-Nonce] => Array\n (\n  [0] => N\n )\n [X-Lark-Request-Timestamp] => Array\n (\n  [0] => T\n )\n [X-Lark-Signature] => Array ( [0] => S )",
        "'X-Lark-Request-Nonce' => \n  array (\n    0 => 'N',\n  ),\n  'X-Lark-Request-Timestamp' => \n  array (\n    0 => 'T',\n  ),\n  'X-Lark-Signature' => array(0 => 'S')",
        "[\"HTTP_X_LARK_REQUEST_NONCE\"]=>\n  string(5) \"N\"\n  [\"HTTP_X_LARK_REQUEST_TIMESTAMP\"]=>\n  string(10) \"T\"\n  [\"HTTP_X_LARK_SIGNATURE\"]=>\n  string(64) \"S\"\n",
        r#"http.Header{"X-Lark-Request-Nonce":[]string{"N"}, "X-Lark-Request-Timestamp":[]string{"T"}, "X-Lark-Signature":[]string{"S"}}"#,
        "X-Lark-Request-Nonce:\n  - N\nX-Lark-Request-Timestamp:\n  - T\nX-Lark-Signature:\n  - \"S\"\n",
        r"POST / HTTP/1.1\r\nX-Lark-Request-Nonce: N\r\nX-Lark-Request-Timestamp: T\r\nX-Lark-Signature: S\r\n\r\n",
        "headers=[x-lark-request-timestamp:\"T\", x-lark-request-nonce:\"N\", x-lark-signature:\"S\"]",
        "[X-Lark-Request-Nonce, N], [X-Lark-Request-Timestamp, T], [X-Lark-Signature, S]",
        "'x-lark-request-nonce' => { name: 'X-Lark-Request-Nonce', value: 'N' }, 'x-lark-request-timestamp' => { name: 'X-Lark-Request-Timestamp', value: 'T' }, 'X-Lark-Signature' => 'S'",
        "**X-Lark-Request-Nonce**: N\n- X-Lark-Request-Timestamp: `T`\n* `X-Lark-Signature`: `S`\n",
        "X-Lark-Request-Nonce：N\nX-Lark-Request-Timestamp： T\nX-Lark-Signature ： S\n",
        "<h n=\"X-Lark-Request-Nonce\">N</h><h n=\"X-Lark-Request-Timestamp\">T</h><h n='X-Lark-Signature' value='S'/>",
        "X-LARK-REQUEST-NONCE=N&X-Lark_Request_Timestamp=T&x-Lark-sigNATURE=S&",
        "> X-Lark-Request-Nonce: N\n> X-Lark-Request-Timestamp: T\n> X-Lark-Signature: S\n> \n",
        "x-lark-request-nonce:\nN\nx-lark-request-timestamp:\r\nT\r\nx-lark-signature:\nS\n\n",
        r#"1,"{""x-lark-request-nonce"":""N"",""x-lark-request-timestamp"": ""T"",""x-lark-signature"":""S""}","{""a"":1}""#,
        "X-Lark-Request-Nonce: N[\\r][\\n]\"\n >> \"X-Lark-Request-Timestamp: T[\\r][\\n]\"\n >> \"X-Lark-Signature: S[\\r][\\n]\"\n",
        "X-Lark-Request-Nonce: N.\nX-Lark-Request-Timestamp: T.\nX-Lark-Signature: S.\n.\n",
    ];

    fn written(spelling: &str, [timestamp, nonce, signature]: [&str; 3]) -> String {
        // Marks that no name has, so that a value is not replaced within another.
        let mut text = String::new();
        for (at, c) in spelling.char_indices() {
            let alone = |at: Option<u8>| {
                !at.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            };
            let before = at.checked_sub(1).map(|at| spelling.as_bytes()[at]);
            let alone = alone(before) && alone(spelling.as_bytes().get(at + 1).copied());
            match c {
                'T' if alone => text.push_str(timestamp),
                'N' if alone => text.push_str(nonce),
                'S' if alone => text.push_str(signature),
                c => text.push(c),
            }
        }
        text
    }

    fn found(text: &str) -> [Option<String>; 3] {
        let headers = harvest(text.as_bytes());
        [TIMESTAMP, NONCE, SIGNATURE].map(|name| headers.get(name).map(str::to_owned))
    }

    #[test]
    fn every_spelling_is_read() {
        let values = ["1718155022", "n0nce", "88d24ae1"];
        for spelling in SPELLINGS {
            let text = written(spelling, values);
            assert_eq!(found(&text), values.map(|value| Some(value.to_owned())), "{text}");
            assert!(is_in(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn the_last_of_a_name_counts() {
        let text = "X-Lark-Signature: old\nX-Request-Id: 1\nX-Lark-Signature: new1\nx-lark-signature: []\n";
        let headers = harvest(text.as_bytes());
        assert_eq!(headers.iter().collect::<Vec<_>>(), [(SIGNATURE, "new1"), ("X-Request-Id", "1")]);
    }

    #[test]
    fn a_name_without_a_value_gives_none() {
        for text in [
            "X-Lark-Signatures: of old",
            "X-Lark-Signature: []",
            "X-Lark-Signature",
            "X-Lark-Signature:",
            "X-Lark-Signature: ''",
            "X-Lark-Signature: \"cut in its str",
            "X-Lark-Signature:\nX-Other: 1",
            "X-Lark-Signature:\nnone",
            r#""X-Lark-Signature"":"""",1"#,
            "  X-Lark-Signature:\n  Host: example.com",
            "the X-Lark-Signature of the request",
            "X-Larkspur-Signature: 1",
            "not-x-lark-signature: 1",
            "headers[\"X-Lark-Signature\"] = signature",
            "-H 'X-Lark-Signature: $SIGN'",
            "X-Lark-Signature: {{sign}}",
            "X-Lark-Signature,X-Lark-Request-Nonce",
        ] {
            assert_eq!(found(text)[2], None, "{text}");
        }
        assert!(!is_in(b"X-Request-Id: 1, X-Lark-Signatures, x_lark"));
    }

    #[test]
    fn names_that_never_have_a_value_take_linear_time() {
        for piece in [
            "x",
            "X-Lark-Signature",
            "X-Lark-Signature:",
            "X-Lark-Signature: [",
            "x-lark-signature\":\\",
            " ",
        ] {
            let text = piece.repeat(200_000 / piece.len());
            let looked_at = crate::steps::of(|| drop(harvest(text.as_bytes())));
            assert!(looked_at <= 100 * text.len() as u64, "{piece}: {looked_at}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn values_come_back_as_they_were(
            spelling in prop::sample::select(&SPELLINGS[..]),
            timestamp in "[0-9]{5,12}",
            nonce in "[a-zA-Z0-9]{3,20}[0-9][a-z]",
            signature in "[0-9a-f]{63}[0-9]",
            before in "[^xX]{0,20}[ \n(]",
        ) {
            let text = format!("{before}{}", written(spelling, [&timestamp, &nonce, &signature]));
            prop_assert_eq!(found(&text), [timestamp, nonce, signature].map(Some), "{}", text);
        }

        #[test]
        fn any_text_is_answered(
            text: Vec<u8>,
            pieces in prop::collection::vec(
                prop::sample::select(vec!["X-Lark-Signature", "x_lark_request_nonce", "\"", "'", "\\", ":", "=>", "[", "0", "value", "string(", "\n", " ", "b", "é"]),
                0..40,
            ),
        ) {
            let _ = harvest(&text);
            let _ = harvest(pieces.concat().as_bytes());
        }
    }
}
