//! The way of every text to the page: escaped, with what nobody sees made visible, and each tag closed that is opened.

use crate::lang::{Label, Lang};
use crate::secrets::Secrets;
use crate::terminal::sanitize::{clean, clip};

/// So many columns of a text of a payload are shown.
const LONGEST: usize = 160;

/// Elements behind which a line ends, so that the page can be read and compared by lines.
const LINES: [&str; 14] = [
    "style", "head", "header", "nav", "main", "section", "table", "thead", "tbody", "tr", "p", "h2", "div",
    "dl",
];

/// The attributes of an element. Names are ours, values are anything; what is empty is left away.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// No attributes.
pub(super) const PLAIN: Attributes<'static> = &[];

/// A page, or a part of one. It is XML as well as HTML.
pub(super) struct Markup<'s> {
    secrets: &'s Secrets,
    /// The language of our own words.
    pub lang: Lang,
    /// What can be jumped to, with its title.
    pub sections: Vec<(&'static str, Label)>,
    out: String,
}

impl<'s> Markup<'s> {
    /// Nothing yet.
    pub fn new(secrets: &'s Secrets, lang: Lang) -> Markup<'s> {
        Markup { secrets, lang, sections: Vec::new(), out: String::new() }
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// Appends a part that was written before.
    pub fn append(&mut self, part: Markup<'_>) {
        self.out.push_str(&part.out);
    }

    /// An element, and what is in it.
    pub fn element(&mut self, tag: &'static str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Self)) {
        self.open(tag, attributes);
        self.out.push('>');
        inner(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        self.end(tag);
    }

    /// An element without anything in it: `<meta/>`, `<rect/>`.
    pub fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.open(tag, attributes);
        self.out.push_str("/>");
        self.end(tag);
    }

    fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.text(value);
            self.out.push('"');
        }
    }

    fn end(&mut self, tag: &str) {
        if LINES.contains(&tag) || matches!(tag, "meta" | "link") {
            self.out.push('\n');
        }
    }

    /// Text: nothing in it is markup, and nothing of it is hidden. Attributes stand in double quotes, so that others need no
    /// escape.
    pub fn text(&mut self, text: &str) {
        for c in clean(text).chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                c => self.out.push(c),
            }
        }
    }

    /// Words of ours.
    pub fn say(&mut self, label: Label) {
        self.text(label.text(self.lang));
    }

    /// Text of a payload, or a name of a file: without secrets, apart from the direction and the language of what stands
    /// around it.
    pub fn payload(&mut self, text: &str) {
        let shown = clean(&self.secrets.hide(text)).into_owned();
        self.element("bdi", &[("translate", "no")], |page| page.text(&clip(&shown, LONGEST)));
    }

    /// An element with words of ours in it.
    pub fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.element(tag, attributes, |page| page.text(text));
    }

    /// Style sheets are the one text that has no escapes.
    pub fn style(&mut self, sheet: &'static str) {
        self.out.push_str("<style>");
        self.out.push_str(sheet);
        self.out.push_str("</style>\n");
    }

    /// A part of the page that can be jumped to.
    pub fn section(&mut self, id: &'static str, title: Label, inner: impl FnOnce(&mut Self)) {
        self.sections.push((id, title));
        let heading = format!("{id}-title");
        self.element("section", &[("id", id), ("aria-labelledby", &heading)], |page| {
            page.leaf("h2", &[("id", &heading)], title.text(page.lang));
            inner(page);
        });
    }

    /// A table: its columns, each with its class, and its rows.
    pub fn table(&mut self, class: &str, columns: &[(&str, &str)], rows: impl FnOnce(&mut Self)) {
        self.element("table", &[("class", class)], |page| {
            page.element("thead", PLAIN, |page| {
                page.element("tr", PLAIN, |page| {
                    for (title, class) in columns {
                        page.leaf("th", &[("scope", "col"), ("class", class)], title);
                    }
                });
            });
            page.element("tbody", PLAIN, rows);
        });
    }

    /// A cell with a number.
    pub fn number(&mut self, text: &str) {
        self.leaf("td", &[("class", "number")], text);
    }

    /// What scrolls by itself where the page is too narrow for it, by keys too.
    pub fn scroll(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        let attributes = [("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", name)];
        self.element("div", &attributes, inner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup_and_hides_nothing() {
        let secrets = Secrets::new(["hunter2-hunter2"]);
        let mut page = Markup::new(&secrets, Lang::En);
        page.element("p", &[("title", "a\" onload='x' <b>&lt;\u{202e}")], |page| {
            page.payload("</p><script>&\u{7}hunter2-hunter2");
        });
        assert_eq!(
            page.finish(),
            "<p title=\"a&quot; onload='x' &lt;b&gt;&amp;lt;\\u{202e}\">\
             <bdi translate=\"no\">&lt;/p&gt;&lt;script&gt;&amp;\\u{7}hunt....</bdi></p>\n"
        );
    }

    #[test]
    fn long_text_is_cut() {
        let secrets = Secrets::default();
        let mut page = Markup::new(&secrets, Lang::En);
        page.payload(&"x".repeat(1 << 20));
        assert!(page.finish().len() < 200);
    }
}
