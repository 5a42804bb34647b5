//! Rules about what a fixture is expected to break: the sidecar beside it and the findings must tell the same story.
//! Their examples begin with a line of the sidecar: `bad.json.expect: CODE POINTER`.

use std::ops::Range;

use crate::finding::{Finding, Rule, Severity, Words};
use crate::lang::{Label, Lang, Langs, amount, label, say};
use crate::suggest::did_you_mean;

/// A finding that the sidecar expects is not there.
pub static UNMET_EXPECTATION: Rule = Rule {
    code: "unmet-expectation",
    severity: Severity::Error,
    summary: label("样例的问题与预期文件不符", "a fixture does not fail in the way its sidecar says"),
    why: label(
        "`bad.json` 旁边的 `bad.json.expect` 说明这个样例是故意写错的，以及错在哪里。它预期的问题没有出现：\
         要么样例被改正了，要么现在错在别处，已经测不到原本要测的内容。`larkspect check \
         --update-expectations` 可以重新生成预期文件。",
        "`bad.json.expect` beside `bad.json` says that the fixture is wrong on purpose, and how. A finding that it \
         expects was not made: the fixture was mended, or it is wrong in another way now and no longer tests what \
         it was made for. `larkspect check --update-expectations` writes the sidecar anew.",
    ),
    wrong: "bad.json.expect: error timestamp-unit /event/check_time\n{..}",
    right: "bad.json.expect: error timestamp-unit /event/check_time\n\
            {.., \"event\": {.., \"check_time\": \"1615381916000\"}}",
};

/// Nothing can ever meet what the sidecar says.
pub static STALE_EXPECTATION: Rule = Rule {
    code: "stale-expectation",
    severity: Severity::Error,
    summary: label("预期文件里的预期不可能成立", "a sidecar expects what cannot be"),
    why: label(
        "预期文件里有一行没有写规则，或者位置、次数写得不对，或者它对应的样例已不存在，或者它什么都没有预\
         期。这样的文件看起来在把关，实际上什么也没管。",
        "A line of a sidecar names no rule, or a place or a count that is none; or the fixture that the sidecar \
         belongs to is gone, or the sidecar expects nothing at all. Such a file looks as if it guarded something, \
         and guards nothing.",
    ),
    wrong: "bad.json.expect: error timestamp-units /event/check_time\n\
            {.., \"event\": {.., \"check_time\": \"1615381916000\"}}",
    right: "bad.json.expect: error timestamp-unit /event/check_time\n\
            {.., \"event\": {.., \"check_time\": \"1615381916000\"}}",
};

/// How often a line was met, and how often it wanted to be.
#[derive(Clone, Copy, Debug)]
pub struct Met {
    /// So often it should be.
    pub wanted: u64,
    /// So often it was.
    pub found: u64,
    /// The severity that it names, and the other one that a finding had which it does not cover for that.
    pub severities: Option<(Severity, Severity)>,
}

/// A line that was not met as it should be. `span` is that of the line in the sidecar, `pointer` the place in the
/// fixture.
pub fn unmet(code: &str, pointer: &str, met: Met, span: Range<usize>, langs: Langs) -> Finding {
    let Met { wanted, found, severities } = met;
    let words = |lang| {
        let at = if pointer.is_empty() { DOCUMENT.text(lang) } else { pointer };
        if let Some((wanted, found)) = severities {
            let message = say!(
                lang,
                "预期 {at} 处的 {code} 是 {wanted}，实际是 {found}",
                "expected {code} at {at} as {wanted}, found as {found}"
            );
            return Words::new(message).expected(wanted.word()).found(found.word()).help(say!(
                lang,
                "改写成 {found}，或者不写级别",
                "write {found}, or leave the severity away"
            ));
        }
        let [often, as_found] = [wanted, found].map(often);
        let message = match (wanted, found) {
            (1, _) => say!(
                lang,
                "预期 {at} 处有 {code}，但没有出现",
                "expected {code} at {at}, which was not found"
            ),
            (_, 0) => say!(
                lang,
                "预期 {at} 处有 {wanted} 次 {code}，但没有出现",
                "expected {code} at {at} {often}, which was not found"
            ),
            _ => say!(
                lang,
                "预期 {at} 处有 {wanted} 次 {code}，实际有 {found} 次",
                "expected {code} at {at} {often}, but found it {as_found}"
            ),
        };
        let times = |count| match lang {
            Lang::Zh => format!("{count} 次"),
            Lang::En => amount(count, "finding"),
        };
        Words::new(message).expected(times(wanted)).found(times(found)).help(say!(
            lang,
            "改正样例，或用 larkspect check --update-expectations 重新生成预期文件",
            "mend the fixture, or write its sidecar anew with larkspect check --update-expectations"
        ))
    };
    Finding {
        rule: &UNMET_EXPECTATION,
        severity: UNMET_EXPECTATION.severity,
        span,
        pointer: pointer.to_owned(),
        words: Words::made(langs, words),
        inner: None,
        first: None,
    }
}

const DOCUMENT: Label = label("整个文档", "the document");

/// A number of times, in English.
fn often(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

/// Why nothing can meet a line.
#[derive(Clone, Debug)]
pub enum Mistake {
    /// It names a severity alone.
    NoRule(Severity),
    /// It names none of the rules; the one that was meant, perhaps.
    UnknownRule(String, Option<String>),
    /// What stands for the count is none.
    NoCount(String),
    /// What stands for the place is no pointer.
    NoPointer(String),
}

/// A line that nothing can meet.
pub fn nothing_meets(mistake: &Mistake, span: Range<usize>, langs: Langs) -> Finding {
    let words = |lang| {
        let write = say!(
            lang,
            "写成 error CODE POINTER；larkspect explain 列出所有规则",
            "write error CODE POINTER; larkspect explain lists the codes"
        );
        match mistake {
            Mistake::NoRule(severity) => {
                let message =
                    say!(lang, "`{severity}` 后面缺少规则", "a rule is missing behind `{severity}`");
                Words::new(message).help(write)
            }
            Mistake::UnknownRule(code, near) => {
                let message = say!(lang, "没有规则 `{code}`", "there is no rule `{code}`");
                Words::new(message).help(near.as_ref().map_or(write, |near| did_you_mean(near, lang)))
            }
            Mistake::NoCount(text) => Words::new(say!(lang, "`{text}` 不是次数", "`{text}` is no count"))
                .help(say!(
                    lang,
                    "写 x2、x3 等；出现一次时不写；不该出现就删掉这一行",
                    "write x2, x3 and so on, and nothing for once; remove the line if it is not to come"
                )),
            Mistake::NoPointer(text) => {
                let pointer = pointer_of(text);
                let message = say!(lang, "`{text}` 不是 JSON 指针", "`{text}` is no JSON pointer");
                Words::new(message).help(say!(lang, "写成 {pointer}", "write {pointer}"))
            }
        }
    };
    stale(Words::made(langs, words), span)
}

/// The pointer that was probably meant by `event.photo_urls[0]`.
fn pointer_of(path: &str) -> String {
    let path = path.strip_prefix('$').unwrap_or(path);
    let keys = path.split(['.', '[', ']', '/']).filter(|key| !key.is_empty());
    keys.flat_map(|key| ["/", key]).collect()
}

/// A sidecar without a single expectation.
pub fn expects_nothing(span: Range<usize>, langs: Langs) -> Finding {
    let words = |lang| {
        Words::new(say!(lang, "预期文件里没有任何预期", "the sidecar expects nothing")).help(say!(
            lang,
            "写出样例违反的规则；如果样例是正确的，就删除预期文件",
            "write what the fixture breaks, or remove the sidecar of a good fixture"
        ))
    };
    stale(Words::made(langs, words), span)
}

/// A sidecar whose fixture is not there.
pub fn no_fixture(fixture: &str, langs: Langs) -> Finding {
    let words = |lang| {
        let message = say!(
            lang,
            "这个预期文件所属的 {fixture} 不存在",
            "there is no {fixture} to which this sidecar belongs"
        );
        Words::new(message).help(say!(
            lang,
            "与样例一起重命名，或删除它",
            "rename the sidecar together with its fixture, or remove it"
        ))
    };
    stale(Words::made(langs, words), 0..0)
}

fn stale(words: Words, span: Range<usize>) -> Finding {
    let severity = STALE_EXPECTATION.severity;
    Finding {
        rule: &STALE_EXPECTATION,
        severity,
        span,
        pointer: String::new(),
        words,
        inner: None,
        first: None,
    }
}
