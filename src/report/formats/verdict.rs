//! The last line of a report for people: what was read, how it went, how long it took.

use std::time::Duration;

use crate::lang::{Lang, amount, label, say};
use crate::report::Totals;
use crate::terminal::paint::{Ink, Paint};

/// Appends `2 files, 1000 events: 3 with errors. 3 errors, 1 warning in 0.4 ms`.
pub(crate) fn push_verdict(totals: &Totals, took: Duration, paint: Paint, lang: Lang, out: &mut String) {
    let Totals { files, documents, events, challenges, faulty, errors, warnings, notes, expected } = *totals;
    // Chinese has no plural.
    let say = |(count, zh, en): (u64, &str, &str)| match lang {
        Lang::Zh => format!("{count} {zh}"),
        Lang::En => amount(count, en),
    };
    let counts = [(errors, "个错误", "error"), (warnings, "个警告", "warning"), (notes, "个提示", "note")];
    let mut counts: Vec<String> = counts.into_iter().filter(|(count, ..)| *count > 0).map(say).collect();
    let (verdict, ink) = if errors > 0 {
        (say!(lang, "{faulty} 个有错误", "{faulty} with errors"), Ink::Error)
    } else if events + challenges + expected == 0 {
        // Nothing was checked: not a success, so not green.
        (say!(lang, "没有检查任何内容", "nothing checked"), Ink::Warning)
    } else if counts.is_empty() {
        (say!(lang, "没有问题", "no findings"), Ink::Good)
    } else {
        (say!(lang, "没有错误", "no errors"), Ink::Good)
    };

    if expected > 0 {
        counts.push(say!(lang, "{expected} 个在预期之中", "{expected} expected"));
    }
    let read = [
        Some((files, "个文件", "file")),
        (documents != events).then_some((documents, "个文档", "document")),
        Some((events, "个事件", "event")),
        (challenges > 0).then_some((challenges, "个地址验证请求", "challenge")),
    ];
    let read: Vec<String> = read.into_iter().flatten().map(say).collect();
    let [comma, colon, stop] = [label("，", ", "), label("：", ": "), label("。", ". ")];
    out.push_str(&read.join(comma.text(lang)));
    out.push_str(colon.text(lang));
    paint.push(ink, &verdict, out);
    if !counts.is_empty() {
        out.push_str(stop.text(lang));
        out.push_str(&counts.join(comma.text(lang)));
    }
    let took = elapsed(took, lang);
    out.push_str(&say!(lang, "，用时 {took}", " in {took}"));
}

/// A duration as people say it: `0.4 ms`, `120 ms`, `3.2 s`.
fn elapsed(took: Duration, lang: Lang) -> String {
    let [ms, s] = [label("毫秒", "ms"), label("秒", "s")].map(|unit| unit.text(lang));
    match took.as_secs_f64() {
        took if took < 0.01 => format!("{:.1} {ms}", took * 1e3),
        took if took < 1.0 => format!("{:.0} {ms}", took * 1e3),
        took => format!("{took:.1} {s}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_a_verdict() {
        let one = Totals { files: 1, documents: 1, events: 1, ..Totals::default() };
        for (totals, micros, line) in [
            (one, 400, "1 file, 1 event: no findings in 0.4 ms"),
            (
                Totals { warnings: 2, notes: 1, ..one },
                12_345,
                "1 file, 1 event: no errors. 2 warnings, 1 note in 12 ms",
            ),
            (Totals { expected: 2, ..one }, 400, "1 file, 1 event: no findings. 2 expected in 0.4 ms"),
            (
                Totals { events: 0, challenges: 1, ..one },
                0,
                "1 file, 1 document, 0 events, 1 challenge: no findings in 0.0 ms",
            ),
            (
                Totals { events: 0, ..one },
                3_210_000,
                "1 file, 1 document, 0 events: nothing checked in 3.2 s",
            ),
            (
                Totals {
                    files: 2,
                    documents: 1000,
                    events: 1000,
                    challenges: 0,
                    faulty: 3,
                    errors: 3,
                    warnings: 1,
                    notes: 0,
                    expected: 0,
                },
                400,
                "2 files, 1000 events: 3 with errors. 3 errors, 1 warning in 0.4 ms",
            ),
        ] {
            let mut out = String::new();
            push_verdict(&totals, Duration::from_micros(micros), Paint::new(false), Lang::En, &mut out);
            assert_eq!(out, line);
        }
    }
}
