//! The same handful of findings, many of them hostile, through every report. What is expected stands in `tests/golden/`;
//! `BLESS=1 cargo test` rewrites it.

use std::time::Duration;

use crate::finding::{First, Rule, Words};
use crate::json::Place;
use crate::lang::{Label, Lang, Langs, label, say};
use crate::origin::{Origin, Step};
use crate::report::locate::Locator;
use crate::terminal::{Look, sanitize};

use super::*;

const fn rule(code: &'static str, severity: Severity, summary: Label) -> Rule {
    Rule {
        code,
        severity,
        summary,
        why: label("因为 <平台> & 文档不一致。", "Because <the> platform & its docs differ."),
        wrong: "{\"a\": 1}",
        right: "{}",
    }
}

static UNIT: Rule = rule(
    "timestamp-unit",
    Severity::Error,
    label("时间的单位与文档不一致", "a time in another unit than documented"),
);
static CHOICE: Rule =
    rule("unknown-choice", Severity::Error, label("没有列出的数字", "a number that is not listed"));
static FIELD: Rule =
    rule("unknown-field", Severity::Note, label("文档中没有的字段", "a field that is not documented"));
static UTF8: Rule =
    rule("invalid-utf8", Severity::Error, label("不是 UTF-8 的字节", "bytes that are not UTF-8"));
static CUT: Rule =
    rule("truncated-document", Severity::Error, label("文档提前结束", "the document ends early"));
static MAC: Rule = rule("malformed-mac", Severity::Warning, label("不是 MAC 地址", "not a MAC address"));

static TWICE: Rule = rule("duplicate-key", Severity::Error, label("重复的键", "a key twice"));

pub static RULES: [&Rule; 7] = [&UNIT, &CHOICE, &FIELD, &UTF8, &CUT, &MAC, &TWICE];

/// A file and what is wrong with it.
pub struct File {
    pub name: String,
    pub text: Vec<u8>,
    pub findings: Vec<Case>,
}

#[derive(Clone)]
pub struct Case {
    pub finding: Finding,
    pub item: Option<u64>,
    pub origin: Option<Origin>,
}

/// Words in both languages, as they are where somebody reads Chinese beside a report for programs.
fn both(words: impl Fn(Lang) -> Words) -> Words {
    Words::made(Langs::Both, words)
}

/// A finding at the `nth` place where `needle` stands in `text`; at its end when the needle is empty.
fn case(rule: &'static Rule, text: &[u8], needle: &[u8], nth: usize, pointer: &str, words: Words) -> Case {
    let start = match needle {
        [] => text.len(),
        _ => memchr::memmem::find_iter(text, needle).nth(nth).expect("the needle is there"),
    };
    let finding = Finding {
        rule,
        severity: rule.severity,
        span: start..start + needle.len(),
        pointer: pointer.to_owned(),
        words,
        inner: None,
        first: None,
    };
    Case { finding, item: None, origin: None }
}

fn file(name: &str, text: impl Into<Vec<u8>>, findings: impl FnOnce(&[u8]) -> Vec<Case>) -> File {
    let text = text.into();
    File { name: name.to_owned(), findings: findings(&text), text }
}

/// Keys on the next line, some lines below, beside each other and far apart on one line.
const TWICE_TEXT: &str = concat!(
    "{\"地点\": \"杭州\", \"a\": 1,\n \"a\": 2,\n\n",
    "\t\"a\": 3, \"浙\": [\"b\", \"b\"],\n",
    "\"c\": \"00000000000000000000000000000000000000000000000000000000000000000000000000000000\", \"c\": 1,\n",
    "\"d\u{1b}\": 1, \"d\u{1b}\": 2, \"e\": 1, \"f\": 1}\n",
);

/// The files of the golden reports.
pub fn files() -> Vec<File> {
    let many: String = (0..9).map(|n| format!("{{\"event\": {{\"type\": 9, \"n\": {n}}}}}\n")).collect();
    let long =
        format!("{{\"a\": \"{}\", \"wifi\": true, \"b\": \"{}\"}}", "x".repeat(5000), "杭".repeat(5000));
    vec![
        file(
            "./fixtures/bad.json",
            "{\n\t\"地点\": \"浙江省杭州市\", \"check_time\": \"1615381916000\"\n}",
            |text| {
                let words = both(|lang| {
                    Words::new(say!(
                        lang,
                        "`event.check_time` 应以秒为单位；13 位数字看起来是毫秒",
                        "`event.check_time` must be seconds; 13 digits look like milliseconds"
                    ))
                    .caret(say!(lang, "按秒算是 53159 年", "as seconds this is the year 53159"))
                    .expected(say!(lang, "10 位数字", "10 digits"))
                    .found(say!(lang, "13 位数字", "13 digits"))
                    .help(say!(
                        lang,
                        "写 \"1615381916\"（2021-03-10 21:11:56 +08:00）",
                        "write \"1615381916\" (2021-03-10 21:11:56 +08:00)"
                    ))
                });
                vec![case(&UNIT, text, b"\"1615381916000\"", 0, "/event/check_time", words)]
            },
        ),
        file("many.ndjson", many, |text| {
            let words = || {
                both(|lang| {
                    Words::new(say!(lang, "9 不在列出的值之中", "9 is not a listed value"))
                        .expected(say!(lang, "0 到 8", "0 to 8"))
                        .found("9")
                })
            };
            (0..9).map(|nth| case(&CHOICE, text, b"9", nth, "/event/type", words())).collect()
        }),
        file("long.json", long, |text| {
            let words = both(|lang| Words::new(say!(lang, "文档中没有 `wifi`", "`wifi` is not documented")));
            vec![case(&FIELD, text, b"\"wifi\"", 0, "/wifi", words)]
        }),
        file(
            "a\u{1b}]0;x\u{7},b:c%0A\u{202e}.json",
            "{\"k\u{1b}[2J\u{202e}\": 1, \"mac\": \"]]>\"}",
            |text| {
                let words = Words::new(
                    "\r\n::error::%0A ]]> <b>&\"'</b> [x](http://a.test) {0} \u{1b}[31m\u{202e}\u{fffe}",
                )
                .found("]]>\n")
                .help("a | b\n::warning::c");
                let mut wrapped = case(&MAC, text, b"\"]]>\"", 0, "/k\u{1b}\n\u{202e}~1", words);
                (wrapped.item, wrapped.origin) = (Some(3), Some(Origin::of(Step::Decrypted)));
                vec![wrapped]
            },
        ),
        file("clean.json", "{}", |_| vec![]),
        file("twice.json", TWICE_TEXT, |text| {
            let words = |key: &str| {
                let words = |lang| Words::new(say!(lang, "重复的键 {key}", "the key {key} twice"));
                both(|lang| words(lang).help(say!(lang, "去掉一个", "remove one")))
            };
            let at = |needle: &[u8]| memchr::memmem::find(text, needle).expect("it is there");
            let here =
                |needle: &str| First::Here(at(needle.as_bytes())..at(needle.as_bytes()) + needle.len());
            let gone = |file: Option<&str>| First::Gone { file: file.map(Into::into), line: 12 };
            let again = |needle: &str, nth, first| {
                let mut case =
                    case(&TWICE, text, needle.as_bytes(), nth, &format!("/{nth}{needle}"), words(needle));
                case.finding.first = Some(Box::new(first));
                case
            };
            let mut beside = again("\"b\"", 1, here("\"b\""));
            beside.finding.words.caret = Some("not again".to_owned());
            vec![
                again("\"a\"", 1, here("\"a\"")),
                again("\"a\"", 2, here("\"a\"")),
                beside,
                again("\"c\"", 1, here("\"c\"")),
                again("\"d\u{1b}\"", 1, here("\"d\u{1b}\"")),
                again("\"e\"", 0, gone(None)),
                again("\"f\"", 0, gone(Some("other\u{1b}]0;x\u{7}.json"))),
            ]
        }),
        file("-", b"{\"a\": \"\xff\xfe\x9b\"}\n{\"b\"".as_slice(), |text| {
            let cut = both(|lang| {
                Words::new(say!(lang, "文档在对象中间结束了", "the document ends within an object"))
                    .caret(say!(lang, "缺少 `}}`", "`}}` is missing"))
            });
            let bad = both(|lang| Words::new(say!(lang, "这些字节不是 UTF-8", "these bytes are not UTF-8")));
            vec![case(&UTF8, text, b"\xff\xfe\x9b", 0, "/a", bad), case(&CUT, text, b"", 0, "", cut)]
        }),
    ]
}

/// What a reporter writes about the files.
pub fn report(reporter: &mut dyn Reporter, files: &[File]) -> String {
    let mut out = Vec::new();
    let mut all = Totals::default();
    for file in files {
        let mut totals = Totals { files: 1, documents: 1, events: 1, ..Totals::default() };
        let mut locator = Locator::new(&file.text, Place::START);
        for Case { finding, item, origin } in &file.findings {
            let severity = finding.rule.severity;
            let located = locator.locate(finding, severity, &file.name, *item, Detail::Excerpt);
            totals.count_many(severity, 1);
            reporter.finding(&Located { origin: *origin, ..located }, &mut out).unwrap();
        }
        totals.faulty = u64::from(totals.errors > 0);
        reporter.file(&file.name, &totals, &mut out).unwrap();
        all.add(&totals);
    }
    reporter.finish(&all, Duration::from_micros(400), &mut out).unwrap();
    String::from_utf8(out).expect("reports are UTF-8")
}

pub const LOOK: Look = Look { color: false, width: 80, lang: Lang::En };

/// What a format writes about the files.
pub fn report_in(format: &str, files: &[File]) -> String {
    report_looking(format, LOOK, files)
}

fn report_looking(format: &str, look: Look, files: &[File]) -> String {
    report(&mut *format.parse::<Format>().unwrap().reporter(look, &RULES), files)
}

fn is_golden(name: &str, got: &str) {
    let path = format!("{}/tests/golden/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, got).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(got == expected, "{name}: run with BLESS=1 and read the diff; got:\n{got}");
}

#[test]
fn every_format_reports_as_expected() {
    let files = files();
    for format in Format::ALL {
        is_golden(format.name, &report_in(format.name, &files));
    }
}

#[test]
fn people_read_their_language_and_programs_english() {
    let files = files();
    for format in Format::ALL {
        let zh = report_looking(format.name, Look { lang: Lang::Zh, ..LOOK }, &files);
        match format.name {
            "human" | "line" => is_golden(&format!("{}-zh", format.name), &zh),
            name => assert_eq!(zh, report_in(name, &files), "{name}"),
        }
        assert_eq!(format.lang(Lang::Zh) == Lang::Zh, ["human", "line"].contains(&format.name));
    }
}

#[test]
fn no_format_lets_a_control_or_invisible_character_through() {
    for format in Format::ALL {
        let got = report_in(format.name, &files());
        let hidden: Vec<char> = got.chars().filter(|&c| c != '\n' && sanitize::is_hidden(c)).collect();
        assert!(hidden.is_empty(), "{}: {hidden:?}", format.name);
    }
}

#[test]
fn no_format_fails_on_nothing() {
    for format in Format::ALL {
        let got = report_in(format.name, &[]);
        match format.name {
            "json" | "sarif" | "gitlab" => drop(serde_json::from_str::<serde_json::Value>(&got).unwrap()),
            "human" => assert_eq!(got, "0 files, 0 events: nothing checked in 0.4 ms\n"),
            "junit" => assert!(got.ends_with("</testsuites>\n")),
            _ => assert_eq!(got, ""),
        }
    }
}
