//! A value as somebody typed it, and all that it may mean.

use std::ops::Range;

use crate::json::Decimal;
use crate::lang::{Label, Lang, Sentence, both, label};
use crate::suggest::{Unknown, nearest};
use crate::time::{Millis, parse_length, parse_span, parse_span_again, parse_time_of_day};

use super::condition::Test;
use super::select::Times;
use super::value::{Class, day_number, flag};

/// So many documented values are named in a message.
const NAMED: usize = 16;

/// A value as it was typed.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    /// The text.
    pub text: String,
    /// In small letters.
    pub folded: String,
    /// Nothing in it is a large or a small letter: it is the same in any text and in that text in small letters.
    caseless: bool,
    /// The number that it writes.
    pub number: Option<Decimal>,
    /// A day, or a time as exact as it was typed.
    pub span: Option<Range<Millis>>,
    /// What it is equal to as well: the same time again, where clocks went back.
    pub again: Option<Range<Millis>>,
    /// `yyyymmdd`
    pub day: Option<Decimal>,
    /// The milliseconds since midnight of a time of day.
    pub time_of_day: Option<Range<Millis>>,
    /// The number, if it is an integer of 64 bits.
    pub integer: Option<i64>,
    /// Whether a flag is set.
    pub flag: Option<bool>,
    /// The number, as near as 64 bits come to it.
    pub float: Option<f64>,
    /// The day, from one midnight to the next.
    pub day_span: Option<Range<Millis>>,
    /// A length of time.
    pub length: Option<Millis>,
    /// With `*` for any letters, where it stands for several texts.
    pub glob: bool,
}

impl Literal {
    /// A value; `glob`: `*` stands for any letters in it.
    pub fn new(text: &str, times: Times, glob: bool) -> Literal {
        let number = Decimal::parse(text);
        let span = parse_span(text, times.zone, times.now);
        let named_day = || {
            let span = span.clone().ok().filter(|span| span.end.0 - span.start.0 > 1000)?;
            let (year, month, day) = times.zone.local(span.start)?.date()?;
            Decimal::parse(&format!("{year}{month:02}{day:02}"))
        };
        let day = day_number(text).or_else(named_day).or_else(|| day_number(&dashed(text)?));
        let day_span = day.as_ref().and_then(Decimal::integer).and_then(|day| {
            let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
            parse_span(&format!("{year:04}-{month:02}-{day:02}"), times.zone, times.now).ok()
        });
        Literal {
            text: text.to_owned(),
            folded: small(text).collect(),
            caseless: text.chars().all(is_caseless),
            flag: flag(text),
            float: number.as_ref().and_then(|_| text.trim().parse().ok()),
            day,
            day_span,
            integer: number.as_ref().and_then(Decimal::integer),
            number,
            time_of_day: parse_time_of_day(text),
            length: parse_length(text),
            glob: glob && text.contains('*'),
            span: span.ok(),
            again: None,
        }
    }

    /// The same to be equal to: there a time without seconds is its whole minute, as a day is the whole day, and one that
    /// clocks showed twice is both. What is before it or after it goes by its beginning: 09:00:30 is after 09:00.
    pub fn whole(mut self, times: Times) -> Literal {
        self.again = parse_span_again(&self.text, times.zone, times.now);
        let digits = |rest: &str| rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(':');
        if self.text.split_once(':').is_some_and(|(_, rest)| !digits(rest)) {
            let widen = |span: Range<Millis>| span.start..Millis(span.start.0.saturating_add(60_000));
            self.span = self.span.map(widen);
            self.again = self.again.map(widen);
            self.time_of_day = self.time_of_day.map(widen);
        }
        self
    }

    /// The day that eight digits are meant for: no moment is written so.
    fn as_day(&self) -> Option<String> {
        dashed(&self.text).filter(|text| day_number(text).is_some())
    }

    fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn is_part_of_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
    }

    /// Whether a field of this class, whose documented values may not be all (`open`), could pass the test; otherwise what
    /// it takes instead. `name` is that of the field.
    pub fn suits(
        &self,
        class: Class,
        open: bool,
        test: Test,
        name: &str,
        times: Times,
    ) -> Result<(), Sentence> {
        let contains = test.is_search();
        let text = &self.text;
        match class {
            Class::Text | Class::Any => Ok(()),
            Class::Json if contains => Ok(()),
            Class::Json => Err(both!(
                "它是对象；{name}~{text} 在其中查找，{name}.KEY 是其中的成员",
                "it is an object; {name}~{text} looks into it, {name}.KEY is a member"
            )),
            Class::Moment if !contains && self.as_day().is_some() => {
                let day = self.as_day().unwrap_or_default();
                Err(both!(
                    "{text:?} 不是时间；这一天要写成 {day}",
                    "{text:?} is not a time; the day is {day}"
                ))
            }
            // Odd digits can be searched for as they stand.
            Class::Moment if self.is_digits() && !test.is_order() => Ok(()),
            Class::Moment if contains => Err(both!(
                "时间用 = != < <= > >= 比较：{name}>=2021-03-10",
                "times are compared with = != < <= > >=: {name}>=2021-03-10"
            )),
            Class::Moment if parse_time_of_day(text).is_some() => {
                let sign = test.sign();
                Err(both!(
                    "这是一天中的钟点：{name}.time{sign}{text} 查的是每一天的这个钟点",
                    "that is a time of day: {name}.time{sign}{text} asks for it on any day"
                ))
            }
            Class::Moment => parse_span(text, times.zone, times.now).map(drop).map_err(|why| (&why).into()),
            Class::TimeOfDay if self.time_of_day.is_some() && !contains => Ok(()),
            Class::TimeOfDay => {
                Err(both!("{text:?} 不是钟点；请写成 09:00", "{text:?} is not a time of day: write 09:00"))
            }
            Class::Choice(_) if test.is_order() => match self.number {
                Some(_) => Ok(()),
                None => Err(both!(
                    "{text:?} 不是数；标签没有大小之分",
                    "{text:?} is not a number; labels have no order"
                )),
            },
            // The next one that the platform adds must be findable.
            Class::Choice(_) if self.number.as_ref().is_some_and(Decimal::is_whole) => Ok(()),
            Class::Choice(choices) => {
                self.is_named(test, choices.iter().map(|choice| (choice.value.to_string(), choice.label)))
            }
            // Texts have an order, also beside those that are documented, and a list that is not all may be searched for
            // what is to come.
            Class::Word(_) if test.is_order() || open => Ok(()),
            Class::Word(words) => {
                self.is_named(test, words.iter().map(|word| (word.value.to_owned(), word.label)))
            }
            Class::Flag if !test.is_order() && self.flag.is_some() => Ok(()),
            // A number may be meant for another field.
            Class::Flag => Err(match self.folded.as_str() {
                _ if test.is_order() => both!(
                    "它只能是 true 或 false；请用 = 或 != 比较",
                    "it is true or false; compare with = or !="
                ),
                "y" | "1" | "on" => {
                    both!("它只能是 true 或 false；是不是 true？", "it is true or false; did you mean true?")
                }
                "n" | "0" | "off" => {
                    both!(
                        "它只能是 true 或 false；是不是 false？",
                        "it is true or false; did you mean false?"
                    )
                }
                _ => both!("它只能是 true 或 false，不能是 {text:?}", "it is true or false, not {text:?}"),
            }),
            Class::Day if self.day.is_some() || contains && self.is_part_of_number() => Ok(()),
            Class::Day => {
                Err(both!("{text:?} 不是日期；请写成 2021-03-10", "{text:?} is not a day: write 2021-03-10"))
            }
            Class::Length if self.length.is_some() && !contains => Ok(()),
            Class::Length => Err(both!(
                "{text:?} 不是时长；请写 5s、500ms、2min 或 1h",
                "{text:?} is not a length of time: write 5s, 500ms, 2min or 1h"
            )),
            Class::Number(_) if contains && self.is_part_of_number() => Ok(()),
            Class::Number(numbers) => match &self.number {
                Some(number) if !contains && numbers.pass(test, number) => Ok(()),
                Some(number) => {
                    let (Label { zh, en }, sign) = (numbers.what(), test.sign());
                    Err(match test.is_order() && numbers.pass(Test::Equal, number) {
                        true => both!("没有满足 {sign} {text} 的{zh}", "{sign} {text} holds for no {en}"),
                        false => both!("{text} 不是{zh}", "{text} is no {en}"),
                    })
                }
                None => Err(both!("{text:?} 不是数", "{text:?} is not a number")),
            },
        }
    }

    /// Whether one of the documented values is called so.
    fn is_named(
        &self,
        test: Test,
        known: impl Iterator<Item = (String, Label)> + Clone,
    ) -> Result<(), Sentence> {
        let names =
            |(value, label): &(String, Label)| [value.clone(), label.zh.to_owned(), label.en.to_owned()];
        let all: Vec<String> = known.clone().flat_map(|known| names(&known)).collect();
        if all.iter().any(|name| self.fits(name, test)) {
            return Ok(());
        }
        let list = |comma: &str, words: &dyn Fn((String, Label)) -> String| {
            let mut list: Vec<String> = known.clone().map(words).collect();
            if list.len() > NAMED {
                list.truncate(NAMED);
                list.push("..".to_owned());
            }
            list.join(comma)
        };
        // In English they are listed in the language that was typed.
        let lang = if self.text.is_ascii() { Lang::En } else { Lang::Zh };
        let zh = list("、", &|(value, label)| format!("{value}（{}）", label.zh));
        let en = list(", ", &|(value, label)| format!("{value} ({})", label.text(lang)));
        let near = nearest(&self.folded, all.iter().map(String::as_str)).map(str::to_owned);
        let known = both!("可以是 {zh}", "it is one of {en}");
        let what = label("值", "value");
        Err((&Unknown { what, name: self.text.clone(), near, known }).into())
    }

    /// Whether a name is what was typed, or holds it; letter case counts for nothing.
    pub fn fits(&self, name: &str, test: Test) -> bool {
        match test.is_search() {
            true if self.caseless => name.contains(&self.text),
            true => small(name).collect::<String>().contains(&self.folded),
            false => small(name).eq(self.folded.chars()),
        }
    }

    /// Whether a documented value is called so in one of the languages.
    pub fn is_label(&self, label: Label, test: Test) -> bool {
        self.fits(label.zh, test) || self.fits(label.en, test)
    }

    /// Whether a text is what was typed, or is one of those for which its `*` stand.
    pub fn is_text(&self, text: &str) -> bool {
        if self.glob { is_like(text, &self.text) } else { text == self.text }
    }
}

/// A text in small letters, letter by letter: so nothing is kept of it.
fn small(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// Whether a letter has no large and small form, and comes of none: Chinese, digits. A sign may be part of what another
/// letter becomes, as the dot of `İ` is.
fn is_caseless(c: char) -> bool {
    c.is_alphanumeric() && c.to_lowercase().eq([c]) && c.to_uppercase().eq([c])
}

/// Eight digits as a day is written.
fn dashed(text: &str) -> Option<String> {
    let (year, rest) = text.split_at_checked(4).filter(|_| text.len() == 8)?;
    let (month, day) = rest.split_at_checked(2)?;
    Some(format!("{year}-{month}-{day}"))
}

/// Whether a text is like a pattern, in which `*` stands for any letters.
pub fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;

    #[test]
    fn letter_case_counts_for_nothing_and_nothing_becomes_a_letter_without_case() {
        for c in '\0'..=char::MAX {
            let becomes: Vec<char> = c.to_lowercase().collect();
            assert!(becomes == [c] || !becomes.into_iter().any(is_caseless), "{c:?}");
        }
        let fits = |typed: &str, name: &str, test| {
            Literal::new(typed, Times { zone: Zone::Utc, now: Millis(0) }, false).fits(name, test)
        };
        assert!(fits("wi-FI", "Wi-Fi", Test::Equal) && fits("I-f", "Wi-Fi", Test::Contains));
        assert!(fits("西湖", "杭州西湖区", Test::Contains) && !fits("西湖", "西 湖", Test::Contains));
        assert!(fits("\u{307}", "İ", Test::Contains) && fits("i\u{307}", "İ", Test::Equal));
        assert!(fits("ΟΔΟΣ", "οδος ΟΔΟΣ", Test::Contains) && !fits("Wi", "Wi-Fi", Test::Equal));
    }
}
