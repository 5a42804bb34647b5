//! What a value of each kind is held against. Most values are accepted by a look at their bytes, whether the engine
//! walks a document or takes a way that it knows; the others are judged, which says everything that is to be said of
//! them. Both conditions of a kind stand side by side in the file of its rules: `accept_mac` and `mac`.

use crate::catalog::{Kind, Presence, Wire, Word};
use crate::finding::Sink;
use crate::json::{LengthGuess, TokenKind};
use crate::record::Slot;

use super::site::Site;
use super::{syntax, time, value};

/// What is accepted in a place, worked out once for a field. What is not accepted may be right all the same.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Accept {
    /// Nothing: every value is judged.
    Nothing,
    /// A string of at least so many bytes between its quotes.
    Text(u8),
    /// `true` or `false`.
    Flag,
    /// One digit, whose bit is set.
    Digit(u16),
    /// A string of up to fifteen digits, no idle zero before them.
    Moment,
    /// A string of seconds with a fraction.
    Fraction,
    /// An integer of up to fifteen digits, without a sign.
    Integer,
    /// A number, its sign left out, below this.
    Degrees(u16),
    /// A string that holds a MAC address or nothing.
    Mac,
    /// A string that holds a URL.
    Url,
    /// A string that holds JSON or nothing.
    Json,
    /// A string that is one of these.
    Word(&'static [Word]),
    /// This string.
    Exactly(&'static str),
    /// A list without items or, if they may be, of URLs.
    List { urls: bool },
}

/// A value that was accepted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Accepted {
    /// One past its last byte.
    pub end: usize,
    /// Its JSON type.
    pub kind: TokenKind,
    /// The number that it writes, for its slot.
    pub number: i64,
}

impl Accepted {
    /// A string without escapes, one past its closing quote.
    #[inline(always)]
    fn plain(end: usize) -> Accepted {
        Accepted { end, kind: TokenKind::String { escaped: false }, number: Slot::NO_NUMBER }
    }
}

impl Accept {
    /// What is accepted of a kind in a field of this presence; `None` where every value is judged.
    pub fn of(kind: Kind, presence: Presence) -> Option<Accept> {
        Some(match kind {
            Kind::Text => Accept::Text(u8::from(presence == Presence::Required)),
            Kind::Flag => Accept::Flag,
            Kind::Choice(choices) => {
                let digits = choices.iter().filter(|choice| (0..=9).contains(&choice.value));
                Accept::Digit(digits.fold(0, |bits, choice| bits | 1 << choice.value))
            }
            Kind::Time(_, Wire::Text) => Accept::Moment,
            Kind::Integer | Kind::Time(..) | Kind::Duration(_, Wire::Integer) => Accept::Integer,
            Kind::Longitude | Kind::Latitude => Accept::Degrees(value::limit(kind)),
            Kind::Mac => Accept::Mac,
            Kind::Url => Accept::Url,
            Kind::Word(words) => Accept::Word(words),
            Kind::List(item) => Accept::List { urls: matches!(item, Kind::Url) },
            Kind::Json => Accept::Json,
            Kind::Number
            | Kind::Day
            | Kind::Date
            | Kind::DateTime
            | Kind::Rfc3339
            | Kind::TimeOfDay
            | Kind::Duration(..)
            | Kind::Bits(_)
            | Kind::Object(_)
            | Kind::Map
            | Kind::Any => return None,
        })
    }

    /// Whether it begins with a quote.
    #[inline(always)]
    pub fn is_quoted(self) -> bool {
        match self {
            Accept::Text(_)
            | Accept::Moment
            | Accept::Fraction
            | Accept::Mac
            | Accept::Url
            | Accept::Json
            | Accept::Word(_)
            | Accept::Exactly(_) => true,
            Accept::Nothing
            | Accept::Flag
            | Accept::Digit(_)
            | Accept::Integer
            | Accept::Degrees(_)
            | Accept::List { .. } => false,
        }
    }

    /// The value at `at`, if it is accepted and ends where it seems to.
    #[inline(always)]
    pub fn value(self, text: &[u8], at: usize) -> Option<Accepted> {
        let quote = self.is_quoted();
        if quote && text.get(at) != Some(&b'"') {
            return None;
        }
        let accepted = self.body(&mut LengthGuess::default(), text, at + usize::from(quote))?;
        let ends = matches!(text.get(accepted.end)?, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
        ends.then_some(accepted)
    }

    /// The value at `at` (after its quote, if it has one), if it is accepted. Where a number ends is for the caller to
    /// see: more digits or an exponent may follow.
    #[inline(always)]
    pub fn body(self, guess: &mut LengthGuess, text: &[u8], at: usize) -> Option<Accepted> {
        let other = |end, kind| Accepted { end, kind, number: Slot::NO_NUMBER };
        Some(match self {
            Accept::Nothing => return None,
            Accept::Text(least) => {
                let (end, escaped) = value::accept_text(usize::from(least), guess, text, at)?;
                other(end, TokenKind::String { escaped })
            }
            Accept::Flag => {
                let (end, flag) = value::accept_flag(text, at)?;
                other(end, TokenKind::Bool(flag))
            }
            Accept::Digit(bits) => {
                let number = value::accept_digit(bits, text, at)?;
                Accepted { end: at + 1, kind: TokenKind::Number { integer: true }, number }
            }
            Accept::Moment => {
                let (end, number) = time::accept_digits(text, at)?;
                Accepted { number, ..Accepted::plain(end) }
            }
            Accept::Fraction => {
                let (end, number) = time::accept_fraction(text, at)?;
                Accepted { number, ..Accepted::plain(end) }
            }
            Accept::Integer => {
                let (end, number) = value::accept_integer(text, at)?;
                Accepted { end, kind: TokenKind::Number { integer: true }, number }
            }
            Accept::Degrees(limit) => {
                let (end, integer) = value::accept_degrees(limit, text, at)?;
                other(end, TokenKind::Number { integer })
            }
            Accept::Mac => Accepted::plain(value::accept_mac(text, at)?),
            Accept::Url => Accepted::plain(value::accept_url(text, at)?),
            Accept::Json => {
                let (end, escaped) = value::accept_json(text, at)?;
                other(end, TokenKind::String { escaped })
            }
            Accept::Word(words) => Accepted::plain(value::accept_word(words, text, at)?),
            Accept::Exactly(string) => Accepted::plain(value::accept_string(string, text, at)?),
            Accept::List { urls } => other(value::accept_list(urls, text, at)?, TokenKind::Array),
        })
    }
}

/// Says of a value of the JSON type of its kind what is to be said. Returns the number that it writes, for its slot.
pub(crate) fn judge(site: &Site<'_>, token: TokenKind, sink: &mut impl Sink) -> Option<i64> {
    match site.kind {
        Kind::Text => value::text(site, sink),
        Kind::Mac => value::mac(site, sink),
        Kind::Url => value::url(site, sink),
        Kind::Word(words) => value::word(site, words, sink),
        Kind::Longitude | Kind::Latitude => value::degrees(site, sink),
        Kind::Time(unit, Wire::Text) => return time::digits(site, unit, sink),
        Kind::Time(unit, _) => return time::count(site, unit, sink),
        Kind::Rfc3339 => return time::rfc3339(site, sink),
        Kind::Date | Kind::DateTime => time::written(site, sink),
        Kind::TimeOfDay | Kind::Duration(_, Wire::Text) => time::amount(site, sink),
        Kind::Json => value::json(site, sink),
        Kind::Bits(bits) => return value::bits(site, bits, sink),
        Kind::Choice(choices) => return value::choice(site, choices, sink),
        Kind::Day => return time::day(site, sink),
        Kind::Integer | Kind::Duration(_, Wire::Integer) => return site.integer(),
        Kind::Flag
        | Kind::Number
        | Kind::Duration(..)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Map
        | Kind::Any => {}
    }
    if token == (TokenKind::String { escaped: true }) {
        let path = site.parent.child(site.segment);
        syntax::lone_surrogate(site.text, (site.start, site.end), &path, sink);
    }
    None
}
