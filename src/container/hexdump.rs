//! Dumps of bytes: `xxd`, `hexdump -C` and `hexdump`, and what `curl --trace` prints of a request. They lose nothing;
//! `curl --trace-ascii` and `od -c` print characters instead, and do.

use crate::finding::Span;
use crate::lang::label;
use crate::steps::took;

use super::{Answer, FormInfo, Inner, Place};

/// A dump that is read.
pub const BYTES: FormInfo = FormInfo {
    name: label("字节转储", "a dump of bytes"),
    lost: None,
    capture: Some(label(
        "把字节本身（请求或请求体）保存到文件",
        "keep the bytes themselves: the request, or its body, in a file",
    )),
};

/// One that is not.
pub const CHARACTERS: FormInfo = FormInfo {
    name: label(
        "以字符形式显示的字节转储，或不完整的转储",
        "a dump of bytes as characters, or not a whole one",
    ),
    lost: Some(label(
        "显示为点或没有显示的地方原来是什么字节",
        "which bytes stood where it shows dots, or nothing",
    )),
    capture: Some(label(
        "使用 `curl --trace` 或 `xxd`，或把请求体保存到文件",
        "use `curl --trace` or `xxd`, or keep the request's body in a file",
    )),
};

/// A dump whose rows have offsets, anywhere; of other dumps a file that is one.
pub(super) fn probe<'t>(place: &Place<'t>) -> Answer<'t> {
    let line = place.line();
    let offsets = begins_rows(line);
    // However much of the stream is there, no more is looked at than a document may be large, so that the answer is the
    // same.
    let near = &place.text[..place.text.len().min(place.at.saturating_add(place.limit + 1))];
    let last = place.last && near.len() == place.text.len();
    let end = if offsets { rows_end(near, place.at, last) } else { None };
    match end {
        _ if !(offsets || place.first && is_beginning(line)) => Answer::No,
        Some(end) if place.is_too_large(end) => Answer::TooLarge,
        // Rows that stand for a part of a file show nothing where they cannot be read.
        Some(end) if !place.first && bytes(&place.text[place.at..end], 0).is_none() => Answer::No,
        Some(end) => Answer::Open { inner: Inner::Dump, span: place.at..end, end },
        None if place.is_too_large(place.text.len()) => Answer::TooLarge,
        None if !place.last => Answer::More,
        // Behind rows of digits alone something else may follow.
        None if is_plain(line) && bytes(&place.text[place.at..], 0).is_none() => Answer::No,
        None => place.whole(Inner::Dump),
    }
}

/// Whether a dump begins with this line: the first bytes at offset zero, or the marks of curl.
pub(super) fn is_beginning(line: &[u8]) -> bool {
    begins_rows(line) || mark(line).is_some() || is_plain(line)
}

/// Whether this is the first of the rows of a dump: the bytes at offset zero.
fn begins_rows(line: &[u8]) -> bool {
    offset(line, 16).is_some_and(|(at, rest)| at == 0 && shows_bytes(rest))
}

/// Whether a line that [`begins_rows`] may begin with this byte.
pub(super) fn begins_with(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

/// Whether what follows the offset in a row begins with bytes.
fn shows_bytes(rest: &[u8]) -> bool {
    let mut groups = rest.split(|byte| *byte == b' ').skip(1).filter(|group| !group.is_empty());
    groups.next().is_some_and(is_group)
}

/// No offset is longer, with what stands behind it.
const OFFSET: usize = 24;

/// Where the rows end that begin at `at`: each has a greater offset than the one before. `None` where more may come.
fn rows_end(text: &[u8], at: usize, last: bool) -> Option<usize> {
    let (mut end, mut before) = (at, None);
    while end < text.len() {
        let next = memchr::memchr(b'\n', &text[end..]).map(|length| end + length + 1);
        let next = next.or(last.then_some(text.len()));
        let next = match next {
            Some(next) => next,
            // Its beginning tells a line that is none of them.
            None if text.len() - end >= OFFSET && offset(&text[end..], 16).is_none() => return Some(end),
            None => return None,
        };
        took(next - end);
        let row = text[end..next].trim_ascii_end();
        match offset(row, 16) {
            Some((number, rest)) if before.is_none_or(|before| before < number) => {
                // What it ends with may be its length alone.
                if !shows_bytes(rest) && !rest.is_empty() {
                    return Some(end);
                }
                before = Some(number);
                if rest.is_empty() {
                    return Some(next);
                }
            }
            None if row == b"*" || row.is_empty() => {}
            _ => return Some(end),
        }
        end = next;
    }
    last.then_some(end)
}

/// Whether a line shows bytes of a packet, as `tcpdump -X` does below each of its own lines.
pub(super) fn is_of_packet(line: &[u8]) -> bool {
    line.starts_with(b"\t0x") && offset(line, 16).is_some()
}

/// The bytes that a dump shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// One after another.
    pub bytes: Vec<u8>,
    /// Before which of them rows are missing, because they repeat more often than there is room for.
    pub gaps: Vec<usize>,
}

impl Shown {
    /// Where the bytes between the gaps begin and end.
    pub fn stretches(&self) -> impl Iterator<Item = Span> {
        let ends = self.gaps.iter().copied().chain([self.bytes.len()]);
        ends.scan(0, |start, end| Some(std::mem::replace(start, end)..end))
    }
}

/// The bytes that the dump `text` shows; of a trace of curl those that were sent. `None` where some are missing, or
/// are shown as characters. `most`: so many may be made of rows that are left out because they repeat, for the line
/// after them may claim any number.
pub fn bytes(text: &[u8], most: usize) -> Option<Shown> {
    let lines = || text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = lines().find(|line| !line.is_empty())?;
    if mark(first).is_none() {
        let lines: Vec<&[u8]> = lines().filter(|line| !line.is_empty()).collect();
        if let Some(bytes) = plain(&lines) {
            return Some(Shown { bytes, gaps: Vec::new() });
        }
        // od counts in octal.
        return hexadecimal(&lines, 16, most).or_else(|| hexadecimal(&lines, 8, most));
    }
    let mut sent = Shown::default();
    let mut any = false;
    let mut lines = lines().peekable();
    while let Some(line) = lines.next() {
        let Some(Mark::Sent) = mark(line) else { continue };
        let mut block = Vec::new();
        while let Some(line) = lines.next_if(|line| mark(line).is_none()) {
            block.extend((!line.is_empty()).then_some(line));
        }
        let start = sent.bytes.len();
        let mut more = hexadecimal(&block, 16, most.saturating_sub(start))?;
        sent.bytes.append(&mut more.bytes);
        sent.gaps.extend(more.gaps.iter().map(|gap| start + gap));
        any = true;
    }
    any.then_some(sent)
}

/// What follows in a trace of curl.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Bytes that were sent.
    Sent,
    /// Something else.
    Other,
}

/// The mark that a line of a trace is; a time may stand before it.
fn mark(line: &[u8]) -> Option<Mark> {
    let from = line.iter().position(|byte| b"=<".contains(byte)).filter(|&at| at < 24)?;
    let (before, line) = line.split_at(from);
    if !before.iter().all(|byte| byte.is_ascii_digit() || b":. []-".contains(byte)) {
        return None;
    }
    const SENT: [&[u8]; 2] = [b"=> Send header, ", b"=> Send data, "];
    const OTHER: [&[u8]; 5] =
        [b"== Info:", b"<= Recv header, ", b"<= Recv data, ", b"=> Send SSL ", b"<= Recv SSL "];
    match line {
        line if SENT.iter().any(|mark| line.starts_with(mark)) => Some(Mark::Sent),
        line if OTHER.iter().any(|mark| line.starts_with(mark)) => Some(Mark::Other),
        _ => None,
    }
}

/// The offset that a line begins with, and what follows it.
fn offset(line: &[u8], base: u32) -> Option<(usize, &[u8])> {
    let line = line.trim_ascii_start();
    let line = line.strip_prefix(b"0x").unwrap_or(line);
    let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    if !(4..=16).contains(&digits) {
        return None;
    }
    let (number, rest) = line.split_at(digits);
    // Most dates are told by what stands behind their year.
    if !matches!(rest, [b':' | b' ', ..] | []) {
        return None;
    }
    let at = usize::from_str_radix(str::from_utf8(number).ok()?, base).ok()?;
    Some((at, rest))
}

/// Whether these are the digits of one byte or several.
fn is_group(group: &[u8]) -> bool {
    matches!(group.len(), 2 | 4) && group.iter().all(u8::is_ascii_hexdigit)
}

/// Whether a line is nothing but the digits of bytes, the first of which is a brace, as `xxd -p` has them.
fn is_plain(line: &[u8]) -> bool {
    line.len() >= 20
        && line.len().is_multiple_of(2)
        && line.starts_with(b"7b")
        && line.iter().all(u8::is_ascii_hexdigit)
}

/// The bytes of lines without offsets.
fn plain(lines: &[&[u8]]) -> Option<Vec<u8>> {
    lines.first().filter(|line| is_plain(line))?;
    let digits = lines.concat();
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    if digits.len().is_multiple_of(2) { digits.chunks_exact(2).map(byte).collect() } else { None }
}

/// The bytes of lines that each begin with their offset, a number of this base.
fn hexadecimal(lines: &[&[u8]], base: u32, most: usize) -> Option<Shown> {
    /// No tool shows more in a line unless it is told to.
    const WIDEST: usize = 256;
    took(lines.iter().map(|line| line.len()).sum());
    let mut bytes: Vec<u8> = Vec::new();
    let mut gaps = Vec::new();
    let mut missing_so_far = 0usize;
    let mut width = 16;
    for (number, line) in lines.iter().enumerate() {
        let next = lines.get(number + 1);
        let here = bytes.len().checked_add(missing_so_far)?;
        if *line == b"*" {
            // hexdump says so of lines that are like the one before.
            let (end, _) = offset(next?, base)?;
            let last = bytes.len().checked_sub(width)?;
            let missing = end.checked_sub(here).filter(|missing| missing.is_multiple_of(width))?;
            if missing > most.saturating_sub(bytes.len()) {
                missing_so_far = missing_so_far.checked_add(missing)?;
                gaps.push(bytes.len());
                continue;
            }
            let row = bytes[last..].to_vec();
            bytes.extend(row.iter().cycle().take(missing));
            continue;
        }
        let (at, rest) = offset(line, base)?;
        if at != here {
            return None;
        }
        let swapped = !rest.starts_with(b":");
        let rest = rest.strip_prefix(b":").unwrap_or(rest);
        let end = next.and_then(|next| offset(next, base)).map(|(end, _)| end);
        if let Some(end) = end {
            width = end.checked_sub(at).filter(|width| (1..=WIDEST).contains(width))?;
        }
        row(rest, width, next.is_some(), swapped, &mut bytes)?;
    }
    (!bytes.is_empty()).then_some(Shown { bytes, gaps })
}

/// The bytes of one line: `most` of them, or `all` of them.
fn row(line: &[u8], most: usize, all: bool, swapped: bool, bytes: &mut Vec<u8>) -> Option<()> {
    let start = bytes.len();
    let mut rest = line;
    while bytes.len() - start < most {
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        let count = bytes.len() - start;
        // The characters stand apart; hexdump has a gap in the middle, too.
        if !all && blanks > 1 && count > 0 && !(count == 8 && blanks == 2) {
            break;
        }
        rest = &rest[blanks..];
        let length = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
        let (group, after) = rest.split_at(length);
        if !is_group(group) {
            break;
        }
        let from = bytes.len();
        for pair in group.chunks_exact(2) {
            bytes.push(u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?);
        }
        // Without a colon, four digits are a number, its low byte first in the text.
        if swapped && group.len() == 4 {
            bytes[from..].reverse();
        }
        rest = after;
    }
    // A number may show a byte more than there is.
    bytes.truncate(start + most);
    (bytes.len() - start == most || !all).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MOST: usize = 1 << 20;

    fn gutter(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| if (32..127).contains(byte) { char::from(*byte) } else { '.' }).collect()
    }

    fn xxd(bytes: &[u8]) -> String {
        let line = |(at, row): (usize, &[u8])| {
            let pairs: Vec<String> =
                row.chunks(2).map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
            format!("{:08x}: {:<39}  {}\n", at * 16, pairs.join(" "), gutter(row))
        };
        bytes.chunks(16).enumerate().map(line).collect()
    }

    fn hexdump(bytes: &[u8]) -> String {
        let mut text = String::new();
        let mut starred = false;
        for (at, row) in bytes.chunks(16).enumerate() {
            if at > 0 && row.len() == 16 && row == &bytes[16 * (at - 1)..16 * at] {
                text.push_str(if std::mem::replace(&mut starred, true) { "" } else { "*\n" });
                continue;
            }
            starred = false;
            let pairs =
                |row: &[u8]| row.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
            let (left, right) = row.split_at(row.len().min(8));
            text.push_str(&format!(
                "{:08x}  {:<23}  {:<23}  |{}|\n",
                at * 16,
                pairs(left),
                pairs(right),
                gutter(row)
            ));
        }
        text + &format!("{:08x}\n", bytes.len())
    }

    fn curl(sent: &[&[u8]]) -> String {
        let mut text = "== Info:   Trying 127.0.0.1:80...\n".to_owned();
        for (number, block) in sent.iter().enumerate() {
            let what = if number == 0 { "header" } else { "data" };
            text.push_str(&format!("12:00:00.000001 => Send {what}, {0} bytes (0x{0:x})\n", block.len()));
            for (at, row) in block.chunks(16).enumerate() {
                let pairs: String = row.iter().map(|byte| format!("{byte:02x} ")).collect();
                text.push_str(&format!("{:04x}: {pairs:<48}{}\n", at * 16, gutter(row)));
            }
        }
        text + "<= Recv header, 17 bytes (0x11)\n0000: HTTP/1.0 200 OK\n== Info: Closing connection 0\n"
    }

    fn shown(text: &str) -> Option<Vec<u8>> {
        bytes(text.as_bytes(), MOST).filter(|shown| shown.gaps.is_empty()).map(|shown| shown.bytes)
    }

    #[test]
    fn rows_that_are_left_out_are_not_made_beyond_the_room_for_them() {
        let row = "7b ".repeat(16);
        let starred = |end: &str| format!("00000000  {row}\n*\n{end}\n");
        let all = |text: &str| bytes(text.as_bytes(), 256).map(|shown| (shown.bytes.len(), shown.gaps));
        assert_eq!(all(&starred("00000100")), Some((256, vec![])));
        for end in ["00000110", "000ea600", "fffffffffffffff0"] {
            assert_eq!(all(&starred(end)), Some((16, vec![16])), "{end}");
            // What follows is read.
            let more = starred(&format!("{end}  7d"));
            assert_eq!(all(&more), Some((17, vec![16])), "{end}");
            assert_eq!(bytes(more.as_bytes(), 256).unwrap().stretches().last(), Some(16..17));
        }
        let text =
            format!("=> Send data, 16 bytes (0x10)\n{}", starred("fffffffffffffff0").replace("  ", ": "));
        assert_eq!(all(&text), Some((16, vec![16])));
        // No number of gaps overflows.
        let text = format!("{}{row}\n*\nffffffffffffffff\n", starred("fffffffffffffff0").trim_end());
        assert_eq!(bytes(text.as_bytes(), 256), None);
    }

    #[test]
    fn words_of_hexdump_are_turned_round() {
        let text = "0000000 227b 6373 6568 616d 3a22 3222 302e 2c22\n0000010 007d\n0000011\n";
        assert_eq!(shown(text).unwrap(), br#"{"schema":"2.0",}"#);
    }

    #[test]
    fn other_ways_to_show_bytes() {
        for text in [
            "0000000 7b 22 61 22 3a 31 2c 22 62 22 3a 32 2c 22 63 22\n0000020 3a 33 7d 0a\n0000024\n", // od -tx1
            "7b2261223a312c2262223a322c2263\n223a337d0a\n", // xxd -p
        ] {
            assert!(is_beginning(text.lines().next().unwrap().as_bytes()), "{text}");
            assert_eq!(shown(text).unwrap(), b"{\"a\":1,\"b\":2,\"c\":3}\n", "{text}");
        }
        // xxd -e, xxd -b, and what is cut.
        for text in
            ["00000000: 6373227b 3a226d65\n", "00000000: 01111011 00100010\n", "7b2261223a312c2262223a322\n"]
        {
            assert_eq!(bytes(text.as_bytes(), MOST), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_dump_or_not_whole_is_none() {
        for text in [
            "",
            "00000000: 7b22\n00000004: 7d\n", // two bytes are missing
            "00000010: 7b22\n",               // the beginning is missing
            "0000000   {   \"   a   \"   }\n0000005\n", // od -c
            "00000000\n",                     // nothing
            "*\n00000010\n",                  // like what?
            "00000000  7b 22 61 22 3a 31 7d\n*\n", // up to where?
            "00000000  7b 22\n*\n00000007\n", // no whole lines
            "=> Send data, 2 bytes (0x2)\n0000: {}\n", // characters
            "== Info: Trying\n<= Recv data, 2 bytes\n", // nothing was sent
        ] {
            assert_eq!(bytes(text.as_bytes(), MOST), None, "{text}");
        }
        for (line, is) in [
            ("00000000: 7b22 7363", true),
            ("0000000 227b 6373", true),
            ("0x0000:  4500 0034", true),
            ("23:56:28.501554 == Info:   Trying", true),
            ("=> Send header, 159 bytes (0x9f)", true),
            ("00000010: 7b22", false),
            ("0000000   {   \"", false),
            ("0000 hours", false),
            ("0000-00-00 00:00", false),
            ("a == Info:", false),
            ("==", false),
            ("", false),
        ] {
            assert_eq!(is_beginning(line.as_bytes()), is, "{line}");
        }
        for (line, is) in [("\t0x0000:  4500 0034", true), ("0x0000:  4500", false), ("\t0xyz", false)] {
            assert_eq!(is_of_packet(line.as_bytes()), is, "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn what_was_dumped_comes_back(
            dumped in prop_oneof![
                prop::collection::vec(any::<u8>(), 1..90),
                // Lines that are like one another, and characters that look like digits.
                prop::collection::vec(prop::sample::select(b"ab 1".to_vec()), 1..90),
                prop::collection::vec(Just(b' '), 1..90),
            ],
            more in prop::collection::vec(any::<u8>(), 1..90),
        ) {
            for text in [xxd(&dumped), hexdump(&dumped)] {
                prop_assert!(is_beginning(text.lines().next().unwrap().as_bytes()));
                prop_assert_eq!(shown(&text), Some(dumped.clone()), "{}", text);
                prop_assert_eq!(shown(&text.replace('\n', "\r\n")), Some(dumped.clone()));
            }
            let text = curl(&[&dumped, &more]);
            prop_assert_eq!(shown(&text), Some([&dumped[..], &more].concat()), "{}", text);
        }

        #[test]
        fn any_text_is_answered(lines in prop::collection::vec(
            prop::sample::select(vec!["00000000: 7b22", "00000002 ", "*", "=> Send data, 2 bytes", "0000: 7b", "7d", "", "0x", "ffffffffffffffff: 00"]), 0..12),
            noise: String,
        ) {
            let _ = bytes(lines.join("\n").as_bytes(), MOST);
            let _ = bytes(format!("00000000: {noise}").as_bytes(), MOST);
        }
    }
}
