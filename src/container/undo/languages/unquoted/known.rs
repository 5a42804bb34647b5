//! What the catalogue knows of the members of an object: their names tell where a text without quotes ends, their kinds
//! whether digits are a text.

use crate::catalog::{self, Envelope, Event, Field, Kind};
use crate::steps::took;

/// The keys of the old form that a body may have beside those of the envelopes.
const OTHER_KEYS: [&str; 2] = [catalog::ENCRYPT, "challenge"];

/// The members of an object.
#[derive(Clone, Copy, Debug)]
pub(super) enum Members {
    /// Those of a whole event.
    Event(Option<&'static Event>),
    /// Those of its header.
    Header,
    /// Those of an object in it.
    Fields(&'static [Field]),
    /// The items of a list, which are all of one kind.
    Items(Option<&'static Kind>),
    /// Somebody's own.
    Unknown,
}

/// What is known of a member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// `None` where it may be of several.
    pub kind: Option<&'static Kind>,
    /// The members of its value, if it is an object.
    pub members: Members,
}

const TEXT: Known = Known { kind: Some(&Kind::Text), members: Members::Unknown };

impl Members {
    /// Whether all of its keys are known, as far as the catalogue goes.
    pub fn are_known(self) -> bool {
        !matches!(self, Members::Unknown | Members::Items(_))
    }

    /// What is known of the member of this key; `None` where it is not in the catalogue.
    pub fn member(self, key: &[u8]) -> Option<Known> {
        let key = str::from_utf8(key).ok()?;
        let of = |field: &'static Field| match field.also {
            Some(_) => Known { kind: None, members: Members::of(&field.kind) },
            None => Known { kind: Some(&field.kind), members: Members::of(&field.kind) },
        };
        let find = |fields: &'static [Field]| fields.iter().find(|field| field.key == key).map(of);
        match self {
            Members::Event(event) if key == catalog::BODY => {
                let members = event.map_or(Members::Unknown, |event| Members::Fields(event.fields));
                Some(Known { kind: None, members })
            }
            Members::Event(event) => {
                // Of an event that is not known it is not known either what stands around it.
                let v1 = event.is_none_or(|event| event.envelope == Envelope::V1);
                let v2 = event.is_none_or(|event| event.envelope == Envelope::V2);
                match key {
                    catalog::HEAD if v2 => Some(Known { kind: None, members: Members::Header }),
                    _ if event.is_none() && OTHER_KEYS.contains(&key) => Some(TEXT),
                    _ if v2 && find(catalog::ENVELOPE).is_some() => find(catalog::ENVELOPE),
                    _ if v1 => find(catalog::ENVELOPE_V1),
                    _ => None,
                }
            }
            Members::Header => find(catalog::HEADER).or_else(|| catalog::header_extra(key).map(of)),
            Members::Fields(fields) => find(fields),
            Members::Items(kind) if key.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(Known { kind, members: kind.map_or(Members::Unknown, Members::of) })
            }
            Members::Items(_) | Members::Unknown => None,
        }
    }

    /// The members of a value of this kind.
    pub fn of(kind: &'static Kind) -> Members {
        match kind {
            Kind::Object(fields) => Members::Fields(fields),
            Kind::List(item) => Members::Items(Some(item)),
            _ => Members::Unknown,
        }
    }
}

/// Whether texts of a kind may hold anything: what looks like the next member, too.
pub(super) fn is_free(kind: Option<&Kind>) -> bool {
    matches!(kind, None | Some(Kind::Text | Kind::Json | Kind::Url | Kind::Map | Kind::Any | Kind::DateTime))
}

/// The first event type of the catalogue that follows a key which ends in `type`, and where it stands.
pub(super) fn event_type(text: &[u8]) -> Option<(&'static Event, usize)> {
    const KEY: &[u8] = b"type";
    took(text.len());
    memchr::memmem::find_iter(text, KEY).find_map(|at| {
        let rest = &text[at + KEY.len()..];
        let sign = rest.iter().take(8).take_while(|byte| b"]=:> ".contains(byte)).count();
        let name = rest[sign..]
            .iter()
            .take(100)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"._".contains(*byte));
        let name = &rest[sign..][..name.count()];
        // Types have at least two words.
        let name = str::from_utf8(name).ok().filter(|name| sign > 0 && name.contains(['.', '_']))?;
        Some((catalog::event(name)?, at))
    })
}
