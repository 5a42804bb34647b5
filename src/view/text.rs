//! Texts of a payload, safe to show: without their secrets, without what drives a terminal, and no longer than there is
//! room for.

use crate::json::rewrite::compact;
use crate::json::{TokenKind, unescape};
use crate::terminal::sanitize;

use super::hidden::Hidden;
use super::members::{Value, cut};
use super::value::ValueWriter;

/// How far beyond what is shown secrets are looked for: one that is cut would not be known.
const BEYOND: usize = 4096;

impl ValueWriter {
    /// Appends a string as its text and anything else as its JSON, safe to show.
    pub fn plain(&self, value: Value<'_>, out: &mut String) {
        match value.kind {
            TokenKind::String { escaped } => self.text(&value.raw[1..value.raw.len() - 1], escaped, out),
            // In a cell the lines of a document that is laid out are none.
            TokenKind::Array | TokenKind::Object if memchr::memchr(b'\n', value.raw).is_some() => {
                let mut json = Vec::with_capacity(value.raw.len());
                compact(value.raw, &mut json);
                self.text(&json, false, out);
            }
            _ => self.text(value.raw, false, out),
        }
    }

    /// Appends a value as its JSON, safe to show.
    pub fn json(&self, value: Value<'_>, out: &mut String) {
        self.text(value.raw, false, out);
    }

    pub(super) fn text(&self, bytes: &[u8], escaped: bool, out: &mut String) {
        if let Some(hidden) = &self.hidden {
            return self.hide(hidden, bytes, escaped, out);
        }
        self.shown(bytes, escaped, (bytes.len() > self.most).then_some(bytes.len()), out);
    }

    /// Appends a text without its secrets.
    #[cold]
    fn hide(&self, hidden: &Hidden, bytes: &[u8], escaped: bool, out: &mut String) {
        let near = &bytes[..cut(bytes, self.most.saturating_add(BEYOND))];
        let text = hidden.secrets.hide_bytes(near);
        let cut = near.len() < bytes.len() || text.len() > self.most;
        self.shown(&text, escaped, cut.then_some(bytes.len()), out);
    }

    /// Appends a text of which so much is shown as there is room for. `cut_of` is its whole length where that is not all.
    #[inline(always)]
    fn shown(&self, bytes: &[u8], escaped: bool, cut_of: Option<usize>, out: &mut String) {
        let shown = &bytes[..cut(bytes, self.most)];
        let start = out.len();
        if escaped {
            sanitize::push_clean(&unescape(shown), out)
        } else {
            sanitize::push_clean_bytes(shown, out)
        }
        // Spaces around a text are seen by nobody, and an ID with one is another ID.
        if out[start..].starts_with(char::is_whitespace) || out[start..].ends_with(char::is_whitespace) {
            out.insert(start, '"');
            out.push('"');
        }
        if let Some(length) = cut_of {
            self.cut.set(true);
            out.push_str(&format!("{} ({length} bytes)", sanitize::ELLIPSIS));
        }
    }

    /// JSON in text: the content of a message as people read it, all else as it stands.
    pub(super) fn json_text(&mut self, value: Value<'_>, out: &mut String) {
        match self.unpacked(value) {
            Some(text) => self.paragraphs(&text, out),
            None => self.plain(value, out),
        }
    }

    /// Appends a text of several lines, which a cell has in one.
    pub(super) fn paragraphs(&self, text: &str, out: &mut String) {
        let bytes = text.as_bytes();
        let near = &bytes[..cut(bytes, self.most.saturating_add(BEYOND))];
        let near = self.hidden.as_ref().map_or(near.into(), |hidden| hidden.secrets.hide_bytes(near));
        let shown = String::from_utf8_lossy(&near[..cut(&near, self.most)]);
        for (number, line) in shown.trim_end().split('\n').enumerate() {
            if number > 0 {
                out.push_str(if self.roomy { "\n" } else { " " });
            }
            sanitize::push_clean(line.trim_end(), out);
        }
        if bytes.len() > self.most {
            self.cut.set(true);
            out.push_str(&format!("{} ({} bytes)", sanitize::ELLIPSIS, bytes.len()));
        }
    }
}
