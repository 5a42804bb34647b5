//! Values as the languages write them, with quotes around texts, so that they can be read without a guess:
//!
//! - Python: `{'schema': '2.0', 'is_wifi': True, 'list': [('a', b'b')]}`
//! - Node: `{ schema: '2.0', [Symbol(raw)]: '..', header: EventHeader { .. } }`
//! - the mongo shell: `{ "_id" : ObjectId(".."), "n" : NumberLong("1") }`
//! - people: JSON with `// comments`, `# comments` and full-width punctuation
//! - Ruby, Perl, Elixir: `{"schema"=>"2.0", :key=>nil}`, `$VAR1 = { 'schema' => '2.0' }`
//! - PHP: `array ( 'schema' => '2.0', )`, `['schema' => '2.0']`
//! - Rust: `Object {"schema": String("2.0"), "n": Number(1), "list": Array []}`
//! - Go: `map[string]interface {}{"schema":"2.0", "list":[]interface {}{}}`

mod brackets;
mod calls;
mod go;
mod reader;
mod space;
#[cfg(test)]
mod tests;
mod text;

use crate::container::FormInfo;
use crate::container::notation::scan::{Extent, scan};
use crate::origin::Step;

use crate::container::undo::languages::{self, Language, Loss};
use crate::container::undo::{Passage, Undone};
use reader::{Marks, Reader, Stop};

/// So many places are tried at which the value may begin.
const TRIES: usize = 8;

/// Makes JSON of the value around the trace.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, broken, .. } = *passage;
    let begun = broken.map(|(start, _)| start);
    if let Some(undone) = begun.and_then(|start| read(passage, start, &mut 0)) {
        return undone;
    }
    let mut from = 0;
    for _ in 0..TRIES {
        let mut places = (from..text.len().min(at + 1)).filter_map(|bracket| opening(text, bracket));
        let Some(start) = places.next() else { break };
        from = start + 1;
        if Some(start) == begun {
            continue;
        }
        if let Some(undone) = read(passage, start, &mut from) {
            return undone;
        }
    }
    Undone::No
}

/// Reads the value that begins at `start`. `None` where it is none, or does not reach the trace: `from` is where
/// the next may begin.
fn read(passage: &Passage<'_>, start: usize, from: &mut usize) -> Option<Undone> {
    let Passage { text, at, last, most, .. } = *passage;
    let mut reader = Reader::new(text, start, most, last);
    let read = reader.document();
    let language = language(&reader.marks, text[start]);
    let end = match read {
        Ok(()) => reader.at,
        Err(Stop::Cut(end)) => start + text[start..end].trim_ascii_end().len(),
        Err(Stop::More) => return is_begun(text, start).then_some(Undone::More),
        Err(Stop::TooLarge) => return Some(Undone::TooLarge(start..reader.at.max(at + 1))),
        Err(Stop::Broken(_)) if !is_begun(text, start) => return None,
        // A path where a value should be is an expression: `jq '{type: .header.event_type}'`.
        Err(Stop::Broken(_)) if matches!(text[reader.at..], [b'.', b'a'..=b'z' | b'A'..=b'Z' | b'_', ..]) => {
            return None;
        }
        // What is not told from code is not told to be a dump.
        Err(Stop::Broken(_)) if reader.marks.other => return None,
        Err(Stop::Broken(_)) => return lost(passage, &reader, language?.lost(Loss::Unknown), start),
        Err(Stop::Lost(loss)) => {
            let language = language.unwrap_or(match loss {
                Loss::Shortened => &languages::ABRIDGED,
                _ => &languages::OTHER,
            });
            return lost(passage, &reader, language.lost(loss), start);
        }
    };
    if end <= at {
        *from = end.max(start + 1);
        return None;
    }
    let language = language?;
    let Marks { capital, single, node, rust, go, .. } = reader.marks;
    if capital && !(single || node || rust || go) {
        return Some(Undone::Lost { span: start..end, about: &languages::GO_STRUCT });
    }
    Some(Undone::Made {
        span: start..end,
        plain: reader.out,
        step: Step::Rewritten,
        about: Some(&language.read),
    })
}

/// A value that cannot be read reaches to the bracket that closes it.
fn lost(
    passage: &Passage<'_>,
    reader: &Reader<'_>,
    about: &'static FormInfo,
    start: usize,
) -> Option<Undone> {
    let Passage { text, at, last, .. } = *passage;
    let line = match passage.line_end(reader.at) {
        Some(end) => end,
        None => return Some(Undone::More),
    };
    let end = match text[start] {
        b'{' | b'[' => match scan(&text[start..], last).extent {
            Extent::Whole(length) | Extent::Cut(length) => start + length,
            Extent::Open if !last => return Some(Undone::More),
            Extent::Open => line,
        },
        _ => line,
    };
    (end > at).then_some(Undone::Lost { span: start..end, about })
}

/// The language of what has these marks and this first byte; `None` where it is JSON, or JSON with a slip.
fn language(marks: &Marks, first: u8) -> Option<&'static Language> {
    Some(match marks {
        Marks { rust: true, .. } => &languages::RUST,
        Marks { go: true, .. } => &languages::GO,
        Marks { mongo: true, .. } => &languages::MONGO,
        Marks { php: true, .. } => &languages::PHP,
        Marks { other: true, .. } => &languages::OTHER,
        Marks { arrow: true, .. } if first == b'[' => &languages::PHP,
        Marks { arrow: true, single: true, .. } => &languages::PERL,
        Marks { arrow: true, .. } => &languages::RUBY,
        Marks { node: true, .. } | Marks { bare: true, .. } => &languages::NODE,
        // Python writes neither: somebody put its word into JSON, and whether it is right there is not known.
        Marks { python: true, json: true, single: false, .. } => return None,
        Marks { python: true, .. } | Marks { single: true, .. } => &languages::PYTHON,
        Marks { annotated: true, .. } => &languages::COMMENTED,
        Marks { named: true, .. } => &languages::OTHER,
        _ => return None,
    })
}

/// Where the value begins whose first bracket this may be.
fn opening(text: &[u8], bracket: usize) -> Option<usize> {
    if !matches!(text[bracket], b'{' | b'[' | b'(') || !is_begun(text, bracket) {
        return None;
    }
    if text[bracket] != b'(' {
        return Some(bracket);
    }
    let before = text[..bracket].trim_ascii_end();
    let names = [&b"array"[..], b"OrderedDict"];
    names.iter().find(|name| before.ends_with(name)).map(|name| before.len() - name.len())
}

/// Whether a key, and what stands between it and its value, follow the bracket (or brackets) here.
fn is_begun(text: &[u8], bracket: usize) -> bool {
    let head = &text[bracket..text.len().min(bracket + 256)];
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-$.".contains(byte) || *byte >= 0x80;
    let word = head.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let mut rest = &head[word..];
    let mut brackets = 0;
    loop {
        match rest.first() {
            Some(byte) if byte.is_ascii_whitespace() => rest = &rest[1..],
            Some(byte) if b"{[(:%".contains(byte) && brackets < 8 => {
                brackets += 1;
                rest = &rest[1..];
            }
            Some(0x80..) if space::blank(rest) > 0 => rest = &rest[space::blank(rest)..],
            _ => break,
        }
    }
    // What stands above the first member or before it.
    let before: [&[u8]; 5] = [b"//", b"/*", b"#", b"Symbol(", b"string) "];
    if before.iter().any(|sign| rest.starts_with(sign)) {
        return true;
    }
    let quoted = rest.first().is_some_and(|first| b"\"'`".contains(first));
    let rest = &rest[usize::from(quoted)..];
    let length = rest.iter().take_while(|byte| name(byte)).count();
    let rest = &rest[length..];
    let rest = if quoted { rest.get(1..).unwrap_or_default() } else { rest };
    let tight = rest.first();
    let rest = rest.trim_ascii_start();
    // Code, which declares something.
    if rest.starts_with(b":=") {
        return false;
    }
    let separators = [&b":"[..], b"=>", b"= ", "：".as_bytes(), b"]=>", b"] ="];
    length > 0
        && (separators.iter().any(|sign| rest.starts_with(sign))
            || quoted && tight == Some(&b',')
            || rest.is_empty())
}
