//! One event as a card: what it says, line by line, and how that stands on the wire. Everything is derived from the
//! catalogue; what the catalogue does not know is shown too, and what is empty or absent is named.

mod event;
mod rest;
#[cfg(test)]
mod tests;

use crate::container::Form;
use crate::engine::Seen;
use crate::lang::{Label, Lang, label};
use crate::query::{PLACE, Spot};
use crate::record::slot;
use crate::secrets::Secrets;
use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::{self, capital};
use crate::terminal::wrap::wrap;
use crate::time::Zone;

use event::SOME_ITEMS;

use super::hidden::Guard;
use super::layout::{Fact, push_facts};
use super::lines::is_sparse;
use super::members::Value;
use super::message::Message;
use super::unknown::{Leaves, form_name};
use super::value::ValueWriter;

/// How cards are to look.
#[derive(Clone, Copy, Debug)]
pub struct CardOptions {
    /// Colour, columns (`usize::MAX` for no limit) and language.
    pub look: Look,
    /// In which zone moments are said.
    pub zone: Zone,
    /// Values as they stand in the document, instead of what they mean.
    pub raw: bool,
    /// Secrets in full.
    pub show_secrets: bool,
}

/// Text is shown up to so many bytes.
const LONGEST: usize = 4096;

const UNKNOWN: Label = label("目录中没有的事件类型", "not in the catalogue");

/// Makes cards.
#[derive(Debug)]
pub struct Cards {
    options: CardOptions,
    values: ValueWriter,
    /// Who keeps secrets from being said; `None` where they are wanted.
    guard: Option<Guard>,
}

impl Cards {
    /// A maker of cards; one for each thread.
    pub fn new(options: CardOptions) -> Cards {
        let mut values = ValueWriter::new(options.look.lang, options.zone, true, LONGEST);
        values.shows_secrets = options.show_secrets;
        let guard = (!options.show_secrets).then(|| Guard::new(Secrets::default()));
        Cards { options, values, guard }
    }

    /// From here on hides this too, wherever it stands.
    pub fn hide(&mut self, secrets: Secrets) {
        self.guard = self.guard.is_some().then(|| Guard::new(secrets));
    }

    /// Appends the card of one document: a title and indented lines, the last of which says where it stands, if that is
    /// told in a `spot`.
    pub fn push(&mut self, seen: &Seen<'_>, spot: Option<&Spot>, out: &mut String) {
        let start = out.len();
        let guard = self.guard.as_ref();
        // Raw, a card says the token too.
        let first = guard.filter(|_| self.options.raw || !seen.usual);
        self.values.hidden = first.map(|guard| guard.hidden(seen));
        self.values.cut.set(false);
        self.values.message = Message::of(&seen.record);
        self.values.most_items = if is_sparse(seen.event()) { SOME_ITEMS } else { usize::MAX };
        let mut facts = self.make(seen, out);
        if let (None, Some(guard)) = (&self.values.hidden, &self.guard) {
            // Half a secret, where a text was cut, is not known again.
            if self.values.cut.get()
                || guard.is_worried(seen, facts.iter().flat_map(Fact::texts).chain([&out[start..]]))
            {
                self.values.hidden = Some(guard.hidden(seen));
                out.truncate(start);
                facts = self.make(seen, out);
            }
        }
        if let Some(spot) = spot {
            let mut fact = Fact { label: capital(PLACE.text(self.options.look.lang)), ..Fact::default() };
            sanitize::push_clean(&spot.place(seen), &mut fact.value);
            facts.push(fact);
        }
        // What is known to be narrow is laid out closely.
        let wordy = seen.is_event() && (seen.event().is_none() || is_sparse(seen.event()));
        push_facts(&mut facts, self.options.look, wordy && !self.options.raw, out);
    }

    /// Appends the title, and puts together what stands below it.
    fn make(&mut self, seen: &Seen<'_>, out: &mut String) -> Vec<Fact> {
        let mut card =
            Card { options: self.options, values: &mut self.values, seen, facts: Vec::new(), titled: false };
        card.title(out);
        match seen.form {
            Form::Challenge => card.challenge(),
            Form::Encrypted => card.encrypted(),
            _ if card.options.raw => card.leaves("", seen.start, ""),
            Form::EventV2 | Form::EventV1 => card.event(),
            _ => card.leaves("", seen.start, ""),
        }
        card.facts
    }
}

struct Card<'c, 's> {
    options: CardOptions,
    values: &'c mut ValueWriter,
    seen: &'c Seen<'s>,
    facts: Vec<Fact>,
    /// Whether the title has the app.
    titled: bool,
}

impl<'s> Card<'_, 's> {
    fn say(&self, label: Label) -> &'static str {
        label.text(self.options.look.lang)
    }

    fn value(&self, slot: usize) -> Option<Value<'s>> {
        Value::of(&self.seen.record, slot)
    }

    /// A text of the header, safe to show.
    fn shared(&self, slot: usize) -> Option<String> {
        let value = self.value(slot).filter(|value| !value.is_empty())?;
        let mut text = String::new();
        self.values.plain(value, &mut text);
        Some(text)
    }

    fn title(&mut self, out: &mut String) {
        let Look { color, width, lang } = self.options.look;
        let paint = Paint::new(color);
        let width = width.max(20);
        let (name, what) = match (self.seen.form, self.seen.event()) {
            (Form::EventV2 | Form::EventV1, event) => {
                let name = self.shared(slot::EVENT_TYPE).unwrap_or_else(|| "?".to_owned());
                let what = match (event, lang) {
                    (Some(event), Lang::En) => format!("{} {}", event.title.zh, event.title.en),
                    (Some(event), Lang::Zh) => event.title.zh.to_owned(),
                    (None, _) if self.seen.form == Form::EventV1 => "v1 event".to_owned(),
                    (None, _) => self.say(UNKNOWN).to_owned(),
                };
                (name, what)
            }
            (Form::CardOld, _) => {
                (self.seen.type_name().into_owned(), form_name(Form::CardOld, lang).to_owned())
            }
            (form, _) => (form_name(form, lang).to_owned(), String::new()),
        };
        let mut ids = String::new();
        let id = self.shared(slot::EVENT_ID).map(|id| ("event", short(&id)));
        let app = self.shared(slot::APP_ID).map(|id| ("app", sanitize::clip(&id, 32).into_owned()));
        for (what, id) in [id, app].into_iter().flatten() {
            ids.push_str(&format!("{}{what} {id}", if ids.is_empty() { "" } else { "   " }));
        }

        let used = sanitize::width(&name) + if what.is_empty() { 0 } else { 2 + sanitize::width(&what) };
        if used > width {
            // The header line below has the whole ids.
            for line in wrap(&name, width) {
                paint.push(Ink::Strong, line, out);
                out.push('\n');
            }
            for line in wrap(&what, width - 2) {
                out.extend(["  ", line, "\n"]);
            }
            return;
        }
        paint.push(Ink::Strong, &name, out);
        if !what.is_empty() {
            out.extend(["  ", &what]);
        }
        if !ids.is_empty() && used + 6 + sanitize::width(&ids) <= width {
            out.push_str("      ");
            paint.push(Ink::Faint, &ids, out);
            self.titled = true;
        }
        out.push('\n');
    }

    fn challenge(&mut self) {
        const WHAT: Label = label(
            "飞书在确认此地址属于您；1 秒内回复：",
            "the platform asks whether this address is yours; answer within 1 s:",
        );
        let mut answer = None;
        let mut find = |path: &str, _, value: Value<'s>| {
            if matches!(path, "challenge" | "event.challenge") {
                answer = Some(value);
            }
        };
        Leaves::all(self.seen.record.text, self.seen.start, "", &mut find);
        let mut value = self.say(WHAT).to_owned();
        if let Some(answer) = answer {
            value.push_str(" {\"challenge\": ");
            self.values.json(answer, &mut value);
            value.push('}');
        }
        self.facts.push(Fact { value, ..Fact::default() });
    }

    fn encrypted(&mut self) {
        const WHAT: Label = label(
            "用应用的 Encrypt Key 加密；请设置 LARKSPECT_ENCRYPT_KEY 再读取",
            "encrypted with the app's Encrypt Key; set LARKSPECT_ENCRYPT_KEY to read it",
        );
        let value = self.say(WHAT).to_owned();
        self.facts.push(Fact { value, ..Fact::default() });
    }
}

/// An ID by its ends.
fn short(id: &str) -> String {
    if sanitize::width(id) <= 20 {
        return id.to_owned();
    }
    let (mut head, mut tail) = (String::new(), String::new());
    sanitize::push_clip(id, 10, &mut head);
    sanitize::push_clip_front(id, 8, &mut tail);
    head + tail.trim_start_matches('.')
}
