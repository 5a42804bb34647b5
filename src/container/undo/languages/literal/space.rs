//! What stands between the parts of a value: white space, comments, line feeds.

use crate::container::resync::{own_line, own_line_in_comment};
use crate::steps::took;

use super::reader::{Reader, Stop};

impl Reader<'_> {
    /// The text from `start` to here leaves its line feeds, so that what follows stands on its line.
    pub(super) fn keep_lines(&mut self, start: usize) {
        let text = &self.text[start..self.at];
        self.out.extend(memchr::memchr_iter(b'\n', text).map(|_| b'\n'));
    }

    /// Steps over a line feed; the next line may be one of its own, which ends what is open.
    pub(super) fn line_feed(&mut self) -> Result<(), Stop> {
        let next = self.at + 1;
        match own_line(&self.text[next..], self.last) {
            None => Err(Stop::More),
            // A list of documents has the next one at the beginning of a line.
            Some((true, _)) if !self.is_item(next) => Err(Stop::Cut(next)),
            Some(_) => {
                self.at = next;
                Ok(())
            }
        }
    }

    /// Whether a brace at the beginning of a line cannot be a document of its own: a value is due.
    pub(super) fn is_item(&self, next: usize) -> bool {
        let before = self.text[..next].trim_ascii_end();
        let due = before.ends_with(b"=>") || before.ends_with(b":") || before.ends_with(b"=");
        due && self.text[next..].starts_with(b"{")
    }

    /// Steps over white space, of which JSON's is kept, and comments, of which the line feeds are.
    pub(super) fn space(&mut self) -> Result<(), Stop> {
        loop {
            let rest = self.rest();
            took(1);
            match rest.first() {
                None => return Err(self.ended()),
                Some(b'\n') => {
                    self.line_feed()?;
                    self.out.push(b'\n');
                }
                Some(&byte @ (b' ' | b'\t' | b'\r')) => {
                    self.out.push(byte);
                    self.at += 1;
                }
                Some(0xb | 0xc) => self.at += 1,
                Some(b'/') if rest.starts_with(b"//") => self.comment(),
                // An object of Ruby, or a control character as the system's log writes it, is no comment.
                Some(b'#') if !rest.starts_with(b"#<") && !is_octal(&rest[1..]) => self.comment(),
                Some(b'/') if rest.starts_with(b"/*") => self.long_comment()?,
                Some(0x80..) => match blank(rest) {
                    0 => return Ok(()),
                    length => self.at += length,
                },
                Some(_) => return Ok(()),
            }
            self.within_budget()?;
        }
    }

    /// Steps over a comment up to the end of its line.
    pub(super) fn comment(&mut self) {
        self.marks.annotated = true;
        let length = memchr::memchr(b'\n', self.rest()).unwrap_or(self.rest().len());
        took(length);
        self.at += length;
    }

    pub(super) fn long_comment(&mut self) -> Result<(), Stop> {
        self.marks.annotated = true;
        self.at += 2;
        loop {
            let rest = self.rest();
            let length = memchr::memchr2(b'*', b'\n', rest).unwrap_or(rest.len());
            took(length + 1);
            self.at += length;
            if self.eat(b"*/") {
                return Ok(());
            }
            match self.peek() {
                None => return Err(self.ended()),
                Some(b'\n') => {
                    let next = self.at + 1;
                    match own_line_in_comment(&self.text[next..], self.last) {
                        None => return Err(Stop::More),
                        Some((true, _)) => return Err(Stop::Cut(next)),
                        Some(_) => self.at = next,
                    }
                    self.out.push(b'\n');
                }
                Some(_) => self.at += 1,
            }
        }
    }
}

/// Whether three digits of a number to the base of eight stand here.
fn is_octal(rest: &[u8]) -> bool {
    rest.get(..3).is_some_and(|digits| digits.iter().all(|digit| (b'0'..b'8').contains(digit)))
}

/// The length of a blank that is not ASCII at the start of `rest`, or 0.
pub(super) fn blank(rest: &[u8]) -> usize {
    let head = &rest[..rest.len().min(4)];
    let whole = match str::from_utf8(head) {
        Ok(whole) => whole,
        Err(error) => str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
    };
    let first = whole.chars().next();
    first.filter(|first| first.is_whitespace() || *first == '\u{feff}').map_or(0, char::len_utf8)
}
