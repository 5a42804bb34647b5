//! What names lead to, as JSON: what a cell says is then up to the format.

use std::borrow::Cow;

use crate::engine::Seen;
use crate::json::write_escaped;
use crate::lang::Lang;
use crate::query::{Got, Name, Part, Spot};
use crate::time::Clock;

/// The JSON that a name leads to in an event: of a list, and of what stands in the items of one, an array. And whether the
/// items of that may be written one by one: not where a list is asked for as it stands.
pub(crate) fn json<'s>(
    name: &Name,
    seen: &Seen<'s>,
    spot: &Spot,
    lang: Lang,
    clock: &mut Clock,
) -> Option<(Cow<'s, [u8]>, bool)> {
    let led = name.json(seen);
    let many = led.as_ref().is_some_and(|led| led.many || led.json.first() == Some(&b'['));
    if let Some(led) = led.filter(|led| matches!(led.part, Part::Whole | Part::Raw)) {
        let apart = led.many || led.part == Part::Whole;
        return Some((led.json, apart));
    }
    let mut items = Vec::new();
    name.any(seen, spot, |got, part| {
        let said = got.said(part, lang, clock);
        let mut item = Vec::new();
        match said {
            None => item.extend_from_slice(b"null"),
            Some(said) if part == Part::Hour || matches!(got, Got::Number(_) | Got::Length(_)) => {
                item.extend_from_slice(said.as_bytes());
            }
            Some(said) => write_escaped(&said, &mut item),
        }
        items.push(item);
        false
    });
    let json = match many {
        true => Some([&b"["[..], &items.join(&b","[..]), b"]"].concat()),
        false => items.pop(),
    };
    Some((Cow::Owned(json?), true))
}
