//! Types, as Go prints them before values: `map[string]interface {}{..}` in `%#v`, `(string) (len=3) "2.0"` in a dump.

use super::reader::{Keep, Reader, Stop};

impl Reader<'_> {
    /// Whether what stands after so many bytes is a type of Go with its opening brace: `interface {}{`, `string{`.
    pub(super) fn type_before_brace(&self, skip: usize) -> bool {
        let rest = &self.rest()[skip..];
        let word = rest
            .iter()
            .take(64)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"_.[]*".contains(*byte))
            .count();
        let rest = &rest[word..];
        word > 0
            && (rest.starts_with(b" {}{")
                || rest.starts_with(b" {}(nil)")
                || rest.starts_with(b"{")
                || rest.starts_with(b"(nil)"))
    }

    /// A value of Go behind its type.
    pub(super) fn typed(&mut self, skip: usize, depth: usize) -> Result<Keep, Stop> {
        self.marks.go = true;
        let list = self.rest().starts_with(b"[]");
        self.at += skip;
        self.take(|byte| byte.is_ascii_alphanumeric() || b"_.[]*".contains(&byte));
        self.eat(b" {}");
        if self.eat(b"(nil)") {
            self.out.extend_from_slice(b"null");
        } else {
            self.container(depth, list)?;
        }
        Ok(Keep::Yes)
    }

    /// Steps over the type and length that dumps of Go have before each key and value: `(string) (len=3) `. Says whether
    /// the type is that of a list.
    pub(super) fn skip_type(&mut self) -> Option<bool> {
        let rest = self.rest();
        let name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_.[]{}* ".contains(*byte);
        let kind = rest.get(1..)?.iter().take(100).take_while(name).count();
        let length = rest[1 + kind..].strip_prefix(b") ")?;
        let sized = length.strip_prefix(b"(len=").map(|sized| {
            let digits = sized
                .iter()
                .take(40)
                .take_while(|byte| byte.is_ascii_alphanumeric() || b" =".contains(*byte));
            sized[digits.count()..].strip_prefix(b") ")
        });
        let value = sized.unwrap_or(Some(length))?;
        let first = *value.first()?;
        let is_type =
            rest[1..].first().is_some_and(|first| first.is_ascii_lowercase() || b"[*".contains(first));
        if !is_type || !(first.is_ascii_alphanumeric() || b"\"{<-".contains(&first)) {
            return None;
        }
        self.at += rest.len() - value.len();
        self.marks.go = true;
        Some(rest.starts_with(b"([]"))
    }

    /// The value behind such a type.
    pub(super) fn value_of_type(&mut self, list: bool, depth: usize) -> Result<Keep, Stop> {
        match self.peek() {
            Some(b'{') => self.container(depth, list)?,
            Some(b'<') if self.eat(b"<nil>") => self.out.extend_from_slice(b"null"),
            _ => return self.value(depth + 1),
        }
        Ok(Keep::Yes)
    }
}
