//! Cards of the test payloads, golden, and what holds for any card.

use proptest::prelude::*;

use crate::view::test_payloads::{self, EVENTS, MIXED, OFFICIAL, TASK, assert_tame, golden};

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
        cards.push(seen, None, &mut out);
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

#[test]
fn events_of_many_areas() {
    golden("card-events-en", &at_widths(EVENTS, Lang::En, &[120, 80]));
    golden("card-events-zh", &at_widths(EVENTS, Lang::Zh, &[80, 40]));
}

/// The card of an event with this body.
fn card_of(kind: &str, event: serde_json::Value, options: CardOptions) -> String {
    let event = serde_json::json!({"schema": "2.0", "event": event, "header": {
        "event_id": "e", "event_type": kind, "create_time": "1700000000000", "token": "v3rificationT0ken00",
    }});
    cards(event.to_string().as_bytes(), options)
}

/// The lines of the card of a message of this content.
fn message(kind: &str, content: &serde_json::Value, options: CardOptions) -> String {
    let mentions = serde_json::json!([{"key": "@_user_1", "name": "Tom"}]);
    let message =
        serde_json::json!({"message_type": kind, "content": content.to_string(), "mentions": mentions});
    card_of("im.message.receive_v1", serde_json::json!({"message": message}), options)
}

#[test]
fn what_the_object_before_does_not_name_has_not_changed() {
    let event = serde_json::json!({
        "object": {"name": "b", "city": "x", "email": "new@example.com"},
        "old_object": {"name": "a", "city": "x"},
    });
    let shown = card_of("contact.user.updated_v3", event, options(80, Lang::En));
    let lines: Vec<&str> = shown.lines().map(str::trim).collect();
    assert!(lines[2].starts_with("Name       a -> b  "), "{shown}");
    assert!(shown.contains("new@example.com") && !shown.contains("(none)"), "{shown}");
    assert_eq!(shown.matches("-> ").count(), 1, "{shown}");
    assert!(lines.iter().any(|line| line.starts_with("Location   x")), "{shown}");
}

#[test]
fn a_value_that_is_gone_or_new_says_so() {
    let event = serde_json::json!({
        "object": {"email": "e@example.com"},
        "old_object": {"name": "a", "email": null, "city": ""},
    });
    for (lang, gone, new) in [
        (Lang::En, "a -> (none)", "(none) -> e@example.com"),
        (Lang::Zh, "a -> （无）", "（无） -> e@example.com"),
    ] {
        let shown = card_of("contact.user.updated_v3", event.clone(), options(80, lang));
        assert!(shown.contains(gone) && shown.contains(new), "{shown}");
        assert!(!shown.contains("old_object.city"), "nothing became nothing: {shown}");
    }
}

#[test]
fn an_empty_text_is_not_said_by_nothing_after_the_arrow() {
    let event = serde_json::json!({"before": "{}", "after": r#"{"text": "", "blank": " "}"#});
    let shown = card_of("apaas.workspace.record_change_v1", event, options(80, Lang::En));
    assert!(shown.contains("(none) -> \"\""), "{shown}");
    assert!(shown.lines().all(|line| !line.trim_end().ends_with("->")), "{shown}");
}

#[test]
fn records_in_text_are_compared_by_their_members() {
    let event = serde_json::json!({
        "type": "UPDATE",
        "before": r#"{"name": "a", "same": 1, "gone": true, "password": "Zx81qq77Lm55"}"#,
        "after": r#"{"name": "b", "same": 1, "new": [1], "password": "Qy81qq77Lm55"}"#,
    });
    let shown = card_of("apaas.workspace.record_change_v1", event, options(80, Lang::En));
    for line in ["name      a -> b", "gone      true -> (none)", "new       (none) -> [1]", "same      1"] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(shown.contains("Zx81.... -> Qy81....") && !shown.contains("qq77"), "{shown}");
    let made = serde_json::json!({"type": "INSERT", "before": null, "after": r#"{"name": "b"}"#});
    let shown = card_of("apaas.workspace.record_change_v1", made, options(80, Lang::En));
    assert!(shown.contains("name  (none) -> b"), "{shown}");
}

#[test]
fn a_secret_behind_the_cut_of_a_message_stays_hidden() {
    let secret = "app_secret: Zx81qq77Lm55Pp33";
    for before in [LONGEST - 20, LONGEST - 16, LONGEST - 5] {
        let text = format!("{}{secret} and more {}", "x ".repeat(before / 2), "y".repeat(9_000));
        let shown = message("text", &serde_json::json!({ "text": text }), options(usize::MAX, Lang::En));
        assert!(!shown.contains("Zx81qq") && shown.contains(".. ("), "{before}");
    }
    let split = serde_json::json!({"content": [[
        {"tag": "text", "text": "app_secret: "}, {"tag": "text", "text": "Zx81qq77Lm55Pp33"},
    ]]});
    let shown = message("post", &split, options(80, Lang::En));
    assert!(!shown.contains("Zx81qq77"), "{shown}");
    let template =
        serde_json::json!({"template": "{who}: {app_secret}", "who": "a", "app_secret": "Zx81qq77Lm55Pp33"});
    let shown = message("system", &template, options(80, Lang::En));
    assert!(!shown.contains("Zx81qq77"), "{shown}");
}

#[test]
fn a_message_does_not_drive_the_terminal() {
    let text = serde_json::json!({"text": "a\u{1b}[2J\u{202e}b\nnext\r\n@_user_1 last"});
    let shown = message("text", &text, options(80, Lang::En));
    assert_tame(&shown, 80);
    assert!(shown.contains(r"a\u{1b}[2J\u{202e}b") && shown.contains("@Tom last"), "{shown}");
}

#[test]
fn names_that_stand_again_and_again_have_a_bound() {
    let text = serde_json::json!({ "text": "@_user_1 ".repeat(50_000) });
    let shown = message("text", &text, options(80, Lang::En));
    assert!(shown.len() < 20_000, "{}", shown.len());
    let template = serde_json::json!({"template": "{a}".repeat(50_000), "a": "b".repeat(50_000)});
    assert!(message("system", &template, options(80, Lang::En)).len() < 40_000);
}

#[test]
fn a_field_that_is_documented_as_a_secret_is_masked() {
    let event = serde_json::json!({"token": "网络异常，重试", "action": {"tag": "button"}});
    let shown = card_of("card.action.trigger", event.clone(), options(80, Lang::En));
    assert!(!shown.contains("网络异常") && shown.contains("...."), "{shown}");
    let open = CardOptions { show_secrets: true, ..options(80, Lang::En) };
    assert!(card_of("card.action.trigger", event, open).contains("网络异常"));
}

#[test]
fn ids_and_addresses_are_whole_where_a_line_has_room() {
    let id = format!("ou_{}", "0123456789abcdef".repeat(2));
    let url = format!("https://example.com/{}", "a".repeat(54));
    let event = serde_json::json!({"object": {"open_id": id, "union_id": id, "avatar": {"avatar_72": url}}});
    for width in [80, 100, 140] {
        let shown = card_of("contact.user.created_v3", event.clone(), options(width, Lang::En));
        assert_tame(&shown, width);
        assert_eq!(shown.matches(&id).count(), 2, "{shown}");
        assert!(shown.contains(&url), "{shown}");
    }
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
    assert!(shown.contains("a[59]") && !shown.contains("a[60]") && shown.contains(".. 940 more"), "{shown}");
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
    fn cards_of_any_event_stay_within_the_terminal(text in test_payloads::any_event(), width in 20usize..140, zh: bool) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        assert_tame(&cards(text.as_bytes(), options(width, lang)), width);
    }

    #[test]
    fn cards_stay_within_the_terminal(text in test_payloads::any_punch(), width in 20usize..140, zh: bool, raw: bool) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        assert_tame(&cards(text.as_bytes(), CardOptions { raw, ..options(width, lang) }), width);
    }
}

#[test]
fn a_flag_of_another_type_and_a_machine_without_a_place_are_said_as_such() {
    let event = serde_json::json!({"is_wifi": "true", "is_field": false, "longitude": 0, "latitude": 0.0});
    let shown = card_of("attendance.user_flow.created_v1", event, options(100, Lang::En));
    assert!(shown.contains("  not field work, is_wifi true  ") && shown.contains("  0 E, 0 N  "), "{shown}");
}
