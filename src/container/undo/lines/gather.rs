//! One object out of the lines over which it goes: without what stands before it on each line, and joined where a line
//! ends within a string.

use crate::container::{base64, signs, trace};
use crate::finding::Span;
use crate::steps::took;

use super::breaks::Breaks;
use super::outline::{Fed, Loose, Outline, Within};
use super::shape::{Line, Prefix};
use crate::container::undo::Passage;

/// So many lines of others may stand between two of an object.
const FOREIGN: usize = 64;

/// A line of a dump in another notation is no longer.
const LONG: usize = 4096;

/// What stands before a literal that is joined with the one on the line before is no longer than this.
const JOINT: usize = 16;

/// So many lines are looked at that no one width was given to.
const UNEVEN: usize = 64;

/// An object, or what is there of it.
pub(super) struct Object {
    /// From its first byte to its last.
    pub span: Span,
    /// The object, and after it lines of others that stood between its lines.
    pub plain: Vec<u8>,
    /// Over so many lines.
    pub lines: usize,
    /// Its end is there.
    pub whole: bool,
    /// A line of it ends within a string or a word.
    pub joined: bool,
    /// No line end in a string can have stood for a blank.
    pub proven: bool,
}

/// What looking for an object came to.
pub(super) enum Gathered {
    /// None is there, or not around the place.
    Nothing,
    /// It goes on beyond the text.
    More,
    /// It would be larger than there is room for.
    TooLarge(Span),
    /// It is there.
    Found(Object),
}

/// Finds the object around `passage.at` in the lines from `top` on.
pub(super) fn gather<O: Outline>(passage: &Passage<'_>, prefix: &Prefix<'_>, top: usize) -> Gathered {
    match look::<O>(passage, prefix, top) {
        Gathered::Found(object) if object.plain.len() > passage.most => Gathered::TooLarge(object.span),
        gathered => gathered,
    }
}

fn look<O: Outline>(passage: &Passage<'_>, prefix: &Prefix<'_>, top: usize) -> Gathered {
    let text = passage.text;
    let mut open: Option<Open<'_, O>> = None;
    // The line before, which may end with a key if it is one of theirs.
    let mut before = passage.line_start(top.saturating_sub(1))..top.saturating_sub(1);
    if !matches!(prefix.line(&text[before.clone()]), Line::Ours(_)) {
        before = top..top;
    }
    let mut at = top;
    loop {
        match &open {
            // No object is around the place.
            None if at > passage.at || at >= text.len() => return Gathered::Nothing,
            Some(_) if at >= text.len() && passage.last => return Open::end(open),
            _ => {}
        }
        let Some(end) = passage.line_end(at).filter(|_| at < text.len()) else { return Gathered::More };
        let line = &text[at..end];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let start = at;
        at = end + 1;
        let goes_on = passage.at < start;
        if let Some(around) = &mut open
            && let Some(from) = around.cut(prefix, line, start, at)
        {
            let Some(rest) = members(passage, prefix, from, around.gap) else { return Gathered::More };
            around.object.span.end = rest.saturating_sub(1).max(around.object.span.end);
            if around.object.span.end > passage.at {
                return Open::end(open);
            }
            (open, at) = (None, rest);
            continue;
        }
        let content = match (prefix.line(line), &mut open) {
            (Line::Ours(from), _) => start + from..start + from + prefix.without_tail(&line[from..]).len(),
            (Line::Foreign, Some(around)) if around.foreign < FOREIGN => {
                around.skip(line);
                continue;
            }
            (Line::Empty, Some(around)) if around.outline.within(None) == Within::Space => continue,
            (_, Some(_)) if goes_on => return Open::end(open),
            (Line::Foreign | Line::Empty, None) => continue,
            (_, around) => {
                *around = None;
                continue;
            }
        };
        let mut scanned = content.start;
        if let Some(around) = &mut open {
            match around.line(line, &text[content.clone()], prefix) {
                Fed::Open => {
                    around.object.span.end = content.end;
                    if around.object.plain.len() + around.others.len() > passage.most {
                        return Gathered::TooLarge(around.object.span.clone());
                    }
                    continue;
                }
                Fed::Closed(length) => {
                    scanned += length;
                    if scanned > passage.at {
                        around.object.span.end = scanned;
                        around.object.whole = true;
                        if !around.others_are_open() {
                            return Open::end(open);
                        }
                        return with_others(passage, prefix, open, at, content.end);
                    }
                }
                Fed::Wrong(_) if goes_on => return Open::end(open),
                // That one was cut on a line before, and the one around the place begins here or later.
                Fed::Wrong(_) => {}
            }
        }
        open = None;
        // Only what begins before the place can be around it.
        let sought = content.end.min(passage.at + 1);
        took(sought.saturating_sub(scanned));
        let mut plain = Vec::new();
        while let Some(length) = text[scanned.min(sought)..sought].iter().position(|byte| O::begins(*byte)) {
            let bracket = scanned + length;
            if O::LOOSE && content.len() > LONG {
                break;
            }
            if is_inner::<O>(&text[content.start..bracket], &text[before.clone()]) {
                scanned = bracket + 1;
                continue;
            }
            let mut outline = O::default();
            plain.clear();
            scanned = match outline.feed(&text[bracket..content.end], &mut plain) {
                Fed::Wrong(length) => bracket + length.max(1),
                Fed::Closed(length) => bracket + length,
                Fed::Open => {
                    let mut span = bracket..content.end;
                    if O::LOOSE {
                        // What kind of object it is stands before the bracket, or alone on the line before.
                        let head = content.start..bracket;
                        span.start = head.start;
                        plain.splice(..0, text[head.clone()].iter().copied());
                        if text[bracket] == b'(' && text[head].trim_ascii().is_empty() && !before.is_empty() {
                            span.start = before.start;
                            plain.splice(..0, text[before.clone()].iter().copied().chain([b'\n']));
                        }
                    }
                    let (head, content) = (&text[start..bracket], &text[content.clone()]);
                    open = Some(Open::new((outline, span, plain), head, content, prefix));
                    break;
                }
            };
            if scanned > passage.at {
                let span = bracket..scanned;
                return Gathered::Found(Object {
                    span,
                    plain,
                    lines: 1,
                    whole: true,
                    joined: false,
                    proven: true,
                });
            }
        }
        before = content;
    }
}

/// Adds to an object that is whole the lines after it that belong to an object of others, of which it has the beginning:
/// `at` is where the next line begins, `end` where the line of the object ends.
fn with_others<O: Outline>(
    passage: &Passage<'_>,
    prefix: &Prefix<'_>,
    mut open: Option<Open<'_, O>>,
    mut at: usize,
    end: usize,
) -> Gathered {
    let Some(around) = &mut open else { return Gathered::Nothing };
    let text = passage.text;
    let rest = &text[around.object.span.end..end];
    if !rest.trim_ascii().is_empty() {
        around.skip(rest);
    }
    around.foreign = 0;
    while around.others_are_open() && around.foreign < FOREIGN {
        if at >= text.len() && passage.last {
            break;
        }
        let Some(end) = passage.line_end(at).filter(|_| at < text.len()) else { return Gathered::More };
        if prefix.line(&text[at..end]) != Line::Foreign {
            break;
        }
        around.skip(&text[at..end]);
        around.object.span.end = end;
        at = end + 1;
        if around.object.plain.len() + around.others.len() > passage.most {
            return Gathered::TooLarge(around.object.span.clone());
        }
    }
    around.passed = around.others.len();
    Open::end(open)
}

/// An object that is being gathered.
struct Open<'t, O> {
    outline: O,
    object: Object,
    /// What stands before it on its line, and whether the prefix is known to end where it does.
    head: &'t [u8],
    ends: bool,
    /// So many blanks stand between the prefix and what is the object's.
    gap: usize,
    /// Lines of others, and how much of them stands before a line of the object.
    others: Vec<u8>,
    passed: usize,
    /// The brackets that are open in these.
    brackets: Loose,
    /// So many of them since its last line.
    foreign: usize,
    breaks: Breaks,
    /// Where its last line begins in `object.plain`.
    last: usize,
    /// That line ends within what is encrypted.
    sealed: bool,
}

impl<'t, O: Outline> Open<'t, O> {
    /// An object that begins with `plain` on the line `content`, behind `head`.
    fn new(
        (outline, span, plain): (O, Span, Vec<u8>),
        head: &'t [u8],
        content: &[u8],
        prefix: &Prefix<'_>,
    ) -> Self {
        Open {
            outline,
            object: Object { span, plain, lines: 1, whole: false, joined: false, proven: false },
            head,
            ends: prefix.ends(head),
            gap: blanks(content),
            others: Vec::new(),
            passed: 0,
            brackets: Loose::default(),
            foreign: 0,
            breaks: Breaks::new(!prefix.is_named(), content),
            last: 0,
            sealed: false,
        }
    }

    /// Passes over a line of others.
    fn skip(&mut self, line: &[u8]) {
        self.foreign += 1;
        self.others.push(b'\n');
        self.others.extend_from_slice(line);
        let (mut rest, mut out) = (line, Vec::new());
        while let Fed::Closed(length) = self.brackets.feed(rest, &mut out) {
            rest = &rest[length..];
        }
    }

    /// Whether an object of others is open.
    fn others_are_open(&self) -> bool {
        self.brackets.is_open()
    }

    /// Whether the last line, which ends within a string, ends within one that is encrypted, and all base64 so far.
    fn is_sealed(&self) -> bool {
        let plain = &self.object.plain;
        let line = &plain[self.last..];
        took(line.len());
        let quote = memchr::memrchr(b'"', line);
        let begun = match quote {
            Some(quote) => {
                let key = plain[..self.last + quote].trim_ascii_end().strip_suffix(b":");
                key.is_some_and(|key| key.trim_ascii_end().ends_with(b"\"encrypt\""))
            }
            None => self.sealed,
        };
        let of_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
        begun && line[quote.map_or(0, |quote| quote + 1)..].iter().all(of_base64)
    }

    /// Whether the literal of a program in which the object stands ends with its last line, and another one begins with
    /// `own`: `'..' +`, `|| TO_CLOB('..'`. The quotes are none of the text, and to be joined by who knows them.
    fn ends_literal(&self, own: &[u8]) -> bool {
        let line = &self.object.plain[self.last..];
        if memchr::memchr(b'\'', self.head).is_none() {
            return false;
        }
        let (closed, opened) = (memchr::memrchr(b'\'', line), memchr::memchr(b'\'', own));
        took(line.len() + opened.unwrap_or(own.len()));
        let behind = closed.map(|quote| line[quote + 1..].trim_ascii_start());
        let ends = behind.is_some_and(|behind| {
            let comment = [&b"#"[..], b"//", b"--"].iter().any(|sign| behind.starts_with(sign));
            comment || behind.iter().all(|byte| b" )+.|&\\_~<".contains(byte))
        });
        let before = opened.map(|quote| own[..quote].trim_ascii_start());
        let is_between = |byte: &u8| byte.is_ascii_alphanumeric() || b" (+.|&_~<".contains(byte);
        ends && before.is_some_and(|before| before.len() <= JOINT && before.iter().all(is_between))
    }

    /// Takes the next line. What cannot belong to the object leaves it as it is.
    fn line(&mut self, line: &[u8], content: &[u8], prefix: &Prefix<'_>) -> Fed {
        let gap = self.gap.min(blanks(content));
        let own = &content[gap..];
        let mut within = self.outline.within(own.first().copied());
        if within == Within::Text && self.is_sealed() {
            within = Within::Sealed;
        }
        if within != Within::Space && self.ends_literal(own) {
            return Fed::Wrong(0);
        }
        // How many of the blanks are the string's is not known, or where the prefix ends: what is left of it would be
        // taken for text.
        let unknown = gap < self.gap && self.gap > 1 || !self.ends || prefix.is_longer(self.head, line);
        if within != Within::Space && unknown {
            return Fed::Wrong(0);
        }
        let record =
            within == Within::Text && !prefix.is_named() && (is_record(content) || is_event(content));
        if record
            || O::LOOSE && content.len() > LONG
            || O::LOOSE && own.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'{')
        {
            return Fed::Wrong(0);
        }
        // What begins like an event, and no deeper than this one did, is no item of a list in it: it was cut there.
        let begins = |text: &[u8]| signs::begins_document(text);
        if within == Within::Space && blanks(content) <= self.gap && begins(own) && begins(&self.object.plain)
        {
            return Fed::Wrong(0);
        }
        // A key has no blanks: what has is the next line of a log.
        let key = &own[..memchr::memchr(b'"', own).unwrap_or(own.len())];
        if within == Within::Key && !prefix.is_named() && memchr::memchr(b' ', key).is_some() {
            return Fed::Wrong(0);
        }
        let mut breaks = self.breaks.clone();
        breaks.line(within, content);
        breaks.uneven += usize::from(!breaks.are_even());
        if breaks.uneven > UNEVEN {
            return Fed::Wrong(0);
        }
        let plain = &mut self.object.plain;
        let kept = plain.len();
        if within == Within::Space {
            plain.push(b'\n');
        }
        match self.outline.feed(own, plain) {
            Fed::Wrong(length) => {
                plain.truncate(kept);
                Fed::Wrong(length)
            }
            fed => {
                (self.last, self.sealed) = (kept, within == Within::Sealed);
                self.object.lines += 1;
                self.breaks = breaks;
                self.passed = self.others.len();
                self.foreign = 0;
                match fed {
                    Fed::Closed(length) => Fed::Closed(gap + length),
                    fed => fed,
                }
            }
        }
    }

    /// Whether it was cut before the line that begins at `start`, or in it, before `next`: from where on its members go
    /// on. The string was cut in which the line before ended where this one is a member by itself, and no piece of it.
    fn cut(&self, prefix: &Prefix<'_>, line: &[u8], start: usize, next: usize) -> Option<usize> {
        let within = matches!(self.outline.within(None), Within::Text | Within::Key);
        match prefix.line(line) {
            Line::Ours(from) if within && self.object.lines > 0 => {
                goes_on(prefix.without_tail(&line[from..]), self.gap).then_some(start)
            }
            Line::Foreign | Line::Other if prefix.is_cut(line) => Some(next),
            _ => None,
        }
    }

    /// What there is of it.
    fn end(open: Option<Self>) -> Gathered {
        let Some(mut open) = open else { return Gathered::Nothing };
        open.others.truncate(open.passed);
        open.object.plain.append(&mut open.others);
        open.object.joined = open.breaks.words + open.breaks.texts > 0;
        open.object.proven = open.breaks.are_proven(open.outline.is_spaced());
        Gathered::Found(open.object)
    }
}

/// Where the lines end, from the one at `at` on, that have the prefix and go on with an object which is printed over lines
/// and begins behind `gap` blanks. `None` where more must be there to tell.
fn members(passage: &Passage<'_>, prefix: &Prefix<'_>, mut at: usize, gap: usize) -> Option<usize> {
    let text = passage.text;
    while at < text.len() {
        let end = passage.line_end(at)?;
        let line = text[at..end].strip_suffix(b"\r").unwrap_or(&text[at..end]);
        let Line::Ours(from) = prefix.line(line) else { break };
        let content = prefix.without_tail(&line[from..]);
        if !goes_on(content, gap) {
            break;
        }
        at = end + 1;
        // The bracket that closes it.
        if blanks(content) <= gap && matches!(content.trim_ascii().first(), Some(b'}' | b']')) {
            break;
        }
    }
    (at < text.len() || passage.last).then_some(at.min(text.len()))
}

/// Whether a line is by itself a part of an object that is printed over lines and begins behind `gap` blanks. Its members
/// stand behind more; what has no more is one only if it has a key, and may else begin something new.
fn goes_on(content: &[u8], gap: usize) -> bool {
    let has_key = || memchr::memmem::find(content, b"\":").is_some();
    let is_inside = match content.trim_ascii_start().first() {
        None | Some(b'}' | b']') => true,
        Some(b'"') => blanks(content) > gap || has_key(),
        Some(_) => blanks(content) > gap,
    };
    is_inside && signs::continues(content)
}

/// Whether a line is one of a logger, rather than a piece of a string.
fn is_record(line: &[u8]) -> bool {
    signs::is_logged(&line[..line.len().min(40)]) && memchr::memchr(b'"', line).is_none()
}

/// Whether a line is base64 of an event from one end to the other, rather than a piece of a string.
fn is_event(line: &[u8]) -> bool {
    took(line.len());
    base64::object(line.trim_ascii()).is_some_and(|plain| trace::is_in(&plain))
}

/// Whether a bracket after `head`, or after the line `before` where that is empty, opens the value of a member. Where the object that has it was cut or is broken, a part of
/// an event is none.
fn is_inner<O: Outline>(head: &[u8], before: &[u8]) -> bool {
    let end = head.trim_ascii_end();
    let end = if end.is_empty() { before.trim_ascii_end() } else { end };
    let named = blanks(head) > 1 && [&b":"[..], b"=", b"=>"].iter().any(|sign| end.ends_with(sign));
    end.ends_with(b"\":") && !end.ends_with(b"\\\":")
        || end.trim_ascii() == b":"
        || O::LOOSE && (named || head.iter().any(|byte| b"\"',}])".contains(byte)))
}

/// How many blanks there are before a text.
fn blanks(text: &[u8]) -> usize {
    text.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}
