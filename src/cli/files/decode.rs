//! From a source to UTF-8 bytes: gzip and zstd are recognised by their first bytes and unpacked, UTF-16 is
//! transcoded, a byte order mark is passed over. The name of a file says nothing.

use std::fs::File;
use std::io::{self, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use crate::cli::interrupt::Live;
use crate::lang::{Label, Sentence, both, label};

use super::source::{From, Source};

/// An open source.
pub struct Open {
    /// The bytes, unpacked and transcoded.
    pub reader: Box<dyn Read + Send>,
    /// Whether more bytes may come later: a pipe or a terminal. What is there should be shown at once.
    pub live: bool,
    /// What was recognised, for `-v`: `gzip`, `UTF-16LE`.
    pub layers: Vec<Label>,
}

const GZIP: Label = label("gzip", "gzip");
const ZSTD: Label = label("zstd", "zstd");
/// zstd's skippable frames begin with 0x184D2A50 to 5F.
const ZSTD_SKIPPABLE: &[u8] = b"\x2a\x4d\x18";

/// Opens a source and looks at its first bytes. `document` is the size of the largest document that is read: what is
/// packed may ask for no more than a few times that.
pub fn open(source: &Source, document: usize) -> io::Result<Open> {
    match &source.from {
        From::Stdin(stdin) => {
            // What a pipe has is taken at once: a small capture is one piece, and its table is for all of it.
            let reader = BufReader::with_capacity(PIPE, stdin.clone());
            recognise(Steady(reader), true, document)
        }
        From::File(path) if source.is_live() => {
            let reader = BufReader::with_capacity(PIPE, Live::new(File::open(path)?));
            recognise(Steady(reader), true, document)
        }
        From::File(path) => recognise(Steady(File::open(path)?), false, document),
    }
}

/// What was recognised, the bytes, and why there are no more, if they could not be read to their end.
pub type Whole = (Vec<Label>, Vec<u8>, Option<io::Error>);

/// Reads a small file whole; `None` if it is packed, for then nobody knows how large it is. Most are plain text, and
/// that is told from two bytes: a tree of ten thousand fixtures is mostly the opening of files, so each is asked for as
/// little as possible.
pub fn read_whole(source: &Source, document: usize) -> io::Result<Option<Whole>> {
    let mut text = Vec::new();
    let mut error = None;
    if let (Some(path), Some(length)) = (source.path(), source.length) {
        // Room for the length and for finding that nothing follows; `take` keeps the reader from asking for it again.
        text.reserve(length as usize + 64);
        error = File::open(path)?.take(u64::MAX).read_to_end(&mut text).err();
        if matches!(text[..], [b'{' | b'[', second, ..] if second != 0) {
            return Ok(Some((Vec::new(), text, error)));
        }
    }
    if packing(&text).is_some() {
        return Ok(None);
    }
    let mut open = match text.is_empty() {
        true => open(source, document)?,
        false => recognise(Steady(io::Cursor::new(text)), false, document)?,
    };
    let mut text = Vec::new();
    let read = open.reader.read_to_end(&mut text).err();
    Ok(Some((open.layers, text, error.or(read))))
}

/// How a text is packed that begins so.
fn packing(head: &[u8]) -> Option<Label> {
    match head {
        [0x1f, 0x8b, ..] => Some(GZIP),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(ZSTD),
        [_, rest @ ..] if rest.starts_with(ZSTD_SKIPPABLE) => Some(ZSTD),
        _ => None,
    }
}

/// Reads on where a signal interrupted it: nobody above has to know that this is no end and no failure.
struct Steady<R>(R);

impl<R: Read> Read for Steady<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

fn recognise(reader: Steady<impl Read + Send + 'static>, live: bool, document: usize) -> io::Result<Open> {
    let mut layers = Vec::new();
    let (head, mut reader) = peek(Box::new(reader))?;
    if let Some(format) = packing(&head) {
        layers.push(format);
        reader = match format {
            GZIP => {
                let packed = BufReader::with_capacity(PACKED_BUFFER, reader);
                Box::new(Packed::new(MultiGzDecoder::new(packed), format))
            }
            _ => Box::new(Packed::new(Zstd::new(reader, document), format)),
        };
    }
    let (head, reader) = peek(reader)?;
    let (skip, big) = match *head {
        [0xef, 0xbb, 0xbf, ..] => {
            layers.push(label("带 BOM 的 UTF-8", "UTF-8 with a byte order mark"));
            return Ok(Open { reader: skip_bytes(reader, 3)?, live, layers });
        }
        [0xff, 0xfe, ..] => (2, false),
        [0xfe, 0xff, ..] => (2, true),
        // JSON has no NUL, so one beside the first character gives UTF-16 away also without a mark (RFC 4627, 3).
        [b'{' | b'[' | b' ' | b'\n' | b'\r', 0, ..] => (0, false),
        [0, b'{' | b'[' | b' ' | b'\n' | b'\r', ..] => (0, true),
        _ => return Ok(Open { reader, live, layers }),
    };
    layers.push(if big { label("UTF-16BE", "UTF-16BE") } else { label("UTF-16LE", "UTF-16LE") });
    let reader = Box::new(Utf16 {
        reader: skip_bytes(reader, skip)?,
        big,
        bytes: Vec::new(),
        text: Vec::new(),
        at: 0,
        ended: false,
    });
    Ok(Open { reader, live, layers })
}

const PACKED_BUFFER: usize = 128 << 10;

/// A pipe holds so many bytes.
const PIPE: usize = 64 << 10;

/// So many bytes tell every format.
const PEEKED: usize = 4;

/// The first four bytes (fewer if there are no more), and a reader that still has them.
fn peek(mut reader: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::with_capacity(PEEKED);
    reader.by_ref().take(PEEKED as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Peeked { head, reader })))
}

/// A reader whose first bytes have been looked at. They come together with what follows them: a first piece of four
/// bytes would be none that a worker could begin with.
struct Peeked<R> {
    head: Vec<u8>,
    reader: R,
}

impl<R: Read> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.head.len().min(buffer.len());
        if count == 0 {
            return self.reader.read(buffer);
        }
        // Fewer than were asked for were the last.
        let more = match self.head.len() == PEEKED && count < buffer.len() {
            true => self.reader.read(&mut buffer[count..])?,
            false => 0,
        };
        buffer[..count].copy_from_slice(&self.head[..count]);
        self.head.drain(..count);
        Ok(count + more)
    }
}

fn skip_bytes(mut reader: Box<dyn Read + Send>, count: usize) -> io::Result<Box<dyn Read + Send>> {
    reader.read_exact(&mut vec![0; count])?;
    Ok(reader)
}

/// Says of which format an error is, and says it again to whoever reads on: a decoder that failed may take itself to
/// be at its end.
struct Packed<R> {
    inner: R,
    format: Label,
    failed: Option<(io::ErrorKind, Sentence)>,
}

impl<R> Packed<R> {
    fn new(inner: R, format: Label) -> Packed<R> {
        Packed { inner, format, failed: None }
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed.is_none() {
            let error = match self.inner.read(buffer) {
                Ok(count) => return Ok(count),
                Err(error) => error,
            };
            let format = self.format.en;
            let text = match error.kind() {
                io::ErrorKind::UnexpectedEof => {
                    both!("{format} 数据不完整：末尾被截断了", "the {format} data ends too early: it was cut")
                }
                _ => both!("{format} 数据已损坏：{error}", "broken {format} data: {error}"),
            };
            self.failed = Some((error.kind(), text));
        }
        match self.failed.clone() {
            Some((kind, text)) => Err(io::Error::new(kind, text)),
            None => Err(io::ErrorKind::Other.into()),
        }
    }
}

type Buffered = Peeked<BufReader<Box<dyn Read + Send>>>;

/// zstd frames in a row, as `cat a.zst b.zst` makes them; those that are to be skipped come first from some packers.
struct Zstd {
    decoder: Option<StreamingDecoder<Buffered, ruzstd::decoding::FrameDecoder>>,
    waiting: Option<Buffered>,
    /// Bytes that a frame may want to have at hand.
    window: u64,
}

/// Any packer wants so many unless it is told otherwise.
const WINDOW: u64 = 8 << 20;

impl Zstd {
    fn new(reader: Box<dyn Read + Send>, document: usize) -> Zstd {
        let reader = BufReader::with_capacity(PACKED_BUFFER, reader);
        let window = WINDOW.max(2 * document as u64).min(ruzstd::decoding::DEFAULT_MAX_WINDOW_SIZE);
        Zstd { decoder: None, waiting: Some(Peeked { head: Vec::new(), reader }), window }
    }
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(decoder) = &mut self.decoder {
                let count = decoder.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.waiting = self.decoder.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut next) = self.waiting.take() else { return Ok(0) };
            let mut magic = Vec::with_capacity(PEEKED);
            next.by_ref().take(PEEKED as u64).read_to_end(&mut magic)?;
            match *magic {
                [] => return Ok(0),
                [0x50..=0x5f, ref rest @ ..] if rest == ZSTD_SKIPPABLE => {
                    let mut length = [0; 4];
                    next.read_exact(&mut length)?;
                    let length = u32::from_le_bytes(length);
                    let skipped = io::copy(&mut next.by_ref().take(length.into()), &mut io::sink())?;
                    if skipped < length.into() {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                    self.waiting = Some(next);
                }
                _ => {
                    next.head = magic;
                    let decoder = StreamingDecoder::new_with_max_window_size(next, self.window);
                    self.decoder =
                        Some(decoder.map_err(|error| {
                            io::Error::new(io::ErrorKind::InvalidData, error.to_string())
                        })?);
                }
            }
        }
    }
}

/// UTF-16 to UTF-8. Half of a surrogate pair becomes bytes that are not UTF-8 (its three bytes in the manner of
/// WTF-8), so that it is found and never replaced in silence.
struct Utf16 {
    reader: Box<dyn Read + Send>,
    big: bool,
    bytes: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

/// What stands for half a unit at the end: the first byte of a character of which the rest is missing. As itself it
/// could be the very brace that the document lacks.
const HALF_A_UNIT: u8 = 0xc2;

impl Utf16 {
    /// Reads more and transcodes what is whole.
    fn fill(&mut self) -> io::Result<()> {
        let kept = self.bytes.len();
        self.bytes.resize(kept + (32 << 10), 0);
        let read = self.reader.read(&mut self.bytes[kept..]);
        self.bytes.truncate(kept + *read.as_ref().unwrap_or(&0));
        let end = read? == 0;
        self.ended = end;
        let mut units = Vec::with_capacity(self.bytes.len() / 2);
        let pairs = self.bytes.chunks_exact(2);
        let odd = pairs.remainder().to_vec();
        for pair in pairs {
            let pair = [pair[0], pair[1]];
            units.push(if self.big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
        }
        self.bytes = odd;
        // The first half of a pair waits for the second.
        if !end && let Some(&high @ 0xd800..=0xdbff) = units.last() {
            units.pop();
            let pair = if self.big { high.to_be_bytes() } else { high.to_le_bytes() };
            self.bytes.splice(0..0, pair);
        }
        self.text.clear();
        self.at = 0;
        for unit in char::decode_utf16(units) {
            match unit {
                Ok(c) => self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(half) => {
                    let half = half.unpaired_surrogate();
                    let low = |bits: u16| 0x80 | (bits & 0x3f) as u8;
                    self.text.extend([0xe0 | (half >> 12) as u8, low(half >> 6), low(half)]);
                }
            }
        }
        if end && !self.bytes.is_empty() {
            self.bytes.clear();
            self.text.push(HALF_A_UNIT);
        }
        Ok(())
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() {
            if self.ended {
                return Ok(0);
            }
            self.fill()?;
        }
        let count = buffer.len().min(self.text.len() - self.at);
        buffer[..count].copy_from_slice(&self.text[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a text in reads of at most `step` bytes, is interrupted before each, and fails at `fails`.
    struct Rough {
        text: Vec<u8>,
        at: usize,
        step: usize,
        fails: usize,
        interrupted: bool,
    }

    impl Read for Rough {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.interrupted = !self.interrupted;
            if self.interrupted {
                return Err(io::ErrorKind::Interrupted.into());
            }
            if self.at == self.fails {
                return Err(io::Error::other("broken"));
            }
            let end = self.text.len().min(self.fails).min(self.at + self.step.min(buffer.len()));
            let count = end - self.at;
            buffer[..count].copy_from_slice(&self.text[self.at..end]);
            self.at = end;
            Ok(count)
        }
    }

    /// What is read of a text, and whether it was read to its end.
    fn read(text: &[u8], step: usize, fails: usize) -> (Vec<u8>, bool) {
        let rough = Rough { text: text.to_vec(), at: 0, step, fails, interrupted: false };
        let mut read = Vec::new();
        let Ok(mut open) = recognise(Steady(rough), false, 64 << 20) else { return (read, false) };
        let mut buffer = [0; 100];
        loop {
            match open.reader.read(&mut buffer) {
                Ok(0) => return (read, true),
                Ok(count) => read.extend_from_slice(&buffer[..count]),
                Err(_) => {
                    let again = open.reader.read(&mut buffer);
                    assert!(!matches!(again, Ok(0)), "a failure is not the end");
                    return (read, false);
                }
            }
        }
    }

    const TEXT: &str = "{\"a\":\"浙江 \u{1f600}\"}\n{\"b\":[1,2,3]}\n";

    fn utf16(big: bool) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(TEXT.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        let mut packer = flate2::read::GzEncoder::new(text, flate2::Compression::fast());
        packer.read_to_end(&mut packed).unwrap();
        packed
    }

    fn encodings() -> Vec<(&'static str, Vec<u8>)> {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        let (one, two) = TEXT.as_bytes().split_at(20);
        let zstd = |text: &[u8]| compress_to_vec(text, CompressionLevel::Fastest);
        vec![
            ("plain", TEXT.into()),
            ("marked", format!("\u{feff}{TEXT}").into()),
            ("UTF-16LE", utf16(false)),
            ("UTF-16BE", utf16(true)),
            ("UTF-16 without a mark", utf16(false)[2..].to_vec()),
            ("gzip", [gzip(one), gzip(two)].concat()),
            ("gzip of UTF-16", gzip(&utf16(true))),
            ("zstd", [zstd(one), b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), zstd(two)].concat()),
        ]
    }

    #[test]
    fn interrupted_and_short_reads_lose_no_byte() {
        for (name, text) in encodings() {
            for step in (1..9).chain([1000]) {
                let (read, whole) = read(&text, step, usize::MAX);
                assert_eq!((String::from_utf8_lossy(&read), whole), (TEXT.into(), true), "{name} by {step}");
            }
        }
    }

    #[test]
    fn a_read_that_fails_is_no_end() {
        for (name, text) in encodings() {
            for step in [1, 1000] {
                for fails in 0..=text.len() {
                    let (read, whole) = read(&text, step, fails);
                    assert!(!whole && TEXT.as_bytes().starts_with(&read), "{name} fails at {fails}");
                }
            }
        }
    }

    #[test]
    fn half_a_unit_at_the_end_is_no_character() {
        for big in [false, true] {
            let text = utf16(big);
            for end in 4..text.len() {
                let (read, _) = read(&text[..end], 1000, usize::MAX);
                let whole = String::from_utf8_lossy(&read[..read.len() - end % 2]).into_owned();
                let pair = whole.trim_end_matches('\u{fffd}');
                assert!(TEXT.starts_with(pair), "{end}: {whole}");
                assert_eq!(
                    std::str::from_utf8(&read).is_ok(),
                    end % 2 == 0 && pair == whole,
                    "{end}: {read:?}"
                );
            }
        }
    }
}
