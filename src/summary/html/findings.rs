//! What was found, by rule, and why it matters.

use crate::finding::Rule;
use crate::lang::{Lang, label};
use crate::summary::figures::{Figures, RuleFigures};
use crate::summary::words::{number, severity};
use crate::terminal::sanitize::capital;

use super::markup::{Markup, PLAIN};

/// What a rule means, and why it matters.
fn words_of(rule: &'static Rule, lang: Lang) -> (&'static str, &'static str) {
    (rule.summary.text(lang), rule.why.text(lang))
}

/// Every rule of which something was found.
pub(super) fn findings(figures: &Figures, page: &mut Markup<'_>) {
    let rules = figures.rules();
    if rules.is_empty() {
        return;
    }
    page.section("findings", label("检查结果", "Findings"), |page| {
        let about = label(
            "larkspect check 列出每一处及其位置。",
            "What larkspect check says of the same input; it shows each with its place.",
        );
        page.leaf("p", &[("class", "about")], about.text(page.lang));
        page.element("div", &[("class", "columns")], |page| {
            rules.iter().for_each(|rule| finding(page, rule))
        });
    });
}

fn finding(page: &mut Markup<'_>, figures: &RuleFigures) {
    let (summary, why) = words_of(figures.rule, page.lang);
    page.element("div", &[("class", "block")], |page| {
        page.element("h3", PLAIN, |page| {
            let class = format!("badge {}", figures.severity.word());
            page.leaf("span", &[("class", &class)], severity(figures.severity).text(page.lang));
            page.text(" ");
            page.leaf("code", &[("translate", "no")], figures.rule.code);
            page.leaf("span", &[("class", "aside")], &number(figures.count));
        });
        page.element("p", PLAIN, |page| prose(page, &capital(summary)));
        page.element("p", &[("class", "why")], |page| prose(page, why));
    });
}

/// Words with code between backticks.
fn prose(page: &mut Markup<'_>, text: &str) {
    for (at, part) in text.split('`').enumerate() {
        match at % 2 {
            0 => page.text(part),
            _ => page.leaf("code", &[("translate", "no")], part),
        }
    }
}
