//! Where values under keys are looked for, and where they need not be.

use super::*;
use proptest::prelude::*;

#[test]
fn plain_texts_have_no_value_under_a_key() {
    for (text, none) in [
        ("", true),
        ("event.lines[0].title", true),
        ("西溪八方城 3F (north), token 12345678", true),
        ("event.token: 1", false),
        ("Bearer t-g1044ghJ", false),
        ("token\\", false),
        ("‘token’", false),
    ] {
        assert_eq!(has_none(text.as_bytes()), none, "{text}");
    }
}

#[test]
fn every_byte_in_every_lane_is_of_a_word_or_not() {
    for byte in 0..=255u8 {
        for lane in 0..16 {
            for filler in [b'a', b' ', 0xe4] {
                let mut block = [filler; 16];
                block[lane] = byte;
                let bits = (0..16).fold(0, |bits, at| bits | u32::from(is_word(block[at])) << at);
                assert_eq!(word_bits(u8x16::new(block)), bits, "{byte} in lane {lane}");
            }
        }
    }
}

const PARTS: [&str; 13] =
    ["token", "Bearer", " ", "\t", "\n", "t-G1044ghJ", "]", "(", ",", ".", "浙", "=", "'"];

proptest! {
    #[test]
    fn where_none_is_seen_none_is_found(parts in prop::collection::vec(0..PARTS.len(), 0..9)) {
        let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
        if has_none(text.as_bytes()) {
            let plain = Plain::new(text.as_bytes());
            prop_assert_eq!(&plain.text[..], text.as_bytes());
            prop_assert!(values(&plain).is_empty());
        }
    }

    #[test]
    fn words_are_those_that_one_reads(text in "[a.é ]{0,200}") {
        let text = text.as_bytes();
        let words = Words::of(text);
        let mut ends = Vec::new();
        words.each_end(|end| ends.push(end));
        let end_of = |start: usize| (start..text.len()).find(|at| !is_word(text[*at])).unwrap_or(text.len());
        let mut expected = Vec::new();
        for at in (0..text.len()).filter(|at| is_word(text[*at])) {
            prop_assert_eq!(words.end(at), end_of(at));
            if at + 1 == end_of(at) {
                expected.push(at + 1);
            }
        }
        prop_assert_eq!(ends, expected);
    }

    #[test]
    fn where_no_key_ends_none_is_one(before in "[a. _-]{0,4}", key in "[ a-z_.-]{0,3}(token|s|key|id|secret|KEY|a)[s._-]{0,2}") {
        let text = format!("{before}{key}");
        if is_secret_key(key.as_bytes()) {
            prop_assert!(may_end_secret_key(text.as_bytes()), "{}", text);
        }
    }
}
