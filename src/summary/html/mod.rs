//! The summary as a page: one file that needs nothing else, runs nothing, and prints.

mod findings;
mod markup;
mod plots;
mod tables;

use sha2::{Digest, Sha256};

use crate::container::base64;
use crate::export::Table;
use crate::finding::Severity;
use crate::lang::{Label, Lang, label};
use crate::secrets::Secrets;
use crate::terminal::sanitize::capital;

use super::figures::Figures;
use super::words::{comma, far, headline, left_out, length, number, time_of_day};

use markup::{Markup, PLAIN};

/// How the page looks: all of it, since a policy that allows no other style allows no attributes either.
const STYLE: &str = include_str!("style.css");

/// What stands beside its title: nine hours of three days. Without one, browsers ask a server for it.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E\
    %3Cg fill='%231f6feb'%3E%3Cpath opacity='.25' d='M1 1h4v4H1zM6 11h4v4H6z'/%3E\
    %3Cpath opacity='.55' d='M6 1h4v4H6zM1 6h4v4H1zM11 11h4v4h-4z'/%3E\
    %3Cpath d='M11 1h4v4h-4zM6 6h4v4H6z'/%3E%3C/g%3E%3C/svg%3E";

/// The summary as a page, with its groups where they were asked for. It says nothing of when it was made: the same
/// figures are the same bytes.
pub fn html(figures: &Figures, groups: Option<&Table<'_>>, secrets: &Secrets, lang: Lang) -> String {
    let mut body = Markup::new(secrets, lang);
    if let Some(groups) = groups {
        tables::groups(figures, groups, &mut body);
    }
    plots::when(figures, &mut body);
    plots::first_and_last(figures, &mut body);
    plots::delivery(figures, &mut body);
    tables::punches(figures, &mut body);
    tables::people(figures, &mut body);
    tables::risky(figures, &mut body);
    tables::types(figures, &mut body);
    tables::choices(figures, &mut body);
    findings::findings(figures, &mut body);

    let mut page = Markup::new(secrets, lang);
    let title = headline(figures, lang).join(comma(lang));
    let language = label("zh-CN", "en").text(lang);
    page.element("html", &[("lang", language)], |page| {
        page.element("head", PLAIN, |page| head(&title, page));
        page.element("body", PLAIN, |page| {
            page.element("header", PLAIN, |page| {
                page.element("h1", PLAIN, |page| heading(&title, page));
                let far = far(figures, lang);
                for about in (!far.is_empty())
                    .then(|| far.join(comma(lang)))
                    .into_iter()
                    .chain(left_out(figures, lang))
                {
                    page.leaf("p", &[("class", "about")], &about);
                }
                tiles(figures, page);
                contents(&body.sections, page);
            });
            page.element("main", PLAIN, |page| page.append(body));
        });
    });
    format!("<!DOCTYPE html>\n{}\n", page.finish())
}

fn head(title: &str, page: &mut Markup<'_>) {
    page.void("meta", &[("charset", "utf-8")]);
    let hash = base64::encode(&Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    );
    page.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    for (name, content) in [
        ("referrer", "no-referrer"),
        ("viewport", "width=device-width, initial-scale=1"),
        ("color-scheme", "light dark"),
        // Ids are no telephone numbers, and no addresses.
        ("format-detection", "telephone=no, date=no, address=no, email=no"),
        ("robots", "noindex"),
    ] {
        page.void("meta", &[("name", name), ("content", content)]);
    }
    page.leaf("title", PLAIN, title);
    page.void("link", &[("rel", "icon"), ("href", ICON)]);
    page.style(STYLE);
}

/// Text in which no date is broken at the end of a line.
fn heading(text: &str, page: &mut Markup<'_>) {
    for (at, word) in text.split(' ').enumerate() {
        page.text(if at > 0 { " " } else { "" });
        match word.contains('-') {
            true => page.leaf("span", &[("class", "whole")], word),
            false => page.text(word),
        }
    }
}

/// The numbers that are looked for first, and that the headline does not say.
fn tiles(figures: &Figures, page: &mut Markup<'_>) {
    let lang = page.lang;
    let delay = |part| figures.delays.at(part).map(|millis| length(millis, lang));
    let (first, last, _) = figures.first_and_last();
    let errors = figures.rules().iter().filter(|of| of.severity == Severity::Error).map(|of| of.count).sum();
    let some = |count: u64| (count > 0).then(|| number(count));
    let tiles: [(Label, Option<String>, &str); 6] = [
        (label("最早打卡，中位数", "first punch, median"), first.at(0.5).map(time_of_day), ""),
        (label("最晚打卡，中位数", "last punch, median"), last.at(0.5).map(time_of_day), ""),
        (label("投递延迟，中位数", "delivery, median"), delay(0.5), ""),
        (label("投递延迟，99%", "delivery, 99 %"), delay(0.99), ""),
        (label("有风险的打卡", "risky punches"), some(figures.risky_punches), "alarm"),
        (label("检查发现的错误", "errors found"), some(errors), "alarm"),
    ];
    page.element("dl", &[("class", "tiles")], |page| {
        for (name, text, class) in tiles {
            let Some(text) = text else { continue };
            page.element("div", PLAIN, |page| {
                page.leaf("dt", PLAIN, &capital(name.text(lang)));
                page.leaf("dd", &[("class", class)], &text);
            });
        }
    });
}

/// What is on the page.
fn contents(sections: &[(&'static str, Label)], page: &mut Markup<'_>) {
    if sections.len() < 3 {
        return;
    }
    page.element("nav", &[("aria-label", label("目录", "contents").text(page.lang))], |page| {
        for (id, title) in sections {
            page.leaf("a", &[("href", &format!("#{id}"))], title.text(page.lang));
        }
    });
}
