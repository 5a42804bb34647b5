//! A run that reads events: what it says of each source, what it had to leave out, and how it ends.

use std::collections::BTreeMap;
use std::io;

use crate::container::FormInfo;
use crate::engine::Seen;
use crate::export::LeftOut;
use crate::finding::Words;
use crate::json::Place;
use crate::lang::{Label, Lang, amount, both, label, say};
use crate::query::Select;
use crate::report::collect::{DocumentRef, MANY, Unreadable};
use crate::report::locate::Locator;
use crate::report::{Detail, Reporter, formats::Line};
use crate::rules::form::is_no_event;
use crate::secrets::Secrets;
use crate::stream::frame::Item;
use crate::stream::stats::{PassedOver, Stats};
use crate::view::closing::{passed_over, unread};

use super::context::Context;
use super::exit::{Exit, Stop};
use super::files::source::Source;
use super::hint::convert_hint;
use super::interrupt;
use super::progress::{Progress, Step};
use super::talk::Talk;

/// Unreadable documents that are named in each file; the others are counted.
const NAMED: u64 = 50;

/// Kinds of what is left out that are told apart.
const KINDS: usize = 40;

/// Of more kinds than these.
const OTHER: Label = label("其他", "other");

/// What holds nothing that can be told apart.
const UNREADABLE: Label = label("无法读取的文档", "unreadable documents");

/// Things in a sentence, one after another.
fn listed(things: impl Iterator<Item = String>, lang: Lang) -> String {
    things.collect::<Vec<_>>().join(label("，", ", ").text(lang))
}

/// The documents of a stretch that hold no event that can be read.
pub struct Missed {
    /// What is wrong with them.
    pub findings: Unreadable,
    /// What was read, and what it is; what was passed over.
    pub stats: Stats,
    about: Vec<DocumentRef>,
    settled: usize,
}

impl Missed {
    /// Nothing yet; findings are told in this language.
    pub fn telling(lang: Lang) -> Missed {
        Missed::new(Unreadable::telling(lang), Stats::default())
    }

    /// These findings, not settled yet.
    pub fn new(findings: Unreadable, stats: Stats) -> Missed {
        Missed { findings, stats, about: Vec::new(), settled: 0 }
    }

    /// A document was read: whether it can be shown, for nothing was found since the one before it.
    pub fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) -> bool {
        self.stats.count(seen, item);
        let readable = self.findings.count() <= self.settled;
        self.settle(item);
        readable
    }

    /// Whether there is so much that it should be told before more is read.
    pub fn is_full(&self) -> bool {
        self.settled >= MANY
    }

    /// A document was read or given up: its findings so far are about `item`.
    pub fn settle(&mut self, item: Option<Item>) {
        self.about.resize(self.findings.findings().len(), DocumentRef { item, ..DocumentRef::ALONE });
        self.settled = self.findings.count();
    }
}

/// What is the same in every run that reads events: what is said of each source on standard error while the run goes
/// on, what had to be left out, and the exit code.
pub struct Session {
    /// Where it is said.
    pub talk: Talk,
    /// Whether it is also said what was recognised.
    pub verbose: bool,
    /// Whether nothing is said but what stops the run.
    pub quiet: bool,
    /// What is secret wherever it stands.
    pub secrets: Secrets,
    /// Some input could not be read to its end, or not at all.
    pub unread: bool,
    /// How many that are, where nobody interrupted it.
    broken: u64,
    /// How far it is.
    progress: Progress,
    /// Of the open source.
    stats: Stats,
    reporter: Line,
    named: u64,
    unreadable: u64,
    /// In all sources.
    passed_over: PassedOver,
    kinds: BTreeMap<String, u64>,
}

impl Session {
    /// Nothing has been read yet; `unread`: so much of what was named cannot be, which has been said.
    pub fn new(context: &Context, verbose: bool, unread: u64) -> Session {
        Session {
            talk: context.talk.clone(),
            verbose,
            quiet: false,
            secrets: context.credentials.hidden(),
            unread: unread > 0,
            broken: unread,
            progress: Progress::new(&context.io, context.out.lang),
            stats: Stats::default(),
            reporter: Line::new(context.out.lang),
            named: 0,
            unreadable: 0,
            passed_over: PassedOver::default(),
            kinds: BTreeMap::new(),
        }
    }

    /// Whether anything is left out.
    pub fn any_left_out(&self) -> bool {
        self.unreadable > 0 || !self.kinds.is_empty()
    }

    /// Whether nothing came of the input: `count` of what is looked for is none, and nothing could not be read either.
    pub fn came_to_nothing(&self, count: u64) -> bool {
        count == 0 && !self.any_left_out() && !self.unread
    }

    /// Why nothing came of an input: what there was none of, what was expected, and how to go on.
    pub fn nothing(none: Label) -> Stop {
        let Label { zh, en } = none;
        Stop::because(both!(
            "{zh}：输入里什么也没有；应给出 JSON 事件，或含有事件的请求、日志（larkspect sample 可以生成一些）",
            "{en}: nothing is in the input; give it events as JSON, or requests or logs that hold them (larkspect sample makes some)"
        ))
    }

    /// The exit code of a run of which something came.
    pub fn exit(&self, findings: bool) -> Exit {
        match () {
            () if self.unread => Exit::Failed,
            () if findings || self.any_left_out() => Exit::Findings,
            () => Exit::Fine,
        }
    }

    /// The same of a run that chose among events: it failed where it chose none (`none`), and `select` asked for what there
    /// is not.
    pub fn exit_of(&self, select: &Select, none: bool, findings: bool) -> Exit {
        if none && select.is_in_vain() { Exit::Failed } else { self.exit(findings) }
    }

    /// How far reading is.
    pub fn step(&mut self, step: Step<'_>) {
        // Of sources that had not begun when a run was interrupted nothing else tells.
        self.unread |= matches!(step, Step::End) && interrupt::caught().is_some();
        if !self.quiet {
            self.progress.step(step);
        }
    }

    /// A source begins; `layers` is how it is compressed or encoded.
    pub fn begin(&mut self, source: &Source, layers: &[Label]) {
        if self.verbose && !layers.is_empty() {
            self.talk.line(format_args!(
                "{}: {}",
                source.name,
                listed(layers.iter().map(|layer| layer.text(self.talk.lang).to_owned()), self.talk.lang)
            ));
        }
        self.named = 0;
    }

    /// It could not be read to its end, or not at all.
    pub fn failed(&mut self, source: &Source, error: &io::Error) {
        self.unread = true;
        match interrupt::caught() {
            Some(_) => self.talk.begin_line(),
            None => {
                self.broken += 1;
                self.talk.failed(&source.name, error);
            }
        }
    }

    /// Counts what the documents of a stretch were recognised as, and what was passed over.
    pub fn read(&mut self, stats: &Stats) {
        self.stats.add(stats);
    }

    /// What is wrong with the open source has been told, so what it is need not be.
    pub fn told(&mut self) {
        self.stats.passed_over.about = None;
    }

    /// Names the documents of a stretch that could not be read.
    pub fn missed(
        &mut self,
        source: &Source,
        text: &[u8],
        place: Place,
        items: u64,
        missed: &Missed,
    ) -> io::Result<()> {
        self.read(&missed.stats);
        let findings = missed.findings.findings();
        self.unreadable += missed.settled as u64;
        if findings.is_empty() || self.quiet {
            return Ok(());
        }
        let mut locator = Locator::new(text, place).hiding(&self.secrets);
        let mut lines = Vec::new();
        let before = self.named;
        self.named += missed.settled as u64;
        for (number, (finding, about)) in (before..).zip(findings.iter().zip(&missed.about)) {
            if number < NAMED {
                let number = about.number(items);
                let located = locator.locate(finding, finding.severity, &source.name, number, Detail::Words);
                self.reporter.finding(&located, &mut lines)?;
            }
        }
        self.talk.bytes(&lines);
        Ok(())
    }

    /// A source has been read, as far as it could be.
    pub fn end(&mut self, source: &Source) {
        let (name, lang) = (&source.name, self.talk.lang);
        if self.named > 0 {
            self.told();
        }
        let stats = std::mem::take(&mut self.stats);
        let PassedOver { lines, about, .. } = stats.passed_over;
        self.passed_over.add(&stats.passed_over);
        if let Some(FormInfo { name: what, capture, .. }) = about
            && stats.is_empty()
            && !self.quiet
        {
            let words = Words::new(is_no_event(what.text(lang), lang));
            let words = words.maybe_help(capture.map(|help| help.text(lang)));
            self.talk.line(format_args!("{name}: {}", words.sentence(lang)));
        }
        if self.verbose {
            for words in stats.words(lang) {
                self.talk.line(format_args!("{name}: {words}"));
            }
            if lines > 0 {
                let words = amount(lines, "other line");
                self.talk.line(say!(lang, "{name}: 跳过其他 {lines} 行", "{name}: {words} passed over"));
            }
        }
        if self.named > NAMED {
            let more = self.named - NAMED;
            self.talk.line(say!(
                lang,
                "{name}: 此类文档还有 {more} 个",
                "{name}: and {more} more like these"
            ));
        }
    }

    /// Says how much was passed over beside these events, if any of it looked like JSON and could have been meant as an
    /// event. In detail it has been said of each source.
    pub fn passed_over(&self, events: u64, lang: Lang) {
        let PassedOver { lines, json, .. } = self.passed_over;
        if json && events > 0 && !self.verbose && !self.quiet {
            self.talk.line(passed_over(events, lines, lang));
        }
    }

    /// Says what only the input tells of what was asked: that no event had a field, or was of a type. `none`: nothing was
    /// selected, and in which zone times were asked may be why. It quotes what was typed, and nothing of the input.
    pub fn asked(&self, select: &Select, none: bool) {
        for words in select.words(self.talk.lang) {
            self.talk.line(words);
        }
        if let Some(zone) = select.zone().filter(|_| none) {
            let zone = zone.lasting_name();
            self.talk.line(say!(
                self.talk.lang,
                "条件里的时间按时区 {zone} 理解（--tz）",
                "times were asked in the zone {zone} (--tz)"
            ));
        }
    }

    /// Counts `count` more of a kind: an event type, say.
    pub fn kind(&mut self, name: &str, count: u64) {
        // Without its article.
        let name = ["a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name);
        let known = self.kinds.len() < KINDS || self.kinds.contains_key(name);
        *self.kinds.entry((if known { name } else { OTHER.text(self.talk.lang) }).to_owned()).or_default() +=
            count;
    }

    /// What could not be read, said once more at the end: documents, where nothing else counts them, and inputs.
    pub fn unread_words(&self, lang: Lang) -> Option<String> {
        unread(self.unreadable, self.broken, lang)
    }

    /// What was left out, in words: `1 unreadable document, 2 im.message.receive_v1`.
    pub fn words(&self) -> String {
        let unreadable = unread(self.unreadable, 0, self.talk.lang);
        // What is said of one thing has no plural that could be made of it; the name of a type needs none.
        let kinds = self.kinds.iter().map(|(name, count)| match *count > 1 && !name.contains('.') {
            true => format!("{count} \u{d7} {name}"),
            false => format!("{count} {name}"),
        });
        listed(unreadable.into_iter().chain(kinds), self.talk.lang)
    }

    /// The same, line by line, with how to get it.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let line = |what: &str, count, hint| LeftOut { what: what.to_owned(), count: Some(count), hint };
        let hint = |name: &str| convert_hint(name).filter(|_| name.contains('.')).unwrap_or_default();
        let unreadable = (self.unreadable > 0)
            .then(|| line(UNREADABLE.text(self.talk.lang), self.unreadable, "larkspect check".to_owned()));
        let kinds = self.kinds.iter().map(|(name, count)| line(name, *count, hint(name)));
        unreadable.into_iter().chain(kinds).collect()
    }
}
