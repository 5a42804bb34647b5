//! Values of which nothing is documented, and of which nothing is to be said: most are such, and are stepped over here.
//! Whatever may be wrong with the others, and where, is for the walk to find, from the beginning of the value on.

use crate::json::{Cursor, MAX_DEPTH, TokenKind, characters_end, plain_end};
use crate::steps::took;

/// What is nested deeper than so many brackets is nobody's event: it would be read twice for nothing.
const DEEP: usize = 16;

/// Where more keys are open, the walk hashes their names.
const MOST_KEYS: usize = 64;

/// Where the object or array ends whose bracket stands at `at`, `depth` brackets being open around it. `None` where
/// something may have to be said of it: it is not JSON, is nested too deeply, has a key twice, or half of a surrogate
/// pair.
pub(crate) fn end_of(text: &[u8], at: usize, depth: usize) -> Option<usize> {
    let deepest = MAX_DEPTH.min(depth + DEEP);
    container(text, at, depth, &mut Keys { numbers: [0; MOST_KEYS], count: 0, deepest })
}

// Each frame is an open bracket, and those are limited to MAX_DEPTH.
fn container(text: &[u8], at: usize, depth: usize, keys: &mut Keys) -> Option<usize> {
    if depth >= keys.deepest {
        return None;
    }
    match text.get(at)? {
        b'{' => object(text, at + 1, depth + 1, keys),
        b'[' => array(text, at + 1, depth + 1, keys),
        _ => None,
    }
}

#[inline(always)]
fn object(text: &[u8], at: usize, depth: usize, keys: &mut Keys) -> Option<usize> {
    let (mut at, mut byte) = space(text, at)?;
    if byte == b'}' {
        return Some(at + 1);
    }
    let mut own = Own { base: keys.count, bits: 0 };
    loop {
        if byte != b'"' {
            return None;
        }
        let end = plain_end(text, at + 1);
        // A key with escapes may be another one in disguise.
        if text.get(end) != Some(&b'"') || !keys.add(number_of(text, at + 1, end), &mut own) {
            return None;
        }
        (at, byte) = space(text, end + 1)?;
        if byte != b':' {
            return None;
        }
        (at, byte) = space(text, value(text, at + 1, depth, keys)?)?;
        match byte {
            b',' => (at, byte) = space(text, at + 1)?,
            b'}' => break,
            _ => return None,
        }
    }
    keys.count = own.base;
    Some(at + 1)
}

#[inline(always)]
fn array(text: &[u8], at: usize, depth: usize, keys: &mut Keys) -> Option<usize> {
    let (mut at, mut byte) = space(text, at)?;
    if byte == b']' {
        return Some(at + 1);
    }
    loop {
        (at, byte) = space(text, value(text, at, depth, keys)?)?;
        match byte {
            b',' => at += 1,
            b']' => return Some(at + 1),
            _ => return None,
        }
    }
}

/// Where the value ends that follows.
#[inline(always)]
fn value(text: &[u8], at: usize, depth: usize, keys: &mut Keys) -> Option<usize> {
    let (at, byte) = space(text, at)?;
    match byte {
        b'"' => {
            let end = plain_end(text, at + 1);
            match text.get(end)? {
                b'"' => Some(end + 1),
                b'\\' => characters_end(text, end),
                _ => None,
            }
        }
        b'{' | b'[' => container(text, at, depth, keys),
        b'1'..=b'9' => integer(text, at),
        b't' | b'n' => word(text, at, at + 4),
        b'f' => word(text, at, at + 5),
        _ => scalar(text, at),
    }
}

/// Where a number ends of which most have digits alone.
#[inline(always)]
fn integer(text: &[u8], at: usize) -> Option<usize> {
    let end = at + text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    took(end - at);
    match text.get(end) {
        Some(b'.' | b'e' | b'E') => scalar(text, at),
        _ => Some(end),
    }
}

/// Where `true`, `false` or `null` ends.
#[inline(always)]
fn word(text: &[u8], at: usize, end: usize) -> Option<usize> {
    matches!(text.get(at..end)?, b"true" | b"false" | b"null").then_some(end)
}

#[inline(never)]
fn scalar(text: &[u8], at: usize) -> Option<usize> {
    let token = Cursor::new(text, at).token().ok()?;
    (!matches!(token.kind, TokenKind::Object | TokenKind::Array)).then_some(token.end)
}

/// The byte after white space, and where it stands.
#[inline(always)]
pub(super) fn space(text: &[u8], at: usize) -> Option<(usize, u8)> {
    let mut cursor = Cursor::new(text, at);
    let byte = cursor.space()?;
    Some((cursor.at, byte))
}

/// The keys of the open objects, each as a number that is the same for the same key.
struct Keys {
    numbers: [u64; MOST_KEYS],
    count: usize,
    /// So many brackets may be open.
    deepest: usize,
}

/// Those of one object.
struct Own {
    /// Where they begin.
    base: usize,
    /// A bit for some of the keys: most keys are new by theirs.
    bits: u64,
}

impl Keys {
    /// Adds a key; `false` if it may be there already, or there is no room.
    #[inline(always)]
    fn add(&mut self, number: u64, own: &mut Own) -> bool {
        let bit = 1 << (number >> 58);
        let known = || self.numbers.get(own.base..self.count).is_none_or(|own| own.contains(&number));
        if own.bits & bit != 0 && known() {
            return false;
        }
        own.bits |= bit;
        let Some(free) = self.numbers.get_mut(self.count) else { return false };
        *free = number;
        self.count += 1;
        true
    }
}

/// A number out of the first and the last eight bytes of a key. Keys that have one in common are told apart by the walk.
#[inline(always)]
fn number_of(text: &[u8], start: usize, end: usize) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let eight = |at| text.get(at..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    let number = match (end - start, eight(start)) {
        (length @ 0..8, Some(first)) => first & ((1 << (8 * length)) - 1),
        (0..8, None) => text[start..end].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
        (_, first) => first.unwrap_or(0) ^ eight(end - 8).unwrap_or(0).rotate_left(29),
    };
    number.wrapping_mul(ODD)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::walk::Walk;
    use crate::finding::Findings;
    use crate::json::Path;
    use crate::time::Zone;

    /// Where the value ends at the beginning of `text`, if it is JSON and the walk has nothing to say of it.
    fn walked(text: &[u8], depth: usize) -> Option<usize> {
        let mut findings = Findings::default();
        let mut walk = Walk {
            cursor: Cursor::new(text, 0),
            text,
            sink: &mut findings,
            slots: &mut [],
            filled: &mut 0,
            keys: &mut Vec::new(),
            zone: Zone::Utc,
            extra: false,
        };
        let token = walk.cursor.token().ok()?;
        walk.something_in(token, &Path::ROOT, depth).ok()?;
        let end = walk.cursor.at;
        findings.0.is_empty().then_some(end)
    }

    #[test]
    fn a_plain_value_is_stepped_over() {
        let many = format!("{{{}\"x\":0}}", (0..60).map(|n| format!("\"key_{n}\":[],")).collect::<String>());
        for text in [
            "{}",
            "[ ]",
            r#"{"a":[{"b":1,"a":null},{"b":"","a":-1.5e3}],"b":{"a":true}}"#,
            "{ \"a\" : [ 1 , \"\\ud83d\\ude00\\n\" ] ,\n\"longer_than_eight\": {\"\":\"浙江省\"} }",
            r#"{"a":0,"aa":0,"aaaaaaaa":0,"aaaaaaaab":0,"a_name_of_a_field_1":0,"a_name_of_a_field_2":0}"#,
            &many,
        ] {
            for behind in ["", "}", "\n{\"schema\":\"2.0\"}"] {
                let text = format!("{text}{behind}");
                assert_eq!(end_of(text.as_bytes(), 0, 0), Some(text.len() - behind.len()), "{text}");
            }
        }
    }

    #[test]
    fn whatever_needs_a_word_is_left_to_the_walk() {
        for text in [
            "",
            "{",
            "[1,]",
            r#"{"a":1,}"#,
            r#"{"a":1,"b":2,"a":3}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"a":{"b":["\ud83d"]}}"#,
            r#"{"a" 1}"#,
            r#"[1 2]"#,
            "[01]",
            "[\"a\tb\"]",
            "[\"a",
            r#""a""#,
        ] {
            assert_eq!(end_of(text.as_bytes(), 0, 0), None, "{text}");
        }
        let deep = |brackets| "[".repeat(brackets) + &"]".repeat(brackets);
        for (depth, brackets, end) in
            [(0, DEEP, Some(2 * DEEP)), (0, DEEP + 1, None), (126, 2, Some(4)), (127, 2, None)]
        {
            assert_eq!(end_of(deep(brackets).as_bytes(), 0, depth), end, "{brackets}");
        }
    }

    /// JSON, and now and then something that is nearly JSON.
    fn json() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "1",
            "-0.50",
            "20",
            "1e5",
            "7.",
            "true",
            "false",
            "nulls",
            "null",
            "\"\"",
            "\"a b\"",
            r#""\n\\""#,
            r#""\ud83d\ude00""#,
            r#""\ud83d""#,
            "01",
            "",
            "\"浙江省杭州市余杭区\"",
            "{}",
            "[]",
            "nul",
            "\"\t\"",
        ]);
        let key = prop::sample::select(vec![
            "a",
            "b",
            "",
            "open_id",
            "open_ids",
            "department_id",
            "department_id_1",
            "department_no_1",
            r"\u0061",
            "中",
        ]);
        let space = || prop::sample::select(vec!["", "", "", " ", "\n  "]);
        leaf.prop_map(str::to_owned).prop_recursive(4, 40, 6, move |value| {
            let member = (key.clone(), space(), value.clone())
                .prop_map(|(key, space, value)| format!("\"{key}\":{space}{value}"));
            prop_oneof![
                (prop::collection::vec(value, 0..6), space())
                    .prop_map(|(items, space)| format!("[{space}{}]", items.join(","))),
                (prop::collection::vec(member, 0..6), space())
                    .prop_map(|(members, space)| format!("{{{space}{}{space}}}", members.join(","))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_plain_the_walk_has_nothing_to_say_of(text in json(), behind in "[}\\],a ]{0,9}", depth in 0..130usize) {
            let text = format!("{text}{behind}");
            if let Some(end) = end_of(text.as_bytes(), 0, depth) {
                prop_assert_eq!(walked(text.as_bytes(), depth), Some(end));
            }
        }

        #[test]
        fn what_the_walk_has_nothing_to_say_of_is_plain(text in json()) {
            if text.starts_with(['{', '[']) && !text.contains("\\u0061") {
                prop_assert_eq!(end_of(text.as_bytes(), 0, 0), walked(text.as_bytes(), 0));
            }
        }
    }
}
