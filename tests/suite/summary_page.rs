//! `summary --format html`: a page that stands alone, runs nothing, and shows hostile text as text. What a browser makes
//! of it is looked at by `tests/browser/run`.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use larkspect::terminal::sanitize::{clean, is_hidden};
use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest, Sha256};

use crate::support::program::{Folder, folder, larkspect, line, root};

/// The page of a capture.
fn page(capture: impl Into<Vec<u8>>, more: &[&str]) -> String {
    let ran = larkspect(["summary", "--tz", "+08:00", "--format", "html"]).args(more).stdin(capture).run();
    assert!(ran.code < 2, "{}", ran.err);
    ran.text().to_owned()
}

/// As XML, which is stricter than HTML: every tag is closed.
fn parse(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}:\n{page}"))
}

fn named<'d>(page: &'d Document<'_>, tag: &'d str) -> impl Iterator<Item = Node<'d, 'd>> {
    page.descendants().filter(move |node| node.has_tag_name(tag))
}

/// All text at and below a node.
fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

fn mix() -> Vec<u8> {
    larkspect(["sample", "--mix", "--days", "2", "--fault-rate", "0.03"]).run().exits(0).out
}

/// What no page of ours has, and what each part of it needs.
fn assert_sound(page: &str) {
    const TAGS: &str = "html head meta title link style body header h1 h2 h3 p dl dt dd div nav a main section table thead \
                        tbody tr th td span b br bdi code svg rect line text";
    const VOID: &str = "meta link br rect line";
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\""), "{page}");
    assert!(!page.chars().any(|c| is_hidden(c) && c != '\n'));
    let document = parse(page);
    let among = |list: &str, word: &str| list.split_whitespace().any(|one| one == word);
    // HTML closes only elements of these names by `/>`, and pictures.
    for (at, _) in page.match_indices("/>") {
        let tag = &page[page[..at].rfind('<').unwrap() + 1..at];
        assert!(among(VOID, tag.split(' ').next().unwrap()), "{tag}");
    }
    let mut ids = BTreeSet::new();
    for node in document.descendants().filter(Node::is_element) {
        let tag = node.tag_name().name();
        assert!(among(TAGS, tag), "{tag}");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(
                !name.starts_with("on") && !["style", "src", "srcset", "xmlns"].contains(&name),
                "{name}"
            );
            match name {
                "href" => {
                    assert!(value.starts_with('#') || value.starts_with("data:image/svg+xml,"), "{value}")
                }
                "id" => assert!(ids.insert(value), "{value} stands twice"),
                _ => {}
            }
        }
        if tag == "th" {
            assert!(node.has_attribute("scope"));
        }
        if tag == "svg" {
            let said = node.attribute("aria-label").is_some_and(|said| !said.is_empty());
            assert!(said || node.attribute("aria-hidden") == Some("true"), "a picture without words");
        }
    }
    for node in document.descendants() {
        let links =
            [node.attribute("aria-labelledby"), node.attribute("href").and_then(|to| to.strip_prefix('#'))];
        assert!(links.into_iter().flatten().all(|link| ids.contains(link)), "{links:?}");
    }
    assert_eq!(named(&document, "h1").count(), 1);
    let styles: Vec<_> = named(&document, "style").collect();
    let hash = STANDARD.encode(Sha256::digest(styles[0].text().unwrap()));
    let policy = named(&document, "meta")
        .find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|meta| meta.attribute("content"))
        .unwrap();
    assert_eq!(
        (policy, styles.len()),
        (
            &*format!(
                "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
            ),
            1
        )
    );
    let referrer = named(&document, "meta").find(|meta| meta.attribute("name") == Some("referrer"));
    assert_eq!(referrer.and_then(|meta| meta.attribute("content")), Some("no-referrer"));
}

#[test]
fn a_page_is_sound_in_both_languages() {
    let capture = mix();
    for (lang, language, title) in [("en", "en", "Delivery"), ("zh", "zh-CN", "投递延迟")] {
        let page = page(&*capture, &["--lang", lang]);
        assert_sound(&page);
        let document = parse(&page);
        assert_eq!(document.root_element().attribute("lang"), Some(language));
        let titles: Vec<_> = named(&document, "h2").map(text).collect();
        assert!(titles.len() == 9 && titles.contains(&title.to_owned()), "{titles:?}");
        assert!(titles.iter().all(|title| title.is_ascii() == (lang == "en")), "{titles:?}");
    }
    let groups = page(&*capture, &["--by", "employee_id,day"]);
    assert_sound(&groups);
    assert!(text(named(&parse(&groups), "section").next().unwrap()).contains("employee_idday"), "{groups}");
}

#[test]
fn a_page_says_what_the_text_says() {
    let capture = mix();
    let said = larkspect(["summary", "--tz", "+08:00"]).stdin(&*capture).run();
    let page = page(&*capture, &[]);
    let document = parse(&page);
    let heading = named(&document, "h1").map(text).next().unwrap();
    assert_eq!(said.lines()[0], heading);
    // Of both, the counts that end a line of the histogram of delays.
    let rows = |name: &str| -> Vec<Vec<String>> {
        let section =
            named(&document, "section").find(|section| section.attribute("id") == Some(name)).unwrap();
        let rows = section.descendants().filter(|node| node.has_tag_name("tr")).skip(1);
        let cells = |row: Node| {
            let cells = row.children().filter(|cell| cell.attribute("class") != Some("picture"));
            cells.map(text).collect()
        };
        rows.map(cells).collect()
    };
    let delays = rows("delivery");
    assert!(delays.len() > 3);
    for row in delays.iter().chain(&rows("when")) {
        let line = said.lines().into_iter().find(|line| line.trim_start().starts_with(&row[0]));
        let line = line.unwrap_or_else(|| panic!("{row:?} is not in the text"));
        assert!(row[1..].iter().all(|cell| line.contains(&**cell)), "{row:?} {line}");
    }
}

#[test]
fn the_page_of_a_few_punches_is_as_it_was_looked_at() {
    let punches = root().join("tests/golden/show-punches.ndjson");
    for lang in ["en", "zh"] {
        let ran = larkspect(["summary", "--tz", "+08:00", "--format", "html", "--lang", lang])
            .args(&[punches.strip_prefix(root()).unwrap()])
            .run();
        assert_sound(ran.text());
        // The style has no part in it; its policy is checked with it above.
        let (head, rest) = ran.text().split_once("<style>").unwrap();
        let rest = rest.split_once("</style>").unwrap().1;
        let policy = head.find("'sha256-").unwrap()..head.find("; img-src").unwrap();
        let got = format!("{}'sha256-..'{}<style/>{rest}", &head[..policy.start], &head[policy.end..]);
        let path = root().join(format!("tests/golden/summary-{lang}.html"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &got).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(got == expected, "{lang}: run with BLESS=1 and read the diff; got:\n{got}");
    }
}

#[test]
fn hostile_text_is_text_wherever_it_stands() {
    const TEXTS: [&str; 10] = [
        "<script>alert(1)</script>",
        "\" onload=\"alert(1)\" x=\"",
        "' onmouseover='alert(1)",
        "javascript:alert(1)",
        "</style></title></td></table><img src=x onerror=alert(1)>",
        "&lt;b&gt;&amp;&#60;",
        "<!-- ]]> <![CDATA[ -->",
        "\u{202e}\u{2066}gnp.exe\u{200b}",
        "\u{7}\u{1b}[2J\u{9b}",
        "https://example.com/?a=1&b=<2>",
    ];
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    for hostile in TEXTS {
        // In a punch: who, where, which record, how, and a value that is no choice.
        let mut event: serde_json::Value = serde_json::from_str(&line()).unwrap();
        for key in ["employee_id", "location_name", "record_id", "type", "ssid"] {
            event["event"][key] = hostile.into();
        }
        event["event"]["risk_result"] = 1.into();
        let stranger = line()
            .replace("41fae5c12837ead344eced982fbde395", "1")
            .replace("\"attendance.user_flow.created_v1\"", &quoted(hostile));
        let at = Folder::new();
        let name = if cfg!(windows) { "a'b&c.ndjson" } else { "<b title='\">&amp;.ndjson" };
        let file = at.file(name, format!("{event}\n{stranger}\n"));
        let file = file.to_str().unwrap();
        for by in [&[][..], &["--by", "employee_id,location_name,file,event_type"]] {
            let ran = larkspect(["summary", "--format", "html", file]).args(by).run();
            assert_sound(ran.text());
            let document = parse(ran.text());
            let shown: Vec<String> = named(&document, "bdi").map(text).collect();
            let count = |wanted: &str| shown.iter().filter(|shown| *shown == wanted).count();
            // Who (three times), where, which, how and of what type; of groups, two keys of the one and one of the other.
            let wanted = if by.is_empty() { 7 } else { 7 + 2 + 1 };
            assert_eq!(count(&clean(hostile)), wanted, "{hostile}: {shown:#?}");
            assert!(count(&format!("{file}:1")) == 1, "{shown:#?}");
        }
    }
}

#[test]
fn equal_input_is_an_equal_page() {
    let capture = mix();
    let one = page(&*capture, &["--threads", "1"]);
    assert_eq!(one, page(&*capture, &["--threads", "4"]));
}

#[test]
fn no_secret_is_on_a_page() {
    let event = line();
    let token = event.split("\"token\":\"").nth(1).unwrap().split('"').next().unwrap();
    let told = event.replace("2b68933a", token).replace("\"type\":0", &format!("\"type\":\"{token}\""));
    let ran = larkspect(["summary", "--format", "html", "--by", "token,employee_id"])
        .env("LARKSPECT_VERIFICATION_TOKEN", token)
        .stdin(told)
        .run();
    let page = ran.text();
    assert!(!page.contains(token) && page.contains(&format!("{}....", &token[..4])), "{page}");
}

#[test]
fn what_is_too_much_for_a_page_is_counted() {
    let capture =
        larkspect(["sample", "--days", "40", "--employees", "230", "--seed", "3"]).run().exits(0).out;
    let page = page(capture, &["--by", "employee_id,day"]);
    assert_sound(&page);
    let document = parse(&page);
    let rows = |id: &str| {
        let section =
            named(&document, "section").find(|section| section.attribute("id") == Some(id)).unwrap();
        let rows: Vec<_> = section.descendants().filter(|node| node.has_tag_name("tr")).collect();
        let columns = rows[1].children().filter(Node::is_element).count();
        (rows.len() - 1, columns, text(section))
    };
    let (people, days, said) = rows("people");
    assert_eq!((people, days), (200, 32));
    assert!(
        said.contains("more employees and") && said.contains("earlier days are not listed here"),
        "{said}"
    );
    let (groups, _, said) = rows("groups");
    assert!(groups == 500 && said.contains("more rows are not listed here"), "{said}");
    assert!(page.len() < 2 << 20, "{} bytes", page.len());
}

#[test]
fn the_name_of_the_file_asks_for_a_page() {
    let at = folder(&[("c.ndjson", line().as_bytes())]);
    let capture = at.path().join("c.ndjson");
    let asked = page(line(), &[]);
    for name in ["report.html", "report.HTM"] {
        let path = at.path().join(name);
        larkspect(["summary", "--tz", "+08:00", "-o", path.to_str().unwrap(), capture.to_str().unwrap()])
            .run()
            .exits(0);
        assert_eq!(std::fs::read_to_string(path).unwrap(), asked);
    }
}
