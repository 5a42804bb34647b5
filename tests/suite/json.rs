//! The JSON cursor against hand-written cases, against serde_json, and against whatever bytes there are.
//!
//! The oracle for the grammar is `serde_json::from_slice::<IgnoredAny>`: it too is iterative and looks neither at
//! UTF-8, nor at surrogates, nor at the range of numbers, so that `"\ud83d"`, `1E400` and `-0` are fine with both.
//! Three differences are known, and are the only ones:
//!
//! - it has no limit of depth; ours is `MAX_DEPTH`;
//! - it calls a number that is cut short (`-`, `1.`, `1e+`) a syntax error, where we say that the text has ended;
//! - it calls an unknown hex digit in the last four bytes (`"\uG`) an early end, where we point at the digit.

mod cases;
mod generate;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use cases::Verdict;
use generate::Corners;
use larkspect::json::{
    Cursor, Fault, MAX_DEPTH, Path, Segment, SyntaxError, Token, TokenKind, has_lone_surrogate, unescape,
    write_escaped,
};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;

/// One document and nothing else, as a strict reader would have it.
fn verdict(text: &[u8]) -> Verdict {
    let mut cursor = Cursor::new(text, 0);
    match cursor.value(0) {
        Err(SyntaxError { at, fault }) => Verdict::Broken(fault, at),
        Ok(_) if cursor.space().is_some() => Verdict::Trailing(cursor.at),
        Ok(_) => Verdict::Accepted,
    }
}

fn serde_accepts(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// Whether serde_json thinks that `text` can be continued to a document.
fn serde_hopes(text: &[u8]) -> bool {
    let hopes = |text: &[u8]| match serde_json::from_slice::<IgnoredAny>(text) {
        Ok(_) => true,
        Err(error) => error.is_eof(),
    };
    // A digit more, because of numbers that are cut short.
    hopes(text) || hopes(&[text, b"0"].concat())
}

/// Both say the same to `text`; and where it is refused, the offset is the first byte with which it was lost.
#[track_caller]
fn check(text: &[u8]) {
    let shown = String::from_utf8_lossy(text);
    let verdict = verdict(text);
    let accepted = verdict == Verdict::Accepted;
    match verdict {
        // Checked by the caller where it matters: serde_json knows no such limit.
        Verdict::Broken(Fault::Depth, _) => {}
        _ => assert_eq!(accepted, serde_accepts(text), "{verdict:?}, unlike serde_json: {shown:?}"),
    }
    match verdict {
        Verdict::Accepted => {}
        Verdict::Broken(Fault::End, at) => {
            assert_eq!(at, text.len(), "an end elsewhere: {shown:?}");
            assert!(serde_hopes(text), "hopeless: {shown:?}");
        }
        Verdict::Broken(fault, at) => {
            assert!(at < text.len(), "{fault:?} at {at} is beyond {shown:?}");
            assert!(serde_hopes(&text[..at]), "{fault:?} at {at} is too late: {shown:?}");
            match fault {
                Fault::Depth => assert!(b"[{".contains(&text[at])),
                Fault::Unicode => assert!(!text[at].is_ascii_hexdigit()),
                _ => assert!(!serde_hopes(&text[..=at]), "{fault:?} at {at} is too early: {shown:?}"),
            }
        }
        Verdict::Trailing(at) => {
            assert!(serde_accepts(&text[..at]), "trailing at {at} is wrong: {shown:?}");
            assert!(!serde_hopes(&text[..=at]), "trailing at {at} is too early: {shown:?}");
        }
    }
}

/// Every prefix of a valid text is valid too, or only lacks something.
#[track_caller]
fn check_prefixes(text: &[u8]) {
    for end in 0..text.len() {
        match verdict(&text[..end]) {
            Verdict::Accepted => {}
            other => assert_eq!(other, Verdict::Broken(Fault::End, end), "{:?}", text[..end].escape_ascii()),
        }
    }
}

/// A value that `walk` came by.
struct Seen<'w> {
    path: Path<'w>,
    token: Token,
    /// How many brackets are open around it.
    depth: usize,
    /// Whether a member after this one, or after one it stands in, has the same key.
    shadowed: bool,
}

/// Visits every value below the cursor in order, one token at a time.
fn walk<'t>(cursor: &mut Cursor<'t>, here: Seen<'_>, visit: &mut impl FnMut(&Seen<'_>)) {
    let Seen { path, depth, shadowed, .. } = here;
    visit(&here);
    let mut descend = |cursor: &mut Cursor<'t>, segment: Segment<'_>, shadowed: bool| {
        cursor.space();
        let token = Cursor::new(cursor.text(), cursor.at).value(depth + 1).unwrap();
        let path = path.child(segment);
        walk(cursor, Seen { path, token, depth: depth + 1, shadowed }, visit);
    };
    match here.token.kind {
        TokenKind::Array => {
            cursor.expect(b'[', Fault::Value).unwrap();
            let mut index = 0;
            while cursor.space() != Some(b']') {
                if index > 0 {
                    cursor.expect(b',', Fault::CommaOrBracket).unwrap();
                }
                descend(cursor, Segment::Index(index), shadowed);
                index += 1;
            }
            cursor.expect(b']', Fault::CommaOrBracket).unwrap();
        }
        TokenKind::Object => {
            let last = last_of_each_key(cursor.clone());
            cursor.expect(b'{', Fault::Value).unwrap();
            let mut first = true;
            while cursor.space() != Some(b'}') {
                if !first {
                    cursor.expect(b',', Fault::CommaOrBrace).unwrap();
                }
                first = false;
                let key = cursor.key().unwrap();
                cursor.expect(b':', Fault::Colon).unwrap();
                let raw = &cursor.text()[key.start + 1..key.end - 1];
                let known = unescape(raw);
                let shadowed = shadowed || last[&*known] != key.start;
                // Both ways to name a key must give the same pointer: take turns.
                let segment =
                    if key.start.is_multiple_of(2) { Segment::Raw(raw) } else { Segment::Key(&known) };
                descend(cursor, segment, shadowed);
            }
            cursor.expect(b'}', Fault::CommaOrBrace).unwrap();
        }
        _ => {
            let token = cursor.token().unwrap();
            assert_eq!(token, here.token);
        }
    }
    assert_eq!(cursor.at, here.token.end);
}

/// Where the last member of each name in the object under the cursor has its key.
fn last_of_each_key(mut cursor: Cursor<'_>) -> HashMap<String, usize> {
    let mut last = HashMap::new();
    cursor.expect(b'{', Fault::Value).unwrap();
    while cursor.space() != Some(b'}') {
        if !last.is_empty() {
            cursor.expect(b',', Fault::CommaOrBrace).unwrap();
        }
        let key = cursor.key().unwrap();
        last.insert(unescape(&cursor.text()[key.start + 1..key.end - 1]).into_owned(), key.start);
        cursor.expect(b':', Fault::Colon).unwrap();
        cursor.value(0).unwrap();
    }
    last
}

fn walk_all(text: &[u8], visit: &mut impl FnMut(&Seen<'_>)) {
    let mut cursor = Cursor::new(text, 0);
    let token = cursor.clone().value(0).unwrap();
    cursor.space();
    walk(&mut cursor, Seen { path: Path::ROOT, token, depth: 0, shadowed: false }, visit);
    assert_eq!(cursor.space(), None);
}

/// Whether the kind of a token is what its bytes say.
#[track_caller]
fn check_kind(kind: TokenKind, raw: &[u8]) {
    let expected = match raw[0] {
        b'{' => TokenKind::Object,
        b'[' => TokenKind::Array,
        b'"' => TokenKind::String { escaped: raw.contains(&b'\\') },
        b't' => TokenKind::Bool(true),
        b'f' => TokenKind::Bool(false),
        b'n' => TokenKind::Null,
        _ => TokenKind::Number { integer: !raw.iter().any(|byte| b".eE".contains(byte)) },
    };
    assert_eq!(kind, expected, "{:?}", raw.escape_ascii());
}

#[test]
fn every_case_gets_its_verdict() {
    let wrong: Vec<_> = cases::all()
        .filter(|&(_, text, expected)| verdict(text) != expected)
        .map(|(name, text, expected)| format!("{name}: {:?}, not {expected:?}", verdict(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn serde_json_agrees_with_every_case() {
    for (name, text, expected) in cases::all() {
        assert_eq!(serde_accepts(text), expected == Verdict::Accepted, "{name}");
        check(text);
        if expected == Verdict::Accepted {
            check_prefixes(text);
        }
    }
}

#[test]
fn every_case_has_a_name_and_a_text_of_its_own() {
    let (mut names, mut texts) = (HashSet::new(), HashSet::new());
    for (name, text, _) in cases::all() {
        assert!(names.insert(name), "{name} stands twice");
        assert!(texts.insert(text), "{name} is another case again");
    }
    assert!(names.len() >= 150);
}

/// Every text of up to `most` of these pieces.
fn all_texts(pieces: &[&[u8]], most: usize, check: &mut impl FnMut(&[u8])) {
    fn extend(text: &mut Vec<u8>, pieces: &[&[u8]], most: usize, check: &mut impl FnMut(&[u8])) {
        check(text);
        if most == 0 {
            return;
        }
        let length = text.len();
        for piece in pieces {
            text.extend_from_slice(piece);
            extend(text, pieces, most - 1, check);
            text.truncate(length);
        }
    }
    extend(&mut Vec::new(), pieces, most, check);
}

#[test]
fn all_short_sequences_of_tokens() {
    all_texts(&[b"{", b"}", b"[", b"]", b",", b":", b"\"\"", b"0"], 5, &mut |text| check(text));
}

#[test]
fn all_sequences_of_tokens_within_an_array_of_objects() {
    let mut text = Vec::new();
    all_texts(&[b"}", b"]", b",", b"\"\":0", b"\"\":{", b"[", b" "], 4, &mut |middle| {
        text.clear();
        text.extend_from_slice(b"[{\"\":0");
        text.extend_from_slice(middle);
        check(&text);
        text.extend_from_slice(b"}]");
        check(&text);
    });
}

#[test]
fn all_short_numbers() {
    all_texts(&[b"-", b"+", b".", b"e", b"E", b"0", b"1", b"x"], 5, &mut |text| check(text));
}

#[test]
fn every_byte_in_every_place() {
    // Before, within and after each kind of token, and at each place in an escape.
    const PLACES: &[(&[u8], &[u8])] = &[
        (b"", b""),
        (b"", b"1"),
        (b"1", b""),
        (b"[", b"]"),
        (b"[1", b"2]"),
        (b"[1,", b"]"),
        (b"[\"\"", b"]"),
        (b"{", b"\"a\":1}"),
        (b"{\"a\"", b":1}"),
        (b"{\"a\":", b"1}"),
        (b"{\"a\":1", b"}"),
        (b"{\"a\":1,", b"\"b\":1}"),
        (b"n", b"ull"),
        (b"nul", b""),
        (b"-", b""),
        (b"-", b"1"),
        (b"1.", b""),
        (b"1e", b"1"),
        (b"\"", b"\""),
        (b"\"0123456789abcde", b"0123456789abcdef\""),
        (b"\"\\", b"\""),
        (b"\"\\", b"0000\""),
        (b"\"\\u", b"000\""),
        (b"\"\\u0", b"00\""),
        (b"\"\\u00", b"0\""),
        (b"\"\\u000", b"\""),
        (b"{\"\\u000", b"\":1}"),
    ];
    for (before, after) in PLACES {
        for byte in 0..=255 {
            check(&[before, &[byte][..], after].concat());
        }
    }
}

#[test]
fn every_code_unit_and_the_borders_of_pairs() {
    let check = |units: &[u16]| {
        let body: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let lone = has_lone_surrogate(body.as_bytes()).is_some();
        assert_eq!(lone, String::from_utf16(units).is_err(), "{body}");
        assert_eq!(unescape(body.as_bytes()), String::from_utf16_lossy(units), "{body}");
    };
    for unit in 0..=u16::MAX {
        check(&[unit]);
    }
    for high in 0xd7ff..=0xdc00 {
        for low in [0xdbff, 0xdc00, 0xdc01, 0xdffe, 0xdfff, 0xe000] {
            check(&[high, low]);
        }
    }
    for low in 0xdbff..=0xe000 {
        check(&[0xd83d, low]);
        check(&[low, 0xd83d, low]);
    }
}

#[test]
fn glued_documents_are_read_one_by_one() {
    let text = b" {}[]\"a\"1 2truefalse\nnull-0[1]\"\"";
    let mut cursor = Cursor::new(text, 0);
    let mut found = Vec::new();
    while cursor.space().is_some() {
        let token = cursor.value(0).unwrap();
        assert_eq!(token.end, cursor.at);
        found.push(std::str::from_utf8(&text[token.start..token.end]).unwrap());
    }
    assert_eq!(found, ["{}", "[]", "\"a\"", "1", "2", "true", "false", "null", "-0", "[1]", "\"\""]);
}

#[test]
fn nesting_stops_at_the_limit() {
    assert_eq!(MAX_DEPTH, 128);
    let nest = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
    assert_eq!(verdict(&nest(128)), Verdict::Accepted);
    assert_eq!(verdict(&nest(129)), Verdict::Broken(Fault::Depth, 128));
    let objects = |depth: usize| [b" {\"k\" : ".repeat(depth), b"{}".to_vec(), b"}".repeat(depth)].concat();
    assert_eq!(verdict(&objects(127)), Verdict::Accepted);
    assert_eq!(verdict(&objects(128)), Verdict::Broken(Fault::Depth, 8 * 128));
    // As many as one likes beside each other.
    assert_eq!(verdict(&[b"[".to_vec(), b"[[]],".repeat(1000), b"0]".to_vec()].concat()), Verdict::Accepted);
    // Brackets closed on the way give their room back.
    let twice = [b"[".to_vec(), nest(127), b",".to_vec(), nest(127), b"]".to_vec()].concat();
    assert_eq!(verdict(&twice), Verdict::Accepted);
}

#[test]
fn brackets_around_a_value_count() {
    let value =
        |text: &'static str, depth| Cursor::new(text.as_bytes(), 0).value(depth).map(|token| token.end);
    let too_deep = |at| Err(SyntaxError { at, fault: Fault::Depth });
    assert_eq!(value("[[]]", 126), Ok(4));
    assert_eq!(value("[[]]", 127), too_deep(1));
    assert_eq!(value(" [[]]", 128), too_deep(1));
    assert_eq!(value("{}", 127), Ok(2));
    assert_eq!(value("{\"a\": {}}", 127), too_deep(6));
    assert_eq!(value("{}", usize::MAX), too_deep(0));
    // A scalar opens nothing, and a fault before the bracket comes first.
    for depth in [128, 129, usize::MAX] {
        assert_eq!(value("0", depth), Ok(1));
        assert_eq!(value("]", depth), Err(SyntaxError { at: 0, fault: Fault::Value }));
        assert_eq!(value("", depth), Err(SyntaxError { at: 0, fault: Fault::End }));
    }
}

#[test]
fn huge_hostile_texts_are_answered() {
    const MILLION: usize = 1_000_000;
    // A start, a piece, how often it follows, the verdict.
    let cases: &[(&[u8], &[u8], usize, Verdict)] = &[
        (b"", b"[", MILLION, Verdict::Broken(Fault::Depth, 128)),
        (b"", b"{\"\":", MILLION, Verdict::Broken(Fault::Depth, 4 * 128)),
        (b"", b"]", MILLION, Verdict::Broken(Fault::Value, 0)),
        (b"[0", b",0", MILLION, Verdict::Broken(Fault::End, 2 + 2 * MILLION)),
        (b"[[]", b",[]", MILLION, Verdict::Broken(Fault::End, 3 + 3 * MILLION)),
        (b"", b"\"", 10 * MILLION, Verdict::Trailing(2)),
        (b"[", b"\"", 10 * MILLION, Verdict::Broken(Fault::CommaOrBracket, 3)),
        (b"\"", b"\\", 10 * MILLION, Verdict::Broken(Fault::End, 10 * MILLION + 1)),
        (b"\"", b"\\\"", 5 * MILLION, Verdict::Broken(Fault::End, 10 * MILLION + 1)),
        (b"\"", b"\\u005c", MILLION, Verdict::Broken(Fault::End, 6 * MILLION + 1)),
        (b"\"", b"a", 10 * MILLION, Verdict::Broken(Fault::End, 10 * MILLION + 1)),
        (b"", b" ", 10 * MILLION, Verdict::Broken(Fault::End, 10 * MILLION)),
        (b"", b"1", 10 * MILLION, Verdict::Accepted),
        (b"1.", b"0", 10 * MILLION, Verdict::Accepted),
        (b"1e", b"0", 10 * MILLION, Verdict::Accepted),
        (b"-", b"0", 10 * MILLION, Verdict::Broken(Fault::Number, 2)),
        (b"", b"\0", 10 * MILLION, Verdict::Broken(Fault::Value, 0)),
        (b"\"", b"\xff", 10 * MILLION, Verdict::Broken(Fault::End, 10 * MILLION + 1)),
    ];
    for &(start, piece, times, expected) in cases {
        let text = [start, &piece.repeat(times)].concat();
        assert_eq!(verdict(&text), expected, "{} and so on", text[..20].escape_ascii());
    }
}

proptest! {
    // No files of regressions: a failure worth keeping becomes a case or a test with a name.
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn made_documents_are_accepted(document in generate::document(Corners::All)) {
        let text = document.text();
        prop_assert_eq!(verdict(&text), Verdict::Accepted);
        check(&text);
        check_prefixes(&text);
    }

    #[test]
    fn mutated_documents_are_judged_alike(text in generate::mutated_document()) {
        check(&text);
    }

    #[test]
    fn broken_documents_are_judged_alike(text in generate::broken_document()) {
        check(&text);
    }

    #[test]
    fn likely_bytes_are_judged_alike(text in generate::bytes()) {
        check(&text);
    }

    #[test]
    fn arbitrary_bytes_are_judged_alike(text: Vec<u8>) {
        check(&text);
    }

    #[test]
    fn spans_are_the_ones_the_document_was_made_with(document in generate::document(Corners::All)) {
        let text = document.text();
        let mut found = Vec::<Range<usize>>::new();
        let mut deepest = 0;
        walk_all(&text, &mut |seen| {
            let Token { kind, start, end } = seen.token;
            check_kind(kind, &text[start..end]);
            let container = matches!(kind, TokenKind::Object | TokenKind::Array);
            deepest = deepest.max(seen.depth + usize::from(container));
            found.push(start..end);
        });
        prop_assert_eq!(found, document.spans());
        prop_assert_eq!(deepest, document.depth);
    }

    #[test]
    fn values_and_pointers_are_those_of_serde_json(document in generate::document(Corners::Tame)) {
        let text = document.text();
        let whole: Value = serde_json::from_slice(&text).unwrap();
        walk_all(&text, &mut |seen| {
            // Of two members with one key, serde_json keeps the last.
            if seen.shadowed {
                return;
            }
            let raw = &text[seen.token.start..seen.token.end];
            let pointer = seen.path.pointer();
            let theirs = whole.pointer(&pointer);
            assert_eq!(serde_json::from_slice::<Value>(raw).ok().as_ref(), theirs, "at {pointer}");
            if let TokenKind::String { escaped } = seen.token.kind {
                let body = &raw[1..raw.len() - 1];
                let ours = unescape(body);
                assert_eq!(Some(&*ours), theirs.unwrap().as_str());
                assert_eq!(matches!(ours, std::borrow::Cow::Owned(_)), escaped);
            }
        });
    }

    #[test]
    fn depth_around_a_value_leaves_the_rest(document in generate::document(Corners::All), around in 121..131usize) {
        let text = document.text();
        let fits = document.depth == 0 || document.depth + around <= MAX_DEPTH;
        match Cursor::new(&text, 0).value(around) {
            Ok(_) => prop_assert!(fits),
            Err(SyntaxError { at, fault }) => {
                prop_assert!(!fits);
                prop_assert_eq!(fault, Fault::Depth);
                prop_assert!(matches!(text[at], b'[' | b'{'), "no bracket at {}", at);
            }
        }
    }

    #[test]
    fn brackets_close_as_they_were_opened((kinds, mut text) in generate::nested(MAX_DEPTH), wrong: prop::sample::Index) {
        prop_assert_eq!(verdict(&text), Verdict::Accepted);
        // The closing brackets are the last bytes, the outermost one last of all.
        let wrong = wrong.index(kinds.len());
        let at = text.len() - 1 - wrong;
        text[at] ^= b']' ^ b'}';
        let fault = match (wrong + 1 == kinds.len(), kinds[wrong]) {
            // The innermost is empty, so a key or an item could stand there.
            (true, true) => Fault::Key,
            (true, false) => Fault::Value,
            (false, true) => Fault::CommaOrBrace,
            (false, false) => Fault::CommaOrBracket,
        };
        prop_assert_eq!(verdict(&text), Verdict::Broken(fault, at));
    }

    #[test]
    fn where_a_text_begins_does_not_matter(before: Vec<u8>, text in generate::mutated_document()) {
        let shift = before.len();
        let longer = [&before[..], &text].concat();
        let token = |token: Token| Token { start: token.start + shift, end: token.end + shift, ..token };
        let error = |error: SyntaxError| SyntaxError { at: error.at + shift, ..error };
        let alone = Cursor::new(&text, 0).value(0);
        prop_assert_eq!(Cursor::new(&longer, shift).value(0), alone.map(token).map_err(error));
    }

    #[test]
    fn no_step_panics_anywhere(text in prop_oneof![generate::bytes(), any::<Vec<u8>>()], beyond in 0..3usize) {
        for at in 0..=text.len() + beyond {
            let start = Cursor::new(&text, at);
            let here = || start.clone();
            let steps =
                [here().value(0), here().value(MAX_DEPTH), here().token(), here().key(), here().string()];
            for step in steps {
                match step {
                    Ok(token) => prop_assert!(at <= token.start && token.start < token.end && token.end <= text.len()),
                    Err(SyntaxError { at: wrong, fault }) => {
                        prop_assert!(wrong <= text.len(), "{} is beyond the text", wrong);
                        prop_assert_eq!(fault == Fault::End, wrong == text.len());
                    }
                }
            }
            let mut cursor = here();
            let next = cursor.space();
            prop_assert_eq!(next, text.get(cursor.at).copied());
            prop_assert!(!next.is_some_and(|byte| b" \t\r\n".contains(&byte)));
            // `token` is `value` without going in.
            let (mut short, mut long) = (here(), here());
            match (short.token(), long.value(0)) {
                (Ok(token), value) if matches!(token.kind, TokenKind::Object | TokenKind::Array) => {
                    prop_assert_eq!((token.start, token.end), (short.at, short.at + 1));
                    prop_assert!(value.is_ok_and(|value| value.start == token.start) || value.is_err());
                }
                (token, value) => {
                    prop_assert_eq!(token, value);
                    prop_assert_eq!(short.at, long.at);
                }
            }
        }
    }

    #[test]
    fn unescaping_is_that_of_serde_json(body in generate::body(Corners::Tame)) {
        let quoted = [b"\"", &body[..], b"\""].concat();
        let oracle: String = serde_json::from_slice(&quoted).unwrap();
        prop_assert_eq!(&*unescape(&body), oracle);
        prop_assert_eq!(has_lone_surrogate(&body), None);
    }

    #[test]
    fn lone_surrogates_are_found_and_replaced(body in generate::body(Corners::Surrogates)) {
        // Mend one after the other, until serde_json has nothing against the string.
        let mut mended = body.clone();
        let parse = |body: &[u8]| serde_json::from_slice::<String>(&[b"\"", body, b"\""].concat());
        let mut last = 0;
        while let Some(at) = has_lone_surrogate(&mended) {
            prop_assert!(parse(&mended[..at]).is_ok(), "there is one before {}", at);
            prop_assert!(parse(&mended).is_err(), "there is none");
            prop_assert!(at >= last);
            last = at;
            mended.splice(at..at + 6, *br"\ufffd");
        }
        prop_assert_eq!(&*unescape(&body), parse(&mended).unwrap());
    }

    #[test]
    fn bytes_that_are_not_utf8_become_replacement_characters(body in generate::body(Corners::All)) {
        let lossy = String::from_utf8_lossy(&body);
        prop_assert_eq!(unescape(&body), unescape(lossy.as_bytes()));
    }

    #[test]
    fn written_strings_are_read_back(text: String) {
        let mut written = Vec::new();
        write_escaped(&text, &mut written);
        let token = Cursor::new(&written, 0).string().unwrap();
        prop_assert_eq!((token.start, token.end), (0, written.len()));
        prop_assert_eq!(&*unescape(&written[1..written.len() - 1]), text);
    }

    #[test]
    fn text_of_broken_strings_is_something(body in prop_oneof![generate::bytes(), any::<Vec<u8>>()]) {
        // Neither is meant for such bodies, but a report should not die of one.
        unescape(&body);
        if let Some(at) = has_lone_surrogate(&body) {
            prop_assert_eq!(body[at], b'\\');
        }
    }
}
