//! What is passed over: the rest of a document that is broken or too large, and where reading goes on after it. All of
//! it can be taken up again in the next piece of the stream.

use crate::container::resync::own_line;
use crate::steps::took;

/// What is being passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Skip {
    /// A document.
    Brackets(Brackets),
    /// Something that is no document, in an array or not.
    Noise { array: bool },
    /// A file of another kind, until a line begins with a brace.
    Lines { start: bool },
    /// A file that is no text, to its end.
    Rest,
    /// The lines of a broken document that stand by themselves: its members and closing brackets.
    Members,
}

/// Where noise ends: at the end of the line, or within an array at the next sign of it.
pub(crate) fn noise_end(text: &[u8], array: bool) -> Option<usize> {
    let end = match array {
        true => text.iter().position(|byte| matches!(byte, b',' | b']' | b'{' | b'\n')),
        false => memchr::memchr(b'\n', text),
    };
    took(end.unwrap_or(text.len()));
    end
}

/// Where the next line begins with a brace. `start` says whether the text begins at the start of a line, and is told
/// whether what follows it does.
pub(crate) fn next_brace(text: &[u8], start: &mut bool) -> Option<usize> {
    if *start && text.first() == Some(&b'{') {
        return Some(0);
    }
    *start = text.last().map_or(*start, |byte| *byte == b'\n');
    let end = memchr::memmem::find(text, b"\n{").map(|at| at + 1);
    took(end.unwrap_or(text.len()));
    end
}

/// Counts brackets to find where a broken document ends, without minding its grammar: where the first bracket is
/// closed, or where a line begins something of its own. Strings end with their line, so a lost quote costs one line.
/// Can be taken up again in the next piece of the stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Brackets {
    depth: u64,
    string: bool,
    escape: bool,
    line_start: bool,
}

/// Where counting brackets came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    /// The first bracket is closed before this byte, or the input ends.
    Close(usize),
    /// A line of its own begins at this byte.
    Line(usize),
    /// Whether the line at this byte is one of its own is known only with more of it.
    Unknown(usize),
    /// The end of the text, and of which more comes.
    End,
}

impl Brackets {
    pub fn run(&mut self, text: &[u8], mut at: usize, last: bool) -> Reached {
        while let Some(&byte) = text.get(at) {
            took(1);
            if self.line_start {
                match own_line(&text[at..], last) {
                    None => return Reached::Unknown(at),
                    Some((true, _)) => return Reached::Line(at),
                    Some((false, _)) => self.line_start = false,
                }
            }
            match (self.string, byte) {
                (true, _) if std::mem::take(&mut self.escape) && byte != b'\n' => {}
                (true, b'\\') => self.escape = true,
                (_, b'"') => self.string = !self.string,
                (_, b'\n') => (self.string, self.line_start) = (false, true),
                (false, b'{' | b'[') => self.depth += 1,
                (false, b'}' | b']') => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Reached::Close(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if last { Reached::Close(text.len()) } else { Reached::End }
    }
}
