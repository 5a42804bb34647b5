//! Values of documented fields: what stays, and stand-ins of which the rules say the same.

use crate::catalog::{Field, Kind};
use crate::finding::{At, Mark, Severity, Sink, Words};
use crate::json::{Path, Segment, Token, TokenKind, has_lone_surrogate, tree, unescape, write_escaped};
use crate::lang::Lang;
use crate::rules::accept::judge;
use crate::rules::value::find_choice;
use crate::rules::{Site, garbled};
use crate::time::Zone;

use super::keyed::Use;
use super::times;
use super::walk::{Role, State, Walk, is_callback};

/// So many stand-ins are tried until one is as right, or as wrong, as the value was.
const TURNS: u8 = 32;

/// So deep JSON is looked for in texts that stand in JSON.
const LEVELS: usize = 2;

/// Integers that count or order something. Others are codes, ids, prices: what they say is not known to be harmless.
const COUNTS: &[&str] = &[
    "buy_count",
    "capacity",
    "department_order",
    "index",
    "level",
    "member_count",
    "order",
    "position",
    "primary_member_count",
    "revision",
    "seats",
    "share_count",
    "sort",
    "user_order",
];

/// A count or a duration of more digits may be a number of another kind, of a telephone say.
const USUAL: usize = 6;

impl Walk<'_, '_> {
    /// A value of the type of its kind, neither an object nor an array.
    pub fn scalar(
        &mut self,
        token: Token,
        field: &'static Field,
        kind: &'static Kind,
        state: State,
        role: Role,
    ) {
        let raw = &self.text[token.start..token.end];
        let nothing = raw.len() == 2 && raw[0] == b'"';
        if nothing || state.keep && self.may_stay(token) {
            return self.raw(token);
        }
        let personal = state.personal;
        match kind {
            Kind::Text => self.text(token, role),
            // What may be a text may be anybody's.
            _ if matches!(field.kind, Kind::Text) => self.any(token, 0),
            Kind::Flag => self.raw(token),
            Kind::Integer
            | Kind::Number
            | Kind::Duration(..)
            | Kind::TimeOfDay
            | Kind::Bits(_)
            | Kind::Choice(_)
            | Kind::Word(_) => {
                self.fact(token, field, kind, personal);
            }
            Kind::Longitude | Kind::Latitude => {
                let degrees = self.to.keyed.degrees(*kind, &String::from_utf8_lossy(raw));
                self.out.extend_from_slice(degrees.as_bytes());
            }
            Kind::Time(..) | Kind::Day | Kind::Date | Kind::DateTime | Kind::Rfc3339 => {
                self.time(token, field, kind, personal);
            }
            Kind::Json => self.in_the_way_of(token, field, kind, |walk, turn| walk.json(token, turn)),
            Kind::Mac | Kind::Url | Kind::List(_) | Kind::Object(_) | Kind::Map | Kind::Any => {
                self.in_the_way_of(token, field, kind, |walk, turn| walk.any(token, turn));
            }
        }
    }

    fn text(&mut self, token: Token, role: Role) {
        let text = unescape(tree::body(self.text, token));
        let known = match role {
            Role::Plain => None,
            Role::TypeName => self.to.keyed.type_name(&text),
            Role::Callback => is_callback(&text).then(|| text.to_string()),
            Role::Fraction => times::fraction(&self.to.keyed, &text, self.to.days),
        };
        match known {
            Some(known) => write_escaped(&known, self.out),
            None => self.string_as_sent(token),
        }
    }

    /// What says something of the platform, if it is documented: a usual count, a choice. Of a person it is another one.
    fn fact(&mut self, token: Token, field: &'static Field, kind: &'static Kind, personal: bool) {
        if !self.findings(token, field, kind).is_empty() {
            return self.in_the_way_of(token, field, kind, |walk, turn| walk.any(token, turn));
        }
        let stays = match kind {
            Kind::Integer | Kind::Number => COUNTS.contains(&field.key) && self.is_usual(token),
            Kind::Duration(..) | Kind::TimeOfDay => self.is_usual(token),
            _ => true,
        };
        if stays && !personal {
            return self.raw(token);
        }
        // All values of a list by as many places further, so that different ones stay different.
        let other = |of: usize, count: usize| {
            let mut stream = self.to.keyed.stream(Use::Choice, 0, field.key.as_bytes());
            (of + 1 + stream.below(count.saturating_sub(1) as u32) as usize) % count
        };
        match kind {
            Kind::Choice(choices) => {
                let number = str::from_utf8(&self.text[token.start..token.end])
                    .ok()
                    .and_then(|text| text.parse().ok());
                let choice = number.and_then(|number| find_choice(choices, number));
                let place =
                    choice.and_then(|choice| choices.iter().position(|other| other.value == choice.value));
                let Some(place) = place else { return self.any(token, 0) };
                let value = choices[other(place, choices.len())].value.to_string();
                self.out.extend_from_slice(value.as_bytes());
            }
            Kind::Word(words) => {
                let text = unescape(tree::body(self.text, token));
                let Some(place) = words.iter().position(|word| word.value == text) else {
                    return self.any(token, 0);
                };
                let word = words[other(place, words.len())].value;
                write_escaped(word, self.out);
            }
            Kind::Bits(_) => self.raw(token),
            _ => self.in_the_way_of(token, field, kind, |walk, turn| walk.any(token, turn)),
        }
    }

    /// Whether a number has no more digits than counts usually have.
    fn is_usual(&self, token: Token) -> bool {
        self.text[token.start..token.end].iter().filter(|byte| byte.is_ascii_digit()).count() <= USUAL
    }

    fn time(&mut self, token: Token, field: &'static Field, kind: &'static Kind, personal: bool) {
        let raw = &self.text[token.start..token.end];
        if !self.findings(token, field, kind).is_empty() {
            return self.in_the_way_of(token, field, kind, |walk, turn| walk.any(token, turn));
        }
        let is_string = tree::is_string(token);
        let body = if is_string { tree::body(self.text, token) } else { raw };
        let days = self.to.keyed.days(body, self.to.days, personal);
        let is_moment = matches!(kind, Kind::Time(..));
        let far = str::from_utf8(body).ok().filter(|_| is_moment).and_then(|text| self.to.keyed.far(text));
        let is_fraction = is_moment && !is_string && raw.contains(&b'.');
        if days == 0 && far.is_none() && !is_fraction {
            return self.raw(token);
        }
        let moved = far.or_else(|| match is_string {
            true => times::written(*kind, body, days),
            false => {
                let number = str::from_utf8(raw).ok()?;
                times::counted(&self.to.keyed, *kind, number, days)
            }
        });
        match moved {
            Some(moved) if is_string => write_escaped(&moved, self.out),
            Some(moved) => self.out.extend_from_slice(moved.as_bytes()),
            // In no unit that there is.
            None if is_moment => self.any(token, 0),
            // The last day that can be written: there is no end.
            None => self.raw(token),
        }
    }

    /// A stand-in by the form of the value alone.
    fn any(&mut self, token: Token, turn: u8) {
        match token.kind {
            TokenKind::String { .. } => self.string(token, turn),
            TokenKind::Number { .. } => self.number(token, turn),
            _ => self.raw(token),
        }
    }

    /// The stand-in of a number.
    pub fn number(&mut self, token: Token, turn: u8) {
        let number = String::from_utf8_lossy(&self.text[token.start..token.end]);
        self.out.extend_from_slice(self.to.keyed.number(turn, &number).as_bytes());
    }

    /// The stand-in of a string; of one that holds JSON one that holds JSON, too.
    pub fn string(&mut self, token: Token, turn: u8) {
        let text = unescape(tree::body(self.text, token));
        let stand_in = match self.json_in(&text) {
            Some(json) => String::from_utf8_lossy(&json).into_owned(),
            None => self.to.keyed.text(turn, &text),
        };
        self.quote(token, &stand_in);
    }

    /// The same of a text that the rules ask for characters that were changed on the way.
    fn string_as_sent(&mut self, token: Token) {
        let text = unescape(tree::body(self.text, token));
        match garbled::example_of(text.as_bytes(), &self.text[token.start..token.end]) {
            Some(example) => self.quote(token, &self.to.keyed.behind(example, 0, &text)),
            None => self.string(token, 0),
        }
    }

    /// Writes a stand-in as a string. What was cut within a character is so again.
    fn quote(&mut self, token: Token, stand_in: &str) {
        write_escaped(stand_in, self.out);
        if is_cut(self.text, token) {
            self.out.pop();
            self.out.extend_from_slice(br#"\ud83d""#);
        }
    }

    /// The JSON that stands in for that in a text, if the text is some, with the white space around it.
    fn json_in(&self, text: &str) -> Option<Vec<u8>> {
        let trimmed = text.trim();
        let may_be =
            self.level < LEVELS && trimmed.starts_with(['{', '[']) && tree::is_json(trimmed.as_bytes());
        let json = if may_be { self.inner(trimmed.as_bytes())? } else { return None };
        let (before, behind) = text.split_at(text.len() - text.trim_start().len());
        Some([before.as_bytes(), &json, &behind.as_bytes()[trimmed.len()..]].concat())
    }

    /// The stand-in of a string that should hold JSON: turn by turn something that is right, or wrong, in another way.
    fn json(&mut self, token: Token, turn: u8) {
        let text = unescape(tree::body(self.text, token));
        let is_json = tree::is_json(text.trim().as_bytes());
        if !is_json {
            return if turn == 0 { self.string(token, 0) } else { self.string_as_sent_within(token, "", "") };
        }
        if turn > 0 || is_cut(self.text, token) {
            return self.string_as_sent_within(token, "{\"text\":\"", "\"}");
        }
        match self.inner(text.trim().as_bytes()) {
            Some(json) => self.quote(token, &String::from_utf8_lossy(&json)),
            None => self.string(token, 0),
        }
    }

    /// A stand-in between `start` and `end` of the characters of a text that come first beyond ASCII.
    fn string_as_sent_within(&mut self, token: Token, start: &str, end: &str) {
        let raw = &self.text[token.start..token.end];
        let text = unescape(tree::body(self.text, token));
        let from = text.find(|char: char| !char.is_ascii()).unwrap_or(text.len());
        let example = garbled::example_of(text[from..].as_bytes(), raw).unwrap_or("");
        let stand_in = self.to.keyed.behind(example, 0, &text);
        write_escaped(&format!("{start}{stand_in}"), self.out);
        self.out.pop();
        if is_cut(self.text, token) {
            self.out.extend_from_slice(br"\ud83d");
        }
        let at = self.out.len();
        write_escaped(end, self.out);
        self.out.remove(at);
    }

    /// Writes the first of some stand-ins of which the rules say the same as of the value.
    fn in_the_way_of(
        &mut self,
        token: Token,
        field: &'static Field,
        kind: &'static Kind,
        mut make: impl FnMut(&mut Self, u8),
    ) {
        let wanted = self.findings(token, field, kind);
        let start = self.out.len();
        for turn in 0..TURNS {
            self.out.truncate(start);
            make(self, turn);
            if findings(&self.out[start..], token.kind, field, kind) == wanted {
                break;
            }
        }
    }

    /// What the rules say of a value.
    fn findings(&self, token: Token, field: &'static Field, kind: &'static Kind) -> Said {
        findings(&self.text[token.start..token.end], token.kind, field, kind)
    }
}

/// Whether a string has half of a surrogate pair in it.
fn is_cut(text: &[u8], token: Token) -> bool {
    token.kind == TokenKind::String { escaped: true } && has_lone_surrogate(tree::body(text, token)).is_some()
}

/// Codes of rules and how much they weigh.
type Said = Vec<(&'static str, Severity)>;

fn findings(value: &[u8], token: TokenKind, field: &'static Field, kind: &'static Kind) -> Said {
    let token = match token {
        TokenKind::String { .. } => TokenKind::String { escaped: value.contains(&b'\\') },
        other => other,
    };
    let mut said = Gather(Vec::new());
    let site = Site {
        text: value,
        start: 0,
        end: value.len(),
        parent: &Path::ROOT,
        segment: Segment::Key(field.key),
        kind: *kind,
        field,
        // Moments are judged beside each other, which stays as it is.
        slotted: true,
        zone: Zone::Utc,
    };
    judge(&site, token, &mut said);
    said.0
}

/// Takes note of what is said, without its words.
struct Gather(Said);

impl Sink for Gather {
    fn report(&mut self, at: At<'_>, _: impl Fn(Lang) -> Words) {
        self.0.push((at.rule.code, at.severity));
    }
    fn mark(&self) -> Mark {
        Mark([self.0.len(), 0, 0])
    }
    fn rewind(&mut self, mark: Mark) {
        self.0.truncate(mark.0[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{EVENTS, visit};

    #[test]
    fn every_count_is_one_of_the_catalogue() {
        let mut counts = Vec::new();
        for event in EVENTS {
            visit(event.fields, &mut Vec::new(), &mut |_, field| {
                if matches!(field.kind, Kind::Integer) && !field.personal {
                    counts.push(field.key);
                }
            });
        }
        for count in COUNTS {
            assert!(counts.contains(count), "{count}");
        }
    }
}
