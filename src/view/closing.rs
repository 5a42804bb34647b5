//! The last line of `show`: how many events of which types, whose, and what stood out. Parts are counted on any
//! thread and put together in their order; memory has a bound. Which deliveries came again is for
//! [`Window`](crate::seen::events::Window) to say.

use std::collections::HashSet;
use std::hash::BuildHasher;

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
/// The key of the ID of an employee.
const EMPLOYEE: &str = "employee_id";
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
    /// Hashes of IDs of employees, in order.
    employees: Vec<u64>,
    /// The same of people by other IDs.
    others: Vec<u64>,
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
        if let Some(at) = record.layout.person
            && let Some(id) = Value::of(record, at).filter(|id| !id.is_empty())
        {
            let is_employee = record.layout.columns[at].field.key == EMPLOYEE;
            let people = if is_employee { &mut self.employees } else { &mut self.others };
            people.push(hash(&self.hashes, id));
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
    employees: Distinct,
    others: Distinct,
}

impl Summary {
    /// Nothing yet; whether duplicate deliveries are left out of what is shown.
    pub fn new(without_duplicates: bool) -> Summary {
        Summary { without_duplicates, ..Summary::default() }
    }

    /// An empty part of this whole, to be counted on any thread.
    pub fn part(&self) -> Part {
        let hashes = self.hashes.clone();
        Part { counts: Counts::default(), hashes, employees: Vec::new(), others: Vec::new() }
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
        for (all, ids) in [(&mut self.employees, &part.employees), (&mut self.others, &part.others)] {
            for &id in ids {
                all.insert(id);
            }
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
        let mut line = EVENTS.say(self.events(), lang);
        self.push_types(lang, &mut line);
        // One person has an ID of each kind, so the two are not summed up.
        let (noun, people) = match self.employees.len() {
            0 => (PEOPLE, &self.others),
            _ => (EMPLOYEES, &self.employees),
        };
        if people.len() > 0 {
            let more = if people.full { "+" } else { "" };
            let said = noun.of(people.len(), lang).replace("{}", &format!("{}{more}", people.len()));
            line.extend([COMMA.text(lang), &said]);
        }
        for (noun, count) in [
            (RISKY, self.counts.risky),
            (if self.without_duplicates { LEFT_OUT } else { DUPLICATES }, self.duplicates),
            (CHALLENGES, self.counts.challenges),
            (ENCRYPTED, self.counts.encrypted),
            (OTHERS, self.counts.others),
        ] {
            if count > 0 {
                line.extend([SEMICOLON.text(lang), &noun.say(count, lang)]);
            }
        }
        if let Some(shown) = shown {
            line.extend([SEMICOLON.text(lang), &SHOWN.say(shown, lang)]);
        }
        line
    }

    fn push_types(&self, lang: Lang, line: &mut String) {
        let mut types: Vec<_> =
            self.counts.types.iter().map(|(event, count)| (event.title.text(lang), *count)).collect();
        types.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        // One more is named in as many words as it is passed over.
        let named = if types.len() == TYPES + 1 { TYPES + 1 } else { TYPES };
        let rest: u64 = types.iter().skip(named).map(|(_, count)| count).sum();
        types.truncate(named);
        types.extend([(MORE.text(lang), rest), (UNKNOWN.text(lang), self.counts.unknown)]);
        types.retain(|(_, count)| *count > 0);
        let said: Vec<String> = match &types[..] {
            [] => return,
            [(title, _)] => vec![(*title).to_owned()],
            _ => types.iter().map(|(title, count)| format!("{count} {title}")).collect(),
        };
        line.push_str(&BRACKETS.text(lang).replace("{}", &said.join(COMMA.text(lang))));
    }
}

/// Hashes that have been seen, so many as there is room for.
#[derive(Debug, Default)]
struct Distinct {
    seen: HashSet<u64, foldhash::fast::RandomState>,
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

/// What is said of a number of things: `{}` stands for the number, or for the places.
#[derive(Clone, Copy)]
struct Noun {
    one: Label,
    many: Label,
}

/// Chinese has one form, English two.
const fn noun(zh: &'static str, one: &'static str, many: &'static str) -> Noun {
    Noun { one: label(zh, one), many: label(zh, many) }
}

impl Noun {
    fn of(self, count: u64, lang: Lang) -> &'static str {
        if count == 1 { self.one } else { self.many }.text(lang)
    }

    fn say(self, count: u64, lang: Lang) -> String {
        self.of(count, lang).replace("{}", &count.to_string())
    }
}

const EVENTS: Noun = noun("{} 个事件", "{} event", "{} events");
const EMPLOYEES: Noun = noun("{} 名员工", "{} employee", "{} employees");
const PEOPLE: Noun = noun("{} 人", "{} person", "{} people");
const RISKY: Noun = noun("{} 条疑似作弊", "{} risky", "{} risky");
const DUPLICATES: Noun = noun("{} 次重复投递", "{} duplicate delivery", "{} duplicate deliveries");
const LEFT_OUT: Noun =
    noun("{} 次重复投递未列出", "{} duplicate delivery left out", "{} duplicate deliveries left out");
const SAME_ID: Noun = noun(
    "{} 个事件的 event_id 与之前的相同（--dedupe 去掉内容也相同的）",
    "{} has the event_id of an earlier one (--dedupe drops it if it says the same)",
    "{} have the event_id of an earlier one (--dedupe drops those that say the same)",
);
const SHOWN: Noun = noun("显示 {} 个", "{} shown", "{} shown");
const CHALLENGES: Noun = noun("{} 个地址验证请求", "{} challenge", "{} challenges");
const ENCRYPTED: Noun = noun("{} 个加密的请求体", "{} encrypted body", "{} encrypted bodies");
const OTHERS: Noun = noun("{} 个其他文档", "{} other document", "{} other documents");
const OTHER_LINES: Noun = noun("跳过其他 {} 行", "{} other line passed over", "{} other lines passed over");
const MORE: Label = label("其他类型", "of other types");
const UNKNOWN: Label = label("目录中没有的类型", "not in the catalogue");
const BRACKETS: Label = label("（{}）", " ({})");
const COMMA: Label = label("，", ", ");
const SEMICOLON: Label = label("；", "; ");

/// What is said when the first `shown` were enough, and what follows them is not known.
pub fn stopped(shown: u64, lang: Lang) -> String {
    const STOPPED: Label = label("显示前 {} 个，其余未读取", "first {} shown; the rest was not read");
    STOPPED.text(lang).replace("{}", &shown.to_string())
}

/// What is said of events whose id came before: whether the rest is the same is only known where they are `left_out`.
pub fn duplicates(count: u64, left_out: bool, lang: Lang) -> String {
    if left_out { LEFT_OUT } else { SAME_ID }.say(count, lang)
}

/// What is said last of documents and of inputs that could not be read: it was said of each, and may have scrolled away.
pub fn unread(documents: u64, inputs: u64, lang: Lang) -> Option<String> {
    const DOCUMENTS: Noun = noun("{} 个无法读取的文档", "{} unreadable document", "{} unreadable documents");
    const INPUTS: Noun =
        noun("{} 个输入无法读取", "{} input could not be read", "{} inputs could not be read");
    let counts = [(DOCUMENTS, documents), (INPUTS, inputs)];
    let said = counts.iter().filter(|(_, count)| *count > 0).map(|(noun, count)| noun.say(*count, lang));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(SEMICOLON.text(lang)))
}

/// Appends what is said besides.
pub fn also(mut line: String, more: Option<String>, lang: Lang) -> String {
    line.extend(more.iter().flat_map(|more| [SEMICOLON.text(lang), more]));
    line
}

/// What is said when none of the events was selected.
pub fn none_selected(events: u64, lang: Lang) -> String {
    const NONE: Noun = noun("选中 0 个事件，共 {} 个", "0 of {} event selected", "0 of {} events selected");
    NONE.say(events, lang)
}

/// What is said of lines that were passed over beside these events.
pub fn passed_over(events: u64, lines: u64, lang: Lang) -> String {
    [EVENTS.say(events, lang), OTHER_LINES.say(lines, lang)].join(SEMICOLON.text(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{EVENTS, event};
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
        // As many as are named, and one more: to say that it is of another type takes no fewer words.
        for (more, said) in [(1, "1 card action)"), (2, "2 of other types)")] {
            let mut many = Summary::default();
            let last = [event("card.action.trigger"), event("url.preview.get")];
            for event in EVENTS.iter().copied().take(TYPES).chain(last.into_iter().flatten().take(more)) {
                many.counts.add_type(event, 1);
            }
            assert!(many.line(None, Lang::En).ends_with(said), "{}", many.line(None, Lang::En));
        }
        let mut both = summary(&[MIXED, PUNCHES]);
        both.duplicate(Counted::default());
        both.duplicate(Counted::default());
        assert_eq!(
            both.line(None, Lang::En),
            "10 events (6 punch record, 2 attendance result changed, 1 employee joined, 1 leave approved), 6 employees; 3 risky; \
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
