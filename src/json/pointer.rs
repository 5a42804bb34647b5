//! JSON pointers (RFC 6901), built from the way the walk took, and only when somebody asks.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::unescape;

/// Bytes of most ways, for which room is made at once.
const SHORT: usize = 32;

/// One step of a way into a document.
#[derive(Clone, Copy, Debug)]
pub enum Segment<'p> {
    /// The document itself: no step.
    Root,
    /// A key as it is known.
    Key(&'p str),
    /// A key as it stands in the text, without its quotes, still escaped.
    Raw(&'p [u8]),
    /// An item of an array, from 0.
    Index(usize),
}

/// A way into a document: a list that lives on the stack of the walk, so that a clean document pays nothing for it.
#[derive(Clone, Copy, Debug)]
pub struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    segment: Segment<'p>,
}

impl<'p> Path<'p> {
    /// The document itself.
    pub const ROOT: Path<'static> = Path { parent: None, segment: Segment::Root };

    /// One step further.
    #[inline(always)]
    pub fn child(&'p self, segment: Segment<'p>) -> Path<'p> {
        Path { parent: Some(self), segment }
    }

    /// The pointer, with `~` and `/` in keys escaped: `/event/photo_urls/0`.
    pub fn pointer(&self) -> String {
        let mut pointer = String::with_capacity(SHORT);
        self.write(&mut pointer, |segment, pointer| match segment {
            Segment::Root => {}
            Segment::Key(key) => push_key(key, pointer),
            Segment::Raw(raw) => push_key(&unescape(raw), pointer),
            Segment::Index(index) => push_index('/', index, "", pointer),
        });
        pointer
    }

    /// The way as people write it: `event.photo_urls[0]`.
    pub fn dotted(&self) -> String {
        let mut dotted = String::with_capacity(SHORT);
        self.write(&mut dotted, |segment, dotted| {
            let key = match segment {
                Segment::Root => return,
                Segment::Index(index) => return push_index('[', index, "]", dotted),
                Segment::Key(key) => Cow::Borrowed(key),
                Segment::Raw(raw) => unescape(raw),
            };
            if !dotted.is_empty() {
                dotted.push('.');
            }
            dotted.push_str(&key);
        });
        dotted
    }

    /// Writes step by step, the first one first. At most one frame for each open bracket, and those are limited.
    fn write(&self, out: &mut String, push: fn(Segment<'_>, &mut String)) {
        if let Some(parent) = self.parent {
            parent.write(out, push);
        }
        push(self.segment, out);
    }
}

fn push_index(before: char, index: usize, after: &str, out: &mut String) {
    let _ = write!(out, "{before}{index}{after}");
}

fn push_key(key: &str, pointer: &mut String) {
    pointer.push('/');
    // Nearly every key is written as it is.
    if !key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        return pointer.push_str(key);
    }
    for c in key.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_the_ones_serde_json_follows() {
        let document = serde_json::json!({"a/b": {"~": [0, {"x\ny": true}]}});
        let a = Path::ROOT.child(Segment::Raw(br"a\/b"));
        let b = a.child(Segment::Key("~"));
        let c = b.child(Segment::Index(1));
        let d = c.child(Segment::Raw(br"x\ny"));
        assert_eq!(d.pointer(), "/a~1b/~0/1/x\ny");
        assert_eq!(document.pointer(&d.pointer()), Some(&serde_json::json!(true)));
        assert_eq!(d.dotted(), "a/b.~[1].x\ny");
        assert_eq!(Path::ROOT.pointer(), "");
    }
}
