//! Cuts sources into pieces for the workers: large reads, cut where a document probably begins. A cut in the wrong
//! place costs time, never truth: see [`crate::stream::assemble`].

use std::io::{self, Read};

use crate::cli::interrupt;
use crate::json::{Cursor, Place};
use crate::lang::Label;
use crate::stream::assemble::Piece;
use crate::stream::frame::{Between, State};

use super::decode::{Open, open, read_whole};
use super::source::{Source, is_packed};

/// How much is read at once: small enough to stay in a core's cache from the read to the last byte of output.
pub const CHUNK: usize = 512 << 10;

/// Files up to here are read by the worker itself, whole.
const SMALL: u64 = 256 << 10;

/// Something for a worker to do. Tasks are numbered in the order of the input.
pub struct Task {
    /// From 0.
    pub number: u64,
    /// Which source, and whether the task begins it.
    pub source: usize,
    /// What to do.
    pub work: Work,
}

/// What to do for a task.
pub enum Work {
    /// Open a small file and read it whole.
    Whole,
    /// A source was opened.
    Begin {
        /// What was recognised.
        layers: Vec<Label>,
    },
    /// Judge a piece, and say why there are no more if the source could not be read to its end.
    Piece(Piece, Option<io::Error>),
    /// A source could not be opened.
    Failed(io::Error),
}

/// Reads sources one after another.
pub struct Feeder<'s> {
    sources: &'s [Source],
    next: usize,
    number: u64,
    chunk: usize,
    /// The size of the largest document.
    document: usize,
    current: Option<Stream>,
    spare: Vec<Vec<u8>>,
}

/// A source that is read piece by piece.
pub struct Stream {
    open: Open,
    place: Place,
    carry: Vec<u8>,
    guess: Option<State>,
    json: bool,
    cutter: Option<Cutter>,
}

impl<'s> Feeder<'s> {
    /// A feeder of these sources, in pieces of about `chunk` bytes. `document` is the size of the largest document.
    pub fn new(sources: &'s [Source], chunk: usize, document: usize) -> Feeder<'s> {
        Feeder { sources, next: 0, number: 0, chunk, document, current: None, spare: Vec::new() }
    }

    /// Takes back the memory of a piece.
    pub fn recycle(&mut self, memory: Vec<u8>) {
        // One odd giant is not kept for ever.
        if memory.capacity() <= 4 * self.chunk {
            self.spare.push(memory);
        }
    }

    fn task(&mut self, source: usize, work: Work) -> Option<Task> {
        let number = self.number;
        self.number += 1;
        Some(Task { number, source, work })
    }

    /// The next task; `None` when everything has been read.
    pub fn next(&mut self) -> Option<Task> {
        let Some(stream) = &mut self.current else {
            let at = self.next;
            // Whoever interrupts a run does not want the next one instead.
            if interrupt::caught().is_some() {
                return None;
            }
            let source = self.sources.get(at)?;
            self.next += 1;
            // What is packed may be small and large.
            let packed = source.path().is_some_and(is_packed);
            if source.length.is_some_and(|length| length <= SMALL) && !packed {
                return self.task(at, Work::Whole);
            }
            return match Stream::open(source, self.document) {
                Ok(stream) => {
                    let layers = stream.layers();
                    self.current = Some(stream);
                    self.task(at, Work::Begin { layers })
                }
                Err(error) => self.task(at, Work::Failed(error)),
            };
        };
        let memory = self.spare.pop().unwrap_or_default();
        let (piece, error) = stream.piece(memory, self.chunk);
        if piece.last {
            self.current = None;
        }
        self.task(self.next - 1, Work::Piece(piece, error))
    }
}

impl Stream {
    /// Opens a source. `document` is the size of the largest document.
    pub fn open(source: &Source, document: usize) -> io::Result<Stream> {
        let (open, guess) = (open(source, document)?, Some(State::default()));
        let json = source.promises_json();
        Ok(Stream { open, place: Place::START, carry: Vec::new(), guess, json, cutter: None })
    }

    /// What was recognised around its text.
    pub fn layers(&self) -> Vec<Label> {
        self.open.layers.clone()
    }

    /// The next piece. After an error there is no more, and what was read before it is the last.
    ///
    /// `text` is memory of an earlier piece, with that in it: overwriting is cheaper than making it anew.
    pub fn piece(&mut self, mut text: Vec<u8>, chunk: usize) -> (Piece, Option<io::Error>) {
        const LIVE: usize = 64 << 10;
        let carried = self.carry.len();
        let room = carried + if self.open.live { LIVE } else { chunk };
        if text.capacity() < room {
            // The system has memory that is zero. The next piece may begin with more that is left of this one.
            text = vec![0; room + room / 8];
        }
        text.resize(room, 0);
        text[..carried].copy_from_slice(&self.carry);
        self.carry.clear();
        let mut end = carried;
        let read = loop {
            match self.open.reader.read(&mut text[end..]) {
                Ok(0) => break Ok(false),
                Ok(count) => end += count,
                Err(error) => break Err(error),
            }
            // Of a live source, what is there is enough.
            if self.open.live || end == text.len() {
                break Ok(true);
            }
        };
        text.truncate(end);
        let (last, error) = match read {
            Ok(more) => (!more, None),
            // What was being written when it was interrupted is no fault of whoever wrote it.
            Err(error) if interrupt::caught().is_some() => {
                if !matches!(text.trim_ascii_end(), [.., b'}' | b']']) {
                    text.truncate(memchr::memrchr(b'\n', &text).map_or(0, |end| end + 1));
                }
                (true, Some(error))
            }
            Err(error) => (true, Some(error)),
        };
        let guess = self.guess.take();
        if !last {
            let cutter = self.cutter.get_or_insert_with(|| Cutter::learn(&text));
            let cut = cutter.cut(&text, self.open.live);
            self.guess = cut.map(|_| State::guess(cutter.between));
            self.carry.extend_from_slice(&text[cut.unwrap_or(text.len())..]);
            text.truncate(cut.unwrap_or(text.len()));
        }
        let place = self.place;
        self.place = place.after(&text);
        (Piece { text, place, guess, last, json: self.json }, error)
    }
}

/// What was recognised around a text, the text, and why there is no more of it.
pub type WholePiece = (Vec<Label>, Piece, Option<io::Error>);

/// A whole small file as one piece; `None` if it is packed, and to be read as a [`Stream`].
pub fn whole(source: &Source, document: usize) -> io::Result<Option<WholePiece>> {
    let whole = read_whole(source, document)?;
    Ok(whole.map(|(layers, text, error)| {
        let piece = Piece {
            text,
            place: Place::START,
            guess: Some(State::default()),
            last: true,
            json: source.promises_json(),
        };
        (layers, piece, error)
    }))
}

/// Knows how the documents of a stream begin, and finds the last beginning in a piece.
struct Cutter {
    between: Between,
    /// The opening of the first document with its first key, as it is written: `{"schema"`. Within a JSON text it
    /// can only be the beginning of an object, because in a string the quote would be escaped.
    opening: Vec<u8>,
    /// What the first line of a text begins with that begins with no JSON: a date, a level, the method of a request. The
    /// next record of a log mostly begins so, and nothing within one does.
    line: Vec<u8>,
}

/// So many bytes of a line tell what begins a record.
const LINE: usize = 4;

impl Cutter {
    fn learn(text: &[u8]) -> Cutter {
        let mut cursor = Cursor::new(text, 0);
        let array = cursor.space() == Some(b'[');
        if array {
            cursor.at += 1;
            cursor.space();
        }
        let start = cursor.at;
        let key = (cursor.peek() == Some(b'{')).then(|| {
            cursor.at += 1;
            cursor.key().map(|key| key.end)
        });
        let opening = match key {
            Some(Ok(end)) => text[start..end].to_vec(),
            _ => Vec::new(),
        };
        let line = match text.get(start..start + LINE) {
            Some(line) if !array && line[0] != b'{' && !line.contains(&b'\n') => line.to_vec(),
            _ => Vec::new(),
        };
        Cutter { between: if array { Between::Item } else { Between::Documents }, opening, line }
    }

    /// Where to cut so that a document begins after the cut; never at 0, which would make no progress.
    fn cut(&self, text: &[u8], live: bool) -> Option<usize> {
        let top = self.between == Between::Documents;
        // A live stream that pauses after a line has probably said all there is.
        if live && top && text.last() == Some(&b'\n') {
            return Some(text.len());
        }
        // A search backwards for both bytes looks at one byte at a time.
        let starts = || memchr::memrchr_iter(b'\n', text).map(|feed| feed + 1);
        let begins = |mark: &[u8]| starts().find(|at| text[*at..].starts_with(mark));
        // A pipe is not read ahead, and what is there of a record may belong to the lines before it.
        let like_first = || begins(&self.line).filter(|_| !live && !self.line.is_empty());
        let line = || like_first().or_else(|| begins(b"{"));
        let opening = || memchr::memmem::rfind(text, &self.opening).filter(|_| !self.opening.is_empty());
        let cut = if top { line().or_else(opening) } else { opening() };
        cut.filter(|at| *at > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_fall_where_documents_begin() {
        for (text, between, rest) in [
            ("{\"a\":1}\n{\"a\":2}\n{\"a\"", Between::Documents, "{\"a\""),
            ("{\"a\":1}{\"a\":2}{\"b\"", Between::Documents, "{\"a\":2}{\"b\""),
            ("[{\"a\":{\"b\":1}},{\"a\":2},", Between::Item, "{\"a\":2},"),
            ("2026-01 a\n{\"b\":1}\n2026-02 c\nd", Between::Documents, "2026-02 c\nd"),
            ("POST / H\n\n{\"a\":1}\nPOST / H\n\n{\"a\"", Between::Documents, "POST / H\n\n{\"a\""),
            ("once\n{\"a\":1}\n{\"a\"", Between::Documents, "{\"a\""),
            ("[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2", Between::Item, "{\n    \"a\": 2"),
        ] {
            let cutter = Cutter::learn(text.as_bytes());
            assert_eq!(cutter.between, between, "{text}");
            let cut = cutter.cut(text.as_bytes(), false).unwrap();
            assert_eq!(&text[cut..], rest, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_cut_is_left_whole() {
        for text in ["", "{\"a\":1}", "garbage", "[1,2", "[", "{", "{\"unfinished"] {
            assert_eq!(Cutter::learn(text.as_bytes()).cut(text.as_bytes(), false), None, "{text}");
        }
    }
}
