//! Cards of the test payloads, golden, and what holds for any card.

use proptest::prelude::*;

use crate::view::test_payloads::{self, MIXED, OFFICIAL, TASK, assert_tame, golden};

use super::*;

fn options(width: usize, lang: Lang) -> CardOptions {
    CardOptions {
        look: Look { color: false, width, lang },
        zone: test_payloads::zone(),
        raw: false,
        show_secrets: false,
    }
}

fn cards(text: &[u8], options: CardOptions) -> String {
    let mut out = String::new();
    let mut cards = Cards::new(options);
    test_payloads::each(text, |seen| {
        cards.push(seen, &mut out);
        out.push('\n');
    });
    out
}

fn at_widths(text: &[u8], lang: Lang, widths: &[usize]) -> String {
    let mut out = String::new();
    for &width in widths {
        let shown = cards(text, options(width, lang));
        assert_tame(&shown, width);
        out.push_str(&format!("--- {width} columns\n{shown}"));
    }
    out
}

#[test]
fn documented_examples() {
    for (name, lang) in [("en", Lang::En), ("zh", Lang::Zh)] {
        let widths = [120, 80, 60, 40];
        golden(&format!("card-official-{name}"), &at_widths(OFFICIAL, lang, &widths));
        golden(&format!("card-task-{name}"), &at_widths(TASK, lang, &widths));
    }
}

#[test]
fn everything_else() {
    golden("card-mixed", &at_widths(MIXED, Lang::En, &[120, 60]));
    let raw = CardOptions { raw: true, ..options(100, Lang::En) };
    golden("card-raw", &cards(OFFICIAL, raw));
}

#[cfg(feature = "cli")]
#[test]
fn colours() {
    let mut options = options(100, Lang::En);
    options.look.color = true;
    let shown = cards(MIXED, options);
    golden("card-colour", &shown.replace('\u{1b}', "^"));
    options.look.color = false;
    let plain = cards(MIXED, options);
    let mut stripped = String::new();
    for (at, part) in shown.split('\u{1b}').enumerate() {
        stripped.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain, "colours change nothing but colours");
}

#[test]
fn without_a_limit_a_value_is_one_line() {
    let comment = "much to say ".repeat(100);
    let text =
        String::from_utf8_lossy(OFFICIAL).replace(r#""comment": """#, &format!(r#""comment": "{comment}""#));
    let shown = cards(text.as_bytes(), options(usize::MAX, Lang::En));
    assert!(shown.contains(comment.trim_end()));
    assert_eq!(shown.lines().count(), 15);
}

#[test]
fn what_is_long_is_cut_and_counted() {
    let comment = "迟".repeat(100_000);
    let text =
        String::from_utf8_lossy(OFFICIAL).replace(r#""comment": """#, &format!(r#""comment": "{comment}""#));
    let shown = cards(text.as_bytes(), options(80, Lang::En));
    assert!(shown.len() < 20_000 && shown.contains(".. (300000 bytes)"), "{shown}");

    let items: Vec<String> = (0..1000).map(|n| n.to_string()).collect();
    let text =
        format!(r#"{{"header": {{"event_type": "x.y_v1"}}, "event": {{"a": [{}]}}}}"#, items.join(","));
    let shown = cards(text.as_bytes(), options(80, Lang::En));
    assert!(
        shown.contains("a[199]") && !shown.contains("a[200]") && shown.contains(".. 800 more"),
        "{shown}"
    );
}

#[test]
fn a_token_is_masked_unless_asked_for() {
    let token = "wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg";
    for (raw, form) in [
        (false, OFFICIAL),
        (true, OFFICIAL),
        (false, br#"{"a": {"token": "wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg"}}"#),
    ] {
        let options = CardOptions { raw, ..options(100, Lang::En) };
        let shown = cards(form, options);
        assert!(shown.contains("wz5v....") && !shown.contains(token), "{shown}");
        let shown = cards(form, CardOptions { show_secrets: true, ..options });
        assert!(shown.contains(token), "{shown}");
    }
}

proptest! {
    #[test]
    fn cards_stay_within_the_terminal(text in test_payloads::any_punch(), width in 20usize..140, zh: bool, raw: bool) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        assert_tame(&cards(text.as_bytes(), CardOptions { raw, ..options(width, lang) }), width);
    }
}
