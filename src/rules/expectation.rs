//! Rules about what a fixture is expected to break: the sidecar beside it and the findings must tell the same story.
//! Their examples begin with a line of the sidecar: `bad.json.expect: CODE POINTER`.

use std::ops::Range;

use crate::finding::{Finding, Rule, Severity, Words};
use crate::lang::{Lang, Langs, amount, label, say};
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
        "预期文件里有一行没有写规则，或者它对应的样例已不存在，或者它什么都没有预期。这样的文件看起来在把\
         关，实际上什么也没管。",
        "A line of a sidecar names no rule, or the fixture that the sidecar belongs to is gone, or the sidecar \
         expects nothing at all. Such a file looks as if it guarded something, and guards nothing.",
    ),
    wrong: "bad.json.expect: error timestamp-units /event/check_time\n\
            {.., \"event\": {.., \"check_time\": \"1615381916000\"}}",
    right: "bad.json.expect: error timestamp-unit /event/check_time\n\
            {.., \"event\": {.., \"check_time\": \"1615381916000\"}}",
};

/// A line that was met `found` times instead of `wanted`. `span` is that of the line in the sidecar, `pointer` the
/// place in the fixture.
pub fn unmet(
    code: &str,
    pointer: &str,
    wanted: u64,
    found: u64,
    span: Range<usize>,
    langs: Langs,
) -> Finding {
    let words = |lang| {
        let at = if pointer.is_empty() { label("整个文档", "the document").text(lang) } else { pointer };
        let message = match (wanted, found) {
            (1, _) => say!(
                lang,
                "预期 {at} 处有 {code}，但没有出现",
                "expected {code} at {at}, which was not found"
            ),
            (_, 0) => say!(
                lang,
                "预期 {at} 处有 {wanted} 次 {code}，但没有出现",
                "expected {code} at {at} {wanted} times, which was not found"
            ),
            _ => say!(
                lang,
                "预期 {at} 处有 {wanted} 次 {code}，实际有 {found} 次",
                "expected {code} at {at} {wanted} times, but found it {found} times"
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

/// A line that names no rule.
pub fn no_such_rule(code: &str, near: Option<&str>, span: Range<usize>, langs: Langs) -> Finding {
    let words = |lang| {
        let help = match near {
            Some(near) => did_you_mean(near, lang),
            None => say!(
                lang,
                "写成 error CODE POINTER；larkspect explain 列出所有规则",
                "write error CODE POINTER; larkspect explain lists the codes"
            ),
        };
        Words::new(say!(lang, "没有规则 `{code}`", "there is no rule `{code}`")).help(help)
    };
    stale(Words::made(langs, words), span)
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
