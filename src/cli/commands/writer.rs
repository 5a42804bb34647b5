//! Writes the rows of `convert` in the order of the input, and says what was not written.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::cli::exit::{Exit, Stop};
use crate::cli::files::ending::Holding;
use crate::cli::files::output::Output;
use crate::cli::files::row_output::RowOutput;
use crate::cli::files::source::{Source, name_of};
use crate::cli::hint::{convert_hint, event_flag};
use crate::cli::io::Stream;
use crate::cli::pipeline::{Collector, Flow, GO_ON};
use crate::cli::session::Session;
use crate::cli::sorted::Sorted;
use crate::cli::talk::Talk;
use crate::export::LeftOut;
use crate::lang::{Label, Lang, amount, label, say};
use crate::report::undocumented::Undocumented;
use crate::seen::events::Window;
use crate::stream::assemble::Stretch;
use crate::terminal::sanitize::clip;
use crate::view::closing::{duplicates, none_selected};

use super::rows::{Rows, Shared, Sheet, UNTYPED};
use super::split::{MOST_TYPES, Split};

/// What it takes to open an output.
#[derive(Clone, Copy)]
pub struct Open<'s> {
    pub sources: &'s [Source],
    pub stdout: &'s Stream,
    pub holding: Holding,
    pub talk: &'s Talk,
}

impl Open<'_> {
    /// Rows in an output.
    ///
    /// # Errors
    ///
    /// Those of [`RowOutput::new`].
    pub fn rows(&self, output: Output, shared: &Shared) -> io::Result<RowOutput> {
        RowOutput::new(output, self.holding, shared.lang, shared.zone, self.talk)
    }
}

/// Where rows go.
pub enum To {
    /// All of them to one place: a text, where they are of one type, or a book, which has a sheet for each. Gone when it
    /// is whole.
    One(Option<RowOutput>),
    /// Those of each type to a file.
    Split(Split),
}

impl To {
    /// The place to which all rows go.
    fn one(&mut self) -> Option<&mut RowOutput> {
        if let To::One(out) = self { out.as_mut() } else { None }
    }

    /// Whether it has the columns of one type only.
    fn is_table(&self) -> bool {
        matches!(self, To::One(out) if !out.as_ref().is_some_and(RowOutput::is_book))
    }
}

/// The rows of one type.
struct File {
    sheet: Arc<Sheet>,
    /// Whether there is a place for them: it is made for the first row.
    begun: bool,
    /// Where it is a file of its own. Gone when it is whole.
    own: Option<RowOutput>,
    /// Its place in a book.
    at: usize,
    /// Its name in the directory, where it is one of several.
    name: String,
    rows: u64,
    /// What each column could not say, or found.
    counts: Vec<u64>,
}

/// A sorted row.
#[derive(Default)]
pub struct Waiting {
    /// The place of its file.
    at: usize,
    rows: u64,
    text: Box<[u8]>,
}

/// Writes rows in order.
pub struct Writer<'s> {
    shared: &'s Shared,
    open: Open<'s>,
    to: To,
    /// Whether the names of the columns are written.
    pub header: bool,
    /// What is said where the columns show another moment than that by which events were selected.
    pub other_clock: Option<&'static str>,
    /// In the order of the types that are known.
    files: Vec<File>,
    pub window: Window,
    pub sorted: Option<Sorted<Vec<Waiting>>>,
    /// So many events are written.
    pub most: u64,
    /// Whether reading stops at the last of them.
    pub stops: bool,
    /// Those that would be written if there were no end.
    kept: u64,
    repeats: u64,
    /// Events that are selected.
    events: u64,
    /// All events.
    met: u64,
    /// What would be written of the first of them, where nothing was selected by then.
    first: Option<Result<Sheet, String>>,
    /// Events of types that are not written.
    others: BTreeMap<String, u64>,
    undocumented: Undocumented,
    /// Values that rows leave out as secrets.
    withheld: u64,
    session: Session,
    /// Texts that had to be cut to fit.
    cut: u64,
    /// Sheets on which full ones go on.
    further: u64,
    /// Why nothing more can be written.
    failed: Option<String>,
}

/// Other types that are told apart.
const OTHERS: usize = 1000;
const OTHER_TYPES: Label = label("其他类型", "of any other type");

/// So many files are listed, and so many types that have none; and so much of their names: a line of a name that has no
/// end is no list.
const FILES_LISTED: usize = 40;
const OTHERS_LISTED: usize = 10;
const WIDE: usize = 120;

/// What is said of those that are not listed.
fn beyond(all: usize, listed: usize, lang: Lang) -> Option<String> {
    let more = all.checked_sub(listed).filter(|more| *more > 0)?;
    Some(say!(lang, "        另有 {more} 种", "        and {more} more"))
}

/// Whether what is counted is called by the name of its type.
fn is_type(title: &str) -> bool {
    called(title).is_none()
}

/// What is counted without the name of a type.
fn called(title: &str) -> Option<Label> {
    [UNTYPED, OTHER_TYPES].into_iter().find(|label| label.en == title)
}

/// A title as it is told: files are named in English, whatever the language.
fn told(title: &str, lang: Lang) -> &str {
    called(title).map_or(title, |label| label.text(lang))
}

impl<'s> Writer<'s> {
    /// Writes all rows, as they come.
    pub fn new(shared: &'s Shared, open: Open<'s>, to: To, session: Session) -> Writer<'s> {
        Writer {
            shared,
            open,
            to,
            header: true,
            other_clock: None,
            files: Vec::new(),
            window: Window::new(0),
            sorted: None,
            most: u64::MAX,
            stops: true,
            kept: 0,
            repeats: 0,
            events: 0,
            met: 0,
            first: None,
            others: BTreeMap::new(),
            undocumented: Undocumented::default(),
            withheld: 0,
            session,
            cut: 0,
            further: 0,
            failed: None,
        }
    }

    /// The place of what is kept of a type.
    fn file(&mut self, sheet: &Arc<Sheet>) -> usize {
        if let Some(at) = self.files.iter().position(|file| file.sheet.is(sheet)) {
            return at;
        }
        let sheet = self.shared.begin(Arc::clone(sheet));
        let counts = vec![0; sheet.writer.columns().names().count()];
        let name = sheet.title.clone();
        self.files.push(File { sheet, begun: false, own: None, at: 0, name, rows: 0, counts });
        self.files.len() - 1
    }

    /// Makes the file or the sheet of a type, with the names of its columns.
    fn begin(&mut self, at: usize) -> io::Result<()> {
        let Writer { shared, open, to, header, .. } = self;
        let file = &mut self.files[at];
        let sheet = &file.sheet;
        if let To::Split(split) = to {
            let (output, name) = split.open(&sheet.title, open.sources, open.stdout)?;
            (file.own, file.name) = (Some(open.rows(output, shared)?), name);
        }
        let out = file.own.as_mut().or(to.one());
        file.at =
            out.map_or(Ok(0), |out| out.begin(told(&sheet.title, shared.lang), &sheet.writer, *header))?;
        file.begun = true;
        Ok(())
    }

    /// Writes rows of a type.
    fn write(&mut self, at: usize, text: &[u8], rows: u64) -> io::Result<()> {
        if rows == 0 {
            return Ok(());
        }
        if !self.files[at].begun {
            self.begin(at)?;
        }
        let file = &mut self.files[at];
        let lead = if file.rows == 0 { file.sheet.writer.lead() } else { 0 };
        file.rows += rows;
        let text = text.get(lead..).unwrap_or_default();
        file.own.as_mut().or(self.to.one()).map_or(Ok(()), |out| out.rows(file.at, text))
    }

    /// Takes the rows of a stretch.
    fn take(&mut self, rows: &mut Rows<'_>) -> io::Result<()> {
        self.undocumented.join(&rows.undocumented);
        let mut places = Vec::with_capacity(rows.filled.len());
        for filled in &rows.filled {
            let at = self.file(&filled.sheet);
            let counts = self.files[at].counts.iter_mut().zip(filled.writer.counts());
            counts.for_each(|(all, count)| *all += count);
            self.withheld += filled.writer.withheld();
            if !self.shared.picks {
                self.write(at, &filled.out, filled.rows)?;
            }
            places.push(at);
        }
        for id in &rows.ids {
            self.repeats += u64::from(self.window.is_repeated_id(*id));
        }
        let mut starts = if rows.made.is_empty() { Vec::new() } else { vec![0; places.len()] };
        for made in &mut rows.made {
            let text = std::mem::replace(&mut starts[made.at], made.end)..made.end;
            let is_repeat = self.window.is_repeat(made.hashes);
            self.repeats += u64::from(is_repeat);
            if is_repeat && self.shared.dedupe {
                continue;
            }
            let (at, text) = (places[made.at], &rows.filled[made.at].out[text]);
            if let Some(sorted) = &mut self.sorted {
                sorted.held.push(Waiting { at, rows: made.rows, text: text.into() });
                sorted.push(std::mem::take(&mut made.keys));
            } else if self.kept < self.most {
                self.write(at, text, made.rows)?;
            }
            self.kept += 1;
        }
        Ok(())
    }

    /// Says that there is another type as soon as it comes.
    fn tell(&self, source: &Source, line: u64, title: &str) {
        let Some(file) = self.files.first().filter(|_| !self.shared.by_type && self.others.is_empty()) else {
            return;
        };
        if self.to.is_table() {
            let lang = self.shared.lang;
            let (name, [title, ours]) =
                (&source.name, [title, &file.sheet.title].map(|title| told(title, lang)));
            self.session.talk.say(say!(
                lang,
                "{name}:{line}：从这里起还有 {title}；只转换 {ours}",
                "{name}:{line}: {title} begins; only {ours} is converted"
            ));
        }
    }

    /// Writes what was sorted.
    fn settle(&mut self) -> io::Result<()> {
        let Some(mut sorted) = self.sorted.take() else { return Ok(()) };
        sorted.settle();
        sorted.held.into_iter().try_for_each(|Waiting { at, rows, text }| self.write(at, &text, rows))
    }

    /// How many values are left out as secrets, and how to get them.
    fn secrets(&self) -> (u64, &'static str) {
        let fields = self.undocumented.secrets;
        match (fields, self.shared.wish.secrets) {
            (1.., true) => (fields, "--extra"),
            (1.., false) => (fields + self.withheld, "--extra --show-secrets"),
            (0, _) => (self.withheld, "--show-secrets"),
        }
    }

    /// Ends what was written.
    fn end(&mut self, enough: bool, allow_empty: bool) -> io::Result<()> {
        let left_out = self.left_out(enough);
        let (unread, talk, lang) = (self.session.unread, &self.session.talk, self.shared.lang);
        let mut last = None;
        for file in self.files.iter_mut().filter(|file| file.begun) {
            let mut tail = Vec::new();
            file.sheet.writer.end(&mut tail);
            match file.own.take() {
                Some(out) => {
                    self.cut += out.cut();
                    out.end(Some(tail), Vec::new(), unread, talk, lang)?;
                }
                None => last = Some(tail),
            }
        }
        // Without a single event there are no columns, and no file is better than an empty one, unless one is wanted.
        let last = last.or_else(|| allow_empty.then(|| self.shared.format.nothing(self.shared.dialect)));
        if let To::One(out) = &mut self.to
            && let Some(out) = out.take()
        {
            self.cut += out.cut();
            self.further = out.further();
            out.end(last, left_out, unread, talk, lang)?;
        }
        Ok(())
    }

    /// Ends what was written, says what came of the run, and how it ended.
    pub fn finish(mut self, allow_empty: bool) -> Result<Exit, Stop> {
        if let Some(message) = self.failed {
            return Err(Stop::because(message));
        }
        let enough = self.stops && self.kept >= self.most;
        if !enough && !allow_empty && self.session.came_to_nothing(self.met) {
            return Err(Session::nothing(label("没有可转换的事件", "there was no event to convert")));
        }
        self.settle()?;
        // What was there before is no answer, and neither is a table without rows.
        let in_vain = self.is_none() && !allow_empty && !enough && self.shared.select.is_in_vain();
        if let To::One(_) = self.to
            && !in_vain
            && !self.files.iter().any(|file| file.begun)
        {
            // Nothing selected is a table without rows.
            let asked = self.shared.sheets().first().cloned();
            let first = self.first.take().filter(|_| asked.is_none() && self.events == 0);
            let sheet = match first {
                Some(sheet) => Some(Arc::new(sheet.map_err(Stop::because)?)),
                None => asked,
            };
            if let Some(sheet) = sheet {
                let at = self.file(&sheet);
                self.begin(at)?;
            }
        }
        let is_table = self.to.is_table();
        self.end(enough, allow_empty)?;
        self.close(enough, is_table);
        let lost = !self.others.is_empty() || self.cut > 0;
        Ok(if in_vain { Exit::Failed } else { self.session.exit(lost) })
    }

    /// Whether there were events, and none was selected.
    fn is_none(&self) -> bool {
        self.met > 0 && self.events == 0
    }

    /// What is not written, line by line, for who opens a book years later.
    fn left_out(&self, enough: bool) -> Vec<LeftOut> {
        const REPEATS: Label = label("重复投递", "duplicate deliveries");
        const BEYOND: Label = label("超出 --limit 的事件", "events beyond --limit");
        const UNDOCUMENTED: Label = label("文档没有的字段的值", "values of undocumented fields");
        const SECRETS: Label = label("凭证字段下的值", "values under keys of credentials");
        const WITHOUT_DEDUPE: Label = label("去掉 --dedupe", "without --dedupe");
        const WITHOUT_LIMIT: Label = label("去掉 --limit", "without --limit");
        let lang = self.shared.lang;
        let some =
            |what: &str, count, hint: &str| LeftOut { what: what.to_owned(), count, hint: hint.to_owned() };
        let line = |what: &str, count, hint: &str| some(what, Some(count), hint);
        let mut left_out = self.session.left_out();
        let hint = |title: &str| convert_hint(title).filter(|_| is_type(title)).unwrap_or_default();
        left_out
            .extend(self.others.iter().map(|(title, count)| line(told(title, lang), *count, &hint(title))));
        let repeats = if self.shared.dedupe { self.repeats } else { 0 };
        let cut = self.kept.saturating_sub(self.most);
        let values = self.undocumented.values;
        let [without_dedupe, without_limit] = [WITHOUT_DEDUPE, WITHOUT_LIMIT].map(|hint| hint.text(lang));
        left_out.extend((repeats > 0).then(|| line(REPEATS.text(lang), repeats, without_dedupe)));
        left_out.extend((cut > 0).then(|| line(BEYOND.text(lang), cut, without_limit)));
        // Nobody knows how much that is, or whether it is anything.
        let (most, first) = (self.most, amount(self.most, "event"));
        let rest =
            say!(lang, "前 {most} 个事件之后的内容：未读取", "what comes after the first {first}: not read");
        left_out.extend(enough.then(|| some(&rest, None, without_limit)));
        left_out.extend((values > 0).then(|| line(UNDOCUMENTED.text(lang), values, "--extra")));
        let (secrets, hint) = self.secrets();
        left_out.extend((secrets > 0).then(|| line(SECRETS.text(lang), secrets, hint)));
        left_out
    }

    /// Says what came of the events, where that is not plain.
    fn close(&self, enough: bool, is_table: bool) {
        if let Some(words) = self.other_clock.filter(|_| self.events > 0) {
            self.session.talk.line(words);
        }
        if self.met > 0 && !enough {
            self.session.asked(&self.shared.select, self.events == 0);
        }
        let session = &self.session;
        let none = self.is_none();
        let rows: u64 = self.files.iter().map(|file| file.rows).sum();
        let (lang, most, events) = (self.shared.lang, self.most, self.events);
        let all = |count| amount(count, "event");
        let mut said = match (enough, none) {
            (true, _) => {
                let first = all(most);
                say!(
                    lang,
                    "已转换前 {most} 个事件；其余未读取",
                    "first {first} converted; the rest was not read"
                )
            }
            (_, true) => none_selected(self.met, lang),
            // An event has any number of them.
            _ if self.shared.wish.explode.is_some() => {
                let (of, lines) = (all(events), amount(rows, "row"));
                say!(lang, "{events} 个事件，转换出 {rows} 行", "{lines} of {of} converted")
            }
            _ => {
                let of = all(events);
                say!(lang, "{events} 个事件，转换出 {rows} 行", "{rows} of {of} converted")
            }
        };
        if self.repeats > 0 {
            let duplicates = duplicates(self.repeats, self.shared.dedupe, lang);
            said.push_str(&say!(lang, "；{duplicates}", "; {duplicates}"));
        }
        if session.any_left_out() {
            let left_out = session.words();
            said.push_str(&say!(lang, "；未写入：{left_out}", "; left out: {left_out}"));
        }
        let begun = self.files.iter().filter(|file| file.begun).count();
        let split = if let To::Split(split) = &self.to { Some(split) } else { None };
        let is_written = split.is_some() && !session.unread;
        if let Some(Split { folder, .. }) = split.filter(|_| is_written) {
            let (files, folder) = (amount(begun as u64, "file"), name_of(folder));
            said.push_str(&say!(lang, "；{folder} 中有 {begun} 个文件", "; {files} in {folder}"));
        }
        let mut more: Vec<String> = Vec::new();
        let is_list = is_written || !is_table && begun > 1;
        let mut files: Vec<&File> = self.files.iter().filter(|file| is_list && file.begun).collect();
        files.sort_by_key(|file| std::cmp::Reverse(file.rows));
        let listed = files.iter().take(FILES_LISTED);
        more.extend(listed.map(|file| format!("{:>6}  {}", file.rows, clip(told(&file.name, lang), WIDE))));
        more.extend(beyond(files.len(), FILES_LISTED, lang));
        self.list_others(&mut more, is_table);
        if self.further > 0 {
            let (further, sheets) = (self.further, amount(self.further, "further sheet"));
            more.push(say!(
                lang,
                "一个工作表最多 1,048,576 行；其余在另外 {further} 个工作表中，名称后有 (2) 等编号",
                "a sheet has at most 1,048,576 rows; the rest is on {sheets}, named (2) and so on"
            ));
        }
        if self.cut > 0 {
            let (cut, texts) = (self.cut, amount(self.cut, "text"));
            more.push(say!(
                lang,
                "{cut} 个文本被截断：一个单元格最多 32,767 个字符；CSV 里是完整的",
                "{texts} cut: a cell has at most 32,767 characters; CSV has them whole"
            ));
        }
        for file in self.files.iter().filter(|file| file.rows > 0) {
            let title = clip(told(&file.sheet.title, lang), WIDE);
            let of = if is_list { say!(lang, "{title}：", "{title}: ") } else { String::new() };
            let words = file.sheet.writer.words(&file.counts, lang);
            more.extend(words.iter().map(|words| format!("{of}{words}")));
        }
        let Undocumented { values, .. } = self.undocumented;
        if values > 0 {
            let count = self.undocumented.fields();
            let (all, fields) = (amount(values, "value"), amount(count, "undocumented field"));
            let are = if values == 1 { "is" } else { "are" };
            more.push(say!(
                lang,
                "文档没有的 {count} 个字段共 {values} 个值未写入（--extra）",
                "{all} of {fields} {are} left out (--extra)"
            ));
        }
        let (secrets, hint) = self.secrets();
        if secrets > 0 {
            let (values, are) = (amount(secrets, "value"), if secrets == 1 { "is" } else { "are" });
            more.push(say!(
                lang,
                "凭证字段下的 {secrets} 个值未写入（{hint}）",
                "{values} under keys of credentials {are} left out ({hint})"
            ));
        }
        if enough || none || self.repeats > 0 || session.any_left_out() || !more.is_empty() {
            session.talk.say(said);
        }
        more.iter().for_each(|line| session.talk.more(line));
    }

    /// Lists the types that were not written, each with what writes it.
    fn list_others(&self, more: &mut Vec<String>, is_table: bool) {
        let lang = self.shared.lang;
        let mut others: Vec<_> = self.others.iter().collect();
        others.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        if others.is_empty() {
            return;
        }
        more.push(match is_table {
            true => say!(
                lang,
                "一张表只有一种类型的列；未转换：",
                "a table has the columns of one type; not converted:"
            ),
            false => say!(
                lang,
                "最多 {MOST_TYPES} 种类型各有一个文件或工作表；未转换：",
                "no more than {MOST_TYPES} types have a file or a sheet each; not converted:"
            ),
        });
        for (title, count) in others.iter().take(OTHERS_LISTED) {
            let flag = event_flag(title).filter(|flag| is_type(title) && flag.len() <= WIDE);
            more.push(format!("{count:>6}  {}", flag.as_deref().unwrap_or(&clip(told(title, lang), WIDE))));
        }
        more.extend(beyond(others.len(), OTHERS_LISTED, lang));
        if is_table {
            let words = say!(
                lang,
                "--split DIR 为每种类型写一个文件，-o FILE.xlsx 各写一个工作表",
                "--split DIR writes a file for each type, -o FILE.xlsx a sheet"
            );
            more.push(format!("        {words}"));
        }
    }
}

impl<'s> Collector<Rows<'s>> for Writer<'s> {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// A piece that was read ahead took the type of its own first event for that of the stream: is it? And did it stop
    /// where it should?
    fn accepts(&self, rows: &Rows<'s>) -> bool {
        rows.fits(&self.shared.sheets())
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Rows<'s>>) -> Flow {
        let Stretch { text, place, items, handler: mut rows } = stretch;
        if let Some(message) = rows.refused {
            self.failed = Some(message);
            return Ok(ControlFlow::Break(()));
        }
        self.take(&mut rows)?;
        self.events += rows.events;
        self.met += rows.met;
        self.first = self.first.take().or(rows.first.take());
        if let (Some(at), Some((title, _))) = (rows.turn, rows.others.first()) {
            let ends = memchr::memchr_iter(b'\n', &text[..at]).count() as u64;
            self.tell(source, place.lines + ends + 1, title);
        }
        for (title, count) in &rows.others {
            let known = self.others.len() < OTHERS || self.others.contains_key(title);
            match self.shared.by_type {
                // It is named so, but is no event of the type.
                true => self.session.kind(title, *count),
                false => {
                    let title = if known { title } else { OTHER_TYPES.en };
                    *self.others.entry(title.to_owned()).or_default() += count;
                }
            }
        }
        for (name, count) in &rows.strangers {
            self.session.kind(name, *count);
        }
        self.session.missed(source, text, place, items, &rows.missed)?;
        rows.filled.into_iter().for_each(|filled| self.shared.recycle(filled));
        // From a pipe that pauses, what is whole is shown at once.
        if source.is_live() {
            for file in &mut self.files {
                file.own.iter_mut().try_for_each(RowOutput::flush)?;
            }
            self.to.one().map_or(Ok(()), RowOutput::flush)?;
        }
        if self.stops {
            self.shared.room.store(self.most.saturating_sub(self.kept), Ordering::Relaxed);
        }
        let enough = self.stops && self.kept >= self.most;
        Ok(if enough { ControlFlow::Break(()) } else { GO_ON })
    }
}
