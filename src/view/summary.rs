//! The last line of `show`: how many events of which types, whose, and what stood out. Parts are counted on any
//! thread and put together in their order; memory has a bound. Which deliveries came again is for
//! [`Window`](crate::seen::events::Window) to say.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;

use crate::catalog::{Event, Kind};
use crate::container::Form;
use crate::engine::Seen;
use crate::json::{TokenKind, unescape};
use crate::lang::{Label, Lang, label};
use crate::record::slot;

use super::members::Value;

/// So many people are told apart; there are at least as many, then.
const MOST: usize = 1 << 18;
/// So many types are named.
const TYPES: usize = 5;

/// What is simply counted.
#[derive(Clone, Debug, Default)]
struct Counts {
    types: Vec<(&'static Event, u64)>,
    unknown: u64,
    challenges: u64,
    encrypted: u64,
    others: u64,
    risky: u64,
}

/// What one part of the input holds; [`Summary::part`] makes it.
#[derive(Clone, Debug)]
pub struct Part {
    counts: Counts,
    hashes: RandomState,
    /// Hashes of IDs, in order.
    people: Vec<u64>,
}

impl Part {
    /// Counts a document, and says as what; an event of no known type is nothing.
    pub fn count(&mut self, seen: &Seen<'_>) -> Counted {
        let counts = &mut self.counts;
        let other = match seen.form {
            Form::EventV1 | Form::EventV2 | Form::CardOld => None,
            Form::Challenge | Form::ChallengeV2 => Some(&mut counts.challenges),
            Form::Encrypted => Some(&mut counts.encrypted),
            _ => Some(&mut counts.others),
        };
        if let Some(other) = other {
            *other += 1;
            return Counted::default();
        }
        let record = &seen.record;
        let Some(event) = seen.event() else {
            counts.unknown += 1;
            return Counted::default();
        };
        counts.add_type(event, 1);
        let mut risky = false;
        for (at, column) in record.layout.columns.iter().enumerate().skip(slot::EVENT_BASE) {
            if let Kind::Choice(choices) = column.field.kind {
                let number = record.meant(at);
                risky |= choices.iter().any(|choice| choice.alarm && Some(choice.value) == number);
            }
        }
        let person = record.layout.person.and_then(|at| Value::of(record, at));
        if let Some(id) = person.filter(|id| !id.is_empty()) {
            self.people.push(hash(&self.hashes, id));
        }
        counts.risky += u64::from(risky);
        Counted { event: Some(event), risky }
    }
}

impl Counts {
    fn add_type(&mut self, event: &'static Event, count: u64) {
        match self.types.iter_mut().find(|(known, _)| std::ptr::eq(*known, event)) {
            Some((_, sum)) => *sum += count,
            None => self.types.push((event, count)),
        }
    }
}

/// As what an event was counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    event: Option<&'static Event>,
    risky: bool,
}

/// All parts together.
#[derive(Debug, Default)]
pub struct Summary {
    counts: Counts,
    hashes: RandomState,
    duplicates: u64,
    /// Duplicates are not shown.
    without_duplicates: bool,
    people: Distinct,
}

impl Summary {
    /// Nothing yet; whether duplicate deliveries are left out of what is shown.
    pub fn new(without_duplicates: bool) -> Summary {
        Summary { without_duplicates, ..Summary::default() }
    }

    /// An empty part of this whole, to be counted on any thread.
    pub fn part(&self) -> Part {
        Part { counts: Counts::default(), hashes: self.hashes.clone(), people: Vec::new() }
    }

    /// Adds the next part.
    pub fn add(&mut self, part: &Part) {
        for &(event, count) in &part.counts.types {
            self.counts.add_type(event, count);
        }
        self.counts.unknown += part.counts.unknown;
        self.counts.challenges += part.counts.challenges;
        self.counts.encrypted += part.counts.encrypted;
        self.counts.others += part.counts.others;
        self.counts.risky += part.counts.risky;
        for &id in &part.people {
            self.people.insert(id);
        }
    }

    /// Counts a delivery of an event that came before, which was added and may be left out again: who counts risks
    /// counts each once.
    pub fn duplicate(&mut self, counted: Counted) {
        self.duplicates += 1;
        if !self.without_duplicates {
            return;
        }
        self.counts.risky -= u64::from(counted.risky);
        let types = &mut self.counts.types;
        match types
            .iter_mut()
            .find(|(known, _)| counted.event.is_some_and(|event| std::ptr::eq(*known, event)))
        {
            Some((_, count)) => *count -= 1,
            None => self.counts.unknown -= 1,
        }
    }

    /// How many events there were.
    pub fn events(&self) -> u64 {
        self.counts.types.iter().map(|(_, count)| count).sum::<u64>() + self.counts.unknown
    }

    /// `5 events (punch record), 5 employees; 2 risky; 1 duplicate delivery`, without a line end.
    /// A `+` after a number says that there may be more. `shown` is how many of the events, where not all are.
    pub fn line(&self, shown: Option<u64>, lang: Lang) -> String {
        let words = if lang == Lang::Zh { &ZH } else { &EN };
        let mut line = String::new();
        push_count(words.events, self.events(), false, &mut line);
        self.push_types(words, lang, &mut line);
        if self.people.len() > 0 {
            line.push_str(words.comma);
            push_count(words.people, self.people.len(), self.people.full, &mut line);
        }
        let duplicates = if self.without_duplicates { words.left_out } else { words.duplicates };
        for (noun, count) in [
            (words.risky, self.counts.risky),
            (duplicates, self.duplicates),
            (words.challenges, self.counts.challenges),
            (words.encrypted, self.counts.encrypted),
            (words.others, self.counts.others),
        ] {
            if count > 0 {
                line.push_str(words.semicolon);
                push_count(noun, count, false, &mut line);
            }
        }
        if let Some(shown) = shown {
            line.push_str(words.semicolon);
            push_count(words.shown, shown, false, &mut line);
        }
        line
    }

    fn push_types(&self, words: &Words, lang: Lang, line: &mut String) {
        let mut types: Vec<_> =
            self.counts.types.iter().map(|(event, count)| (event.title.text(lang), *count)).collect();
        types.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let rest: u64 = types.iter().skip(TYPES).map(|(_, count)| count).sum();
        types.truncate(TYPES);
        types.extend([(words.more, rest), (words.unknown, self.counts.unknown)]);
        types.retain(|(_, count)| *count > 0);
        let said: Vec<String> = match &types[..] {
            [] => return,
            [(title, _)] => vec![(*title).to_owned()],
            _ => types.iter().map(|(title, count)| format!("{count} {title}")).collect(),
        };
        let [open, close] = words.brackets;
        line.extend([open, &said.join(words.comma), close]);
    }
}

/// Hashes that have been seen, so many as there is room for.
#[derive(Debug, Default)]
struct Distinct {
    seen: HashSet<u64, Same>,
    full: bool,
}

impl Distinct {
    /// Whether it is new. Beyond the bound nothing is remembered, so some that are not new count as new.
    fn insert(&mut self, hash: u64) -> bool {
        if self.seen.len() < MOST {
            return self.seen.insert(hash);
        }
        let new = !self.seen.contains(&hash);
        self.full |= new;
        new
    }

    fn len(&self) -> u64 {
        self.seen.len() as u64
    }
}

/// The hash of an ID, the same in every thread, with a key that nobody can choose IDs against. Two IDs of a million
/// have the same one in 37 million runs.
fn hash(hashes: &RandomState, id: Value<'_>) -> u64 {
    match id.kind {
        TokenKind::String { escaped: true } => hashes.hash_one(unescape(id.raw).as_bytes()),
        _ => hashes.hash_one(id.raw),
    }
}

/// What is hashed already is not hashed again.
#[derive(Clone, Copy, Debug, Default)]
struct Same(u64);

impl BuildHasher for Same {
    type Hasher = Same;

    fn build_hasher(&self) -> Same {
        Same(0)
    }
}

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only numbers come here; anything else would still be a hash.
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// One and many: `{}` is the number.
type Noun = [&'static str; 2];

/// What is said, in one language.
struct Words {
    events: Noun,
    people: Noun,
    risky: Noun,
    duplicates: Noun,
    left_out: Noun,
    shown: Noun,
    challenges: Noun,
    encrypted: Noun,
    others: Noun,
    more: &'static str,
    unknown: &'static str,
    brackets: [&'static str; 2],
    comma: &'static str,
    semicolon: &'static str,
}

const EN: Words = Words {
    events: ["{} event", "{} events"],
    people: ["{} employee", "{} employees"],
    risky: ["{} risky", "{} risky"],
    duplicates: ["{} duplicate delivery", "{} duplicate deliveries"],
    left_out: ["{} duplicate delivery left out", "{} duplicate deliveries left out"],
    shown: ["{} shown"; 2],
    challenges: ["{} challenge", "{} challenges"],
    encrypted: ["{} encrypted body", "{} encrypted bodies"],
    others: ["{} other document", "{} other documents"],
    more: "of other types",
    unknown: "not in the catalogue",
    brackets: [" (", ")"],
    comma: ", ",
    semicolon: "; ",
};

const ZH: Words = Words {
    events: ["{} 个事件"; 2],
    people: ["{} 名员工"; 2],
    risky: ["{} 条疑似作弊"; 2],
    duplicates: ["{} 次重复投递"; 2],
    left_out: ["{} 次重复投递未列出"; 2],
    shown: ["显示 {} 个"; 2],
    challenges: ["{} 个地址验证请求"; 2],
    encrypted: ["{} 个加密的请求体"; 2],
    others: ["{} 个其他文档"; 2],
    more: "其他类型",
    unknown: "目录中没有的类型",
    brackets: ["（", "）"],
    comma: "，",
    semicolon: "；",
};

/// What is said when the first `shown` were enough, and what follows them is not known.
pub fn stopped(shown: u64, lang: Lang) -> String {
    const STOPPED: Label = label("显示前 {} 个，其余未读取", "first {} shown; the rest was not read");
    STOPPED.text(lang).replace("{}", &shown.to_string())
}

/// What is said when none of the events was selected.
pub fn none_selected(events: u64, lang: Lang) -> String {
    const ONE: Label = label("选中 0 个事件，共 1 个", "0 of 1 event selected");
    const MANY: Label = label("选中 0 个事件，共 {} 个", "0 of {} events selected");
    let words = if events == 1 { ONE } else { MANY };
    words.text(lang).replace("{}", &events.to_string())
}

fn push_count(noun: Noun, count: u64, or_more: bool, out: &mut String) {
    let [one, many] = noun;
    let more = if or_more { "+" } else { "" };
    out.push_str(&if count == 1 { one } else { many }.replace("{}", &format!("{count}{more}")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::test_payloads::{self, MIXED, PUNCHES};

    fn summary(texts: &[&[u8]]) -> Summary {
        let mut summary = Summary::default();
        for text in texts {
            let mut part = summary.part();
            test_payloads::each(text, |seen| _ = part.count(seen));
            summary.add(&part);
        }
        summary
    }

    #[test]
    fn counts_in_words() {
        let one = summary(&[PUNCHES]);
        assert_eq!(one.line(None, Lang::En), "5 events (punch record), 5 employees; 2 risky");
        assert_eq!(one.line(None, Lang::Zh), "5 个事件（打卡流水），5 名员工；2 条疑似作弊");
        let mut both = summary(&[MIXED, PUNCHES]);
        both.duplicate(Counted::default());
        both.duplicate(Counted::default());
        assert_eq!(
            both.line(None, Lang::En),
            "10 events (6 punch record, 2 attendance result changed, 2 not in the catalogue), 6 employees; 3 risky; \
             2 duplicate deliveries; 1 challenge; 1 encrypted body; 1 other document"
        );
        assert_eq!(Summary::default().line(None, Lang::En), "0 events");
    }

    #[test]
    fn what_is_not_shown_is_said_once() {
        let mut without = Summary::new(true);
        without.counts.unknown = 1;
        without.duplicate(Counted::default());
        assert_eq!(without.line(None, Lang::En), "0 events; 1 duplicate delivery left out");
        assert_eq!(without.line(Some(5), Lang::Zh), "0 个事件；1 次重复投递未列出；显示 5 个");
        assert_eq!(stopped(3, Lang::En), "first 3 shown; the rest was not read");
        assert_eq!(none_selected(1, Lang::En), "0 of 1 event selected");
        assert_eq!(none_selected(500, Lang::En), "0 of 500 events selected");
    }

    #[test]
    fn what_is_remembered_has_a_bound() {
        let mut ids = Distinct::default();
        for id in 0..MOST as u64 + 5 {
            ids.insert(id.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        }
        assert!(ids.full && ids.len() == MOST as u64 && !ids.insert(0));
    }
}
