//! The punctuation of the notations.

use crate::container::undo::languages::{DART_MAP, GO_MAP, JAVA_MAP, Language, PRINT_R};

/// Reads the key at the start of a text, and says how long it is with what stands between it and its value.
type KeyAt = fn(&[u8]) -> Option<(&[u8], usize)>;

/// How a notation is written.
#[derive(Debug)]
pub(super) struct Style {
    pub language: &'static Language,
    /// The length of what opens an object.
    pub object: fn(&[u8]) -> Option<usize>,
    /// What opens a list; `None` where it is written as an object.
    pub list: Option<u8>,
    /// The key here, and its length with what stands between it and its value.
    pub key: KeyAt,
    /// The length of what stands between two members.
    pub between: fn(&[u8]) -> Option<usize>,
    /// The length of what closes an object.
    pub close: fn(&[u8]) -> Option<usize>,
    /// What a value that is not there is written as.
    pub null: Option<&'static [u8]>,
    /// The keys of an object are in order.
    pub sorted: bool,
    /// A number that was read as a float has no more digits than these without an exponent.
    pub digits: usize,
    /// A whole float is printed with a zero behind its point.
    pub zeros: bool,
    /// It has a twin in which texts have quotes: with those it is not this one.
    pub has_quoted_twin: bool,
    /// White space between members is as it happens to be.
    pub loose: bool,
}

/// `map[event:map[comment: type:0] header:map[event_type:x] schema:2.0]`, as `fmt.Println` prints a map. Its keys are in
/// order.
pub(super) static GO: Style = Style {
    language: &GO_MAP,
    object: |rest| rest.starts_with(b"map[").then_some(4),
    list: Some(b'['),
    key: |rest| key(rest, b":"),
    between: |rest| rest.starts_with(b" ").then_some(1),
    close: |rest| rest.starts_with(b"]").then_some(1),
    null: Some(b"<nil>"),
    sorted: true,
    digits: 6,
    zeros: false,
    has_quoted_twin: false,
    loose: false,
};

/// `{schema=2.0, header={event_type=x}, event={comment=, type=0}}`, as toString of a Java Map prints it.
pub(super) static JAVA: Style = Style {
    language: &JAVA_MAP,
    object: |rest| {
        let inside = rest.strip_prefix(b"{")?;
        (inside.starts_with(b"}") || key(inside, b"=").is_some()).then_some(1)
    },
    list: Some(b'['),
    key: |rest| key(rest, b"="),
    between: |rest| rest.starts_with(b", ").then_some(2),
    close: |rest| rest.starts_with(b"}").then_some(1),
    null: Some(b"null"),
    sorted: false,
    digits: 9,
    zeros: true,
    has_quoted_twin: false,
    loose: false,
};

/// `{schema: 2.0, header: {event_type: x}, event: {comment: , type: 0}}`, as Dart prints a map, and YAML on one line. With
/// quotes around texts it is JavaScript.
pub(super) static DART: Style = Style {
    language: &DART_MAP,
    object: |rest| {
        let inside = rest.strip_prefix(b"{")?;
        (inside.starts_with(b"}") || key(inside, b": ").is_some()).then_some(1)
    },
    list: Some(b'['),
    key: |rest| key(rest, b": "),
    between: |rest| rest.starts_with(b", ").then_some(2),
    close: |rest| rest.starts_with(b"}").then_some(1),
    null: Some(b"null"),
    sorted: false,
    digits: 9,
    zeros: true,
    has_quoted_twin: true,
    loose: false,
};

/// `Array ( [schema] => 2.0 [event] => Array ( [type] => 0 ) )` over several lines, as print_r of PHP prints it, or on
/// one.
pub(super) static PHP: Style = Style {
    language: &PRINT_R,
    object: |rest| {
        let after = match rest.strip_prefix(b"Array") {
            Some(after) => after,
            None => {
                let name = rest
                    .iter()
                    .take(64)
                    .take_while(|byte| byte.is_ascii_alphanumeric() || b"_\\".contains(*byte));
                rest[name.count()..].strip_prefix(b" Object")?
            }
        };
        let blanks = after.iter().take(1024).take_while(|byte| byte.is_ascii_whitespace()).count();
        (blanks > 0 && after[blanks..].starts_with(b"(")).then(|| rest.len() - after.len() + blanks + 1)
    },
    list: None,
    key: |rest| {
        let inside = rest.strip_prefix(b"[")?;
        let name = inside.iter().take(100).take_while(|byte| is_in_key(**byte)).count();
        let after = inside[name..].strip_prefix(b"] =>")?;
        let blank = usize::from(after.starts_with(b" "));
        (name > 0).then(|| (&inside[..name], rest.len() - after.len() + blank))
    },
    between: |rest| {
        // A line feed and its indentation, or the one blank that is left of them.
        let (first, after) = rest.split_first()?;
        match first {
            b'\n' => Some(1 + after.iter().take_while(|byte| **byte == b' ').count()),
            b' ' => Some(1),
            _ => None,
        }
    },
    close: |rest| rest.starts_with(b")").then_some(1),
    null: None,
    sorted: false,
    digits: 9,
    zeros: false,
    has_quoted_twin: false,
    loose: true,
};

/// What keys are made of.
fn is_in_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_$-".contains(&byte)
}

/// A key that begins like a name, with the sign behind it.
fn key<'t>(rest: &'t [u8], sign: &[u8]) -> Option<(&'t [u8], usize)> {
    let name = rest.first().is_some_and(|first| first.is_ascii_alphabetic() || b"_$".contains(first));
    let length = rest.iter().take(100).take_while(|byte| is_in_key(**byte)).count();
    (name && rest[length..].starts_with(sign)).then(|| (&rest[..length], length + sign.len()))
}
