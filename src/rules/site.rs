//! A value that is judged, and the ways to tell of it.

use crate::catalog::{Field, Kind};
use crate::finding::{Rule, Severity, Sink, Span, Words};
use crate::json::{Path, Segment, TokenKind, Unescaped, unescape};
use crate::lang::{Lang, say};
use crate::time::Zone;

/// A value of a known field, for the rules that judge it. The way to it is put together only for a finding.
#[derive(Clone, Copy)]
pub struct Site<'s> {
    /// The text of the document.
    pub text: &'s [u8],
    /// The first byte of the value.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The way to the object (or list) that holds it.
    pub parent: &'s Path<'s>,
    /// Its last step.
    pub segment: Segment<'s>,
    /// What it should hold: the field's kind, or that of the items of a list.
    pub kind: Kind,
    /// What else the catalogue says of the field.
    pub field: &'static Field,
    /// Whether it has a slot: what it says beside other values is judged when the document is whole.
    pub slotted: bool,
    /// The zone in which messages say times.
    pub zone: Zone,
}

impl<'s> Site<'s> {
    /// The bytes of the value, quotes and all.
    pub fn raw(&self) -> &'s [u8] {
        &self.text[self.start..self.end]
    }

    /// The bytes between the quotes of a string.
    #[inline(always)]
    pub fn body(&self) -> &'s [u8] {
        &self.text[self.start + 1..self.end - 1]
    }

    /// The number that a JSON integer writes, if it fits 64 bits.
    pub fn integer(&self) -> Option<i64> {
        std::str::from_utf8(self.raw()).ok()?.parse().ok()
    }

    /// The name for messages, in backticks: `` `event.check_time` ``.
    pub fn name(&self) -> String {
        format!("`{}`", self.parent.child(self.segment).dotted())
    }

    /// Reports with the rule's own severity.
    #[cold]
    #[inline(never)]
    pub fn report(&self, rule: &'static Rule, sink: &mut impl Sink, words: impl Fn(Lang) -> Words) {
        self.report_as(rule, rule.severity, sink, words);
    }

    /// Reports with another severity.
    #[cold]
    #[inline(never)]
    pub fn report_as(
        &self,
        rule: &'static Rule,
        severity: Severity,
        sink: &mut impl Sink,
        words: impl Fn(Lang) -> Words,
    ) {
        sink.report(rule.at(self.span(), &self.parent.child(self.segment)).weighing(severity), words);
    }

    /// The value as messages quote it: shortened, and a secret masked.
    pub(crate) fn quoted(&self, lang: Lang) -> String {
        match self.field.secret {
            true => say!(lang, "（密钥，不显示）", "(a secret, not shown)"),
            false => quoted(self.raw()),
        }
    }

    /// The value in words: its type and, where it is short and no secret, what it is.
    pub(crate) fn described(&self, kind: TokenKind, lang: Lang) -> String {
        let value = self.quoted(lang);
        match kind {
            TokenKind::Object | TokenKind::Array | TokenKind::Null => kind.name().text(lang).to_owned(),
            TokenKind::String { .. } if self.end - self.start == 2 => {
                say!(lang, "空字符串", "an empty string")
            }
            TokenKind::String { .. } => say!(lang, "字符串 {value}", "the string {value}"),
            TokenKind::Number { .. } => say!(lang, "数字 {value}", "the number {value}"),
            TokenKind::Bool(_) => say!(lang, "布尔值 {value}", "{value}"),
        }
    }

    /// The bytes of the value as a range.
    pub fn span(&self) -> Span {
        self.start..self.end
    }
}

/// A value as messages quote it: its JSON, shortened.
pub(crate) fn quoted(raw: &[u8]) -> String {
    const MOST: usize = 48;
    let text = String::from_utf8_lossy(&raw[..raw.len().min(4 * MOST)]);
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < raw.len() {
        // What begins with a quote ends with one, also where the sentence goes on after it.
        short.push_str(if raw[0] == b'"' { "..\"" } else { ".." });
    }
    short
}

/// The text of a string value given with its quotes.
pub(crate) fn string_text(raw: &[u8]) -> Unescaped<'_> {
    unescape(raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_quoted_in_part() {
        let (string, number) = (format!("\"{}\"", "浙".repeat(60)), "9".repeat(60));
        assert_eq!(quoted(string.as_bytes()), format!("\"{}..\"", "浙".repeat(47)));
        assert_eq!(quoted(number.as_bytes()), format!("{}..", "9".repeat(48)));
        assert_eq!(quoted(b"\"\""), "\"\"");
        assert_eq!(quoted(b""), "");
    }
}
