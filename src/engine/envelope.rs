//! The top of a document: which form it has, and the walk through the envelope of v2 and v1 events.

use std::borrow::Cow;

use crate::catalog::{BODY, CARD_OLD, EDITOR_KEY, ENCRYPT, ENVELOPE_V1, Envelope, Field, HEAD, TYPE_V1};
use crate::container::{Form, body, classify, masked, stranger};
use crate::finding::{Mark, Sink};
use crate::json::{Path, Segment, Token, TokenKind, tree, unescape};
use crate::lang::{Lang, say};
use crate::record::{Record, Slot, slot};
use crate::rules::{Site, form, shape, time, wire};
use crate::signature::Tokens;

use super::course::CHALLENGE;
use super::plan::{Plan, Plans, top};
use super::walk::{KeySpan, Result, Walk};

/// What the walk of a whole document came to.
pub(crate) struct Top<'p> {
    pub form: Form,
    pub plan: &'p Plan,
    pub end: usize,
    pub body: Option<(usize, usize)>,
}

/// A member of the top object that is none of the three of a v2 event.
struct Odd {
    key: KeySpan,
    value: Token,
}

/// What the body of every v1 event has.
const FIELDS_V1: &[Field] = &[TYPE_V1];

const EVENT_PATH: Segment<'static> = Segment::Key(BODY);

impl<'t, S: Sink> Walk<'_, 't, S> {
    /// Walks a whole document in the hope that it is a v2 event; when it proves to be of another form, what was
    /// reported since `mark` is taken back and said in the terms of that form.
    pub fn document<'p>(&mut self, plans: &'p Plans, mark: Mark) -> Result<Top<'p>> {
        let start = self.cursor.at;
        let mut plan = None;
        let mut body = None;
        let mut odd: Vec<Odd> = Vec::new();
        let envelope = &plans.envelope;
        let seen = self.documented(
            envelope,
            &Path::ROOT,
            0,
            |walk, field| {
                if field != top::EVENT {
                    return walk.field(envelope, field, &Path::ROOT, 0);
                }
                let value = walk.cursor.token()?;
                plan = walk.event(plans, value)?;
                body = Some((value.start, walk.cursor.at));
                Ok(())
            },
            |walk, key| {
                let value = walk.cursor.token()?;
                let path = Path::ROOT.child(Segment::Raw(key.body(walk.text)));
                walk.anything_from(value, &path, 1)?;
                odd.push(Odd { key, value: Token { end: walk.cursor.at, ..value } });
                Ok(())
            },
        )?;
        let end = self.cursor.at;
        let form = self.form(seen, &odd, body, (start, end));
        if form != Form::EventV2 {
            return self.other(form, plans, start, end, &odd, body, mark);
        }
        // `event` came before its type was known: walk it now. It has been read once, so it is JSON.
        if let (None, Some((at, _))) = (plan, body) {
            self.cursor.at = at;
            let value = self.cursor.token()?;
            plan = self.event(plans, value)?;
            if plan.is_none() {
                // Without a type it was only stepped over.
                self.cursor.at = at;
                let path = Path::ROOT.child(EVENT_PATH);
                self.anything_from(value, &path, 1)?;
            }
            self.cursor.at = end;
        }
        for Odd { key, .. } in &odd {
            self.unknown(*key, &top::FIELDS);
        }
        if plans.envelope.wanted & !seen != 0 {
            shape::missing(&top::FIELDS, seen, start, &Path::ROOT, self.sink);
        }
        Ok(Top { form, plan: plan.unwrap_or_else(|| plans.unknown()), end, body })
    }

    /// Walks the value of `event` if its type is known by now; otherwise only steps over it.
    pub(super) fn event<'p>(&mut self, plans: &'p Plans, value: Token) -> Result<Option<&'p Plan>> {
        let kind = self.slots[slot::EVENT_TYPE];
        if !kind.is_present() {
            self.cursor.at = value.start;
            self.cursor.value(1)?;
            return Ok(None);
        }
        let TokenKind::String { escaped } = kind.kind else {
            self.anything_from(value, &Path::ROOT.child(EVENT_PATH), 1)?;
            return Ok(Some(plans.unknown()));
        };
        let span = (kind.start as usize, kind.end as usize);
        let name = &self.text[span.0 + 1..span.1 - 1];
        let plan = if escaped { plans.of(unescape(name).as_bytes()) } else { plans.of(name) };
        *self.filled = plan.layout.columns.len().max(*self.filled);
        if plan.layout.event.is_none() {
            let header = Path::ROOT.child(Segment::Key(HEAD));
            let path = header.child(Segment::Key(slot::key(slot::EVENT_TYPE)));
            // An empty name has a finding of its own.
            if !name.is_empty() {
                form::unknown_event_type(&unescape(name), span, &path, self.sink);
            }
        }
        let path = Path::ROOT.child(EVENT_PATH);
        match value.kind {
            TokenKind::Object if plan.layout.event.is_some() => self.object(&plan.body, &path, 1)?,
            _ => self.anything_from(value, &path, 1)?,
        }
        if value.kind != TokenKind::Object {
            self.not_an_object(value);
        }
        Ok(Some(plan))
    }

    #[cold]
    fn not_an_object(&mut self, value: Token) {
        let field = &top::FIELDS[top::EVENT];
        let site = self.site((value.start, self.cursor.at), &Path::ROOT, EVENT_PATH, field);
        shape::wrong_type(&site, value.kind, self.sink);
    }

    /// The form of the document between these bytes, which has these keys.
    #[inline]
    fn form(
        &self,
        seen: u64,
        odd: &[Odd],
        body: Option<(usize, usize)>,
        (start, end): (usize, usize),
    ) -> Form {
        let has_type = match self.slots[slot::EVENT_TYPE] {
            Slot { kind: TokenKind::String { .. }, start, end, .. } => end - start > 2,
            _ => false,
        };
        let in_string = body.is_some_and(|(at, _)| self.text[at] == b'"');
        if odd.is_empty() && seen != 0 && has_type && !in_string && !self.type_is(CHALLENGE) {
            return Form::EventV2;
        }
        match odd {
            // Where every body is encrypted this is every one, and all there is to know.
            [Odd { key, value }]
                if seen == 0 && key.body(self.text) == ENCRYPT.as_bytes() && tree::is_string(*value) =>
            {
                Form::Encrypted
            }
            _ if self.is_plain_v1(seen, odd) && body.is_some_and(|(at, _)| self.text[at] == b'{') => {
                Form::EventV1
            }
            _ => self.odd_form(start, end),
        }
    }

    /// Whether a document has the keys of a v1 event and no others: most are told by that, without another look.
    fn is_plain_v1(&self, seen: u64, odd: &[Odd]) -> bool {
        let is = |odd: &Odd, name: &str| odd.key.body(self.text) == name.as_bytes();
        let [uuid, .., kind] = ENVELOPE_V1 else { return false };
        let callback = |odd: &Odd| &self.text[odd.value.start..odd.value.end] == b"\"event_callback\"";
        seen == 1 << top::EVENT
            && odd.iter().all(|odd| ENVELOPE_V1.iter().any(|field| is(odd, field.key)))
            && odd.iter().any(|odd| is(odd, uuid.key))
            && odd.iter().any(|odd| is(odd, kind.key) && callback(odd))
    }

    #[cold]
    fn odd_form(&self, start: usize, end: usize) -> Form {
        classify(&self.text[start..end])
    }

    /// A member of the top that is none of these.
    #[cold]
    fn unknown(&mut self, key: KeySpan, fields: &'static [Field]) {
        let name = key.text(self.text);
        if name != EDITOR_KEY {
            let path = Path::ROOT.child(Segment::Raw(key.body(self.text)));
            shape::unknown(&name, (key.start, key.end), fields, &path, self.sink);
        }
    }

    fn type_is(&self, name: &str) -> bool {
        let slot = self.slots[slot::EVENT_TYPE];
        slot.is_present()
            && self.text[slot.start as usize..slot.end as usize]
                .strip_prefix(b"\"")
                .is_some_and(|rest| rest.strip_suffix(b"\"") == Some(name.as_bytes()))
    }

    /// A document that is no v2 event. It has been read once, so it is JSON.
    #[cold]
    #[allow(clippy::too_many_arguments)] // one cold caller
    fn other<'p>(
        &mut self,
        form: Form,
        plans: &'p Plans,
        start: usize,
        end: usize,
        odd: &[Odd],
        body: Option<(usize, usize)>,
        mark: Mark,
    ) -> Result<Top<'p>> {
        self.sink.rewind(mark);
        self.slots.fill(Slot::ABSENT);
        self.keys.clear();
        let mut plan = plans.unknown();
        if form == Form::EventV1 {
            plan = self.plan_of_v1(plans, body);
            self.cursor.at = start;
            self.around_v1(plan)?;
        } else if form != Form::Encrypted || odd.len() > 1 {
            // A single member has been walked as what it is.
            self.cursor.at = start;
            self.anything(&Path::ROOT, 0)?;
        }
        let about = form.about();
        let first = start..end.min(start + 1);
        match form {
            Form::EventV1 => self.v1(plan, start, odd, body),
            Form::Challenge => self.pick(odd, slot::TOKEN),
            Form::ChallengeV2 => {
                self.pick(odd, slot::TOKEN);
                wire::undocumented_challenge(first, self.sink);
            }
            Form::CardOld => {
                self.pick(odd, slot::TENANT_KEY);
                form::unknown_event_type(CARD_OLD.name, (first.start, first.end), &Path::ROOT, self.sink);
            }
            Form::CliCompact | Form::CliLostHeader | Form::NodeFlatV1 | Form::NodeFlatV2 => {
                let text = self.text;
                let what = |lang| {
                    let name = about.name.text(lang);
                    match flat_type(text, form, start, lang) {
                        Some(types) => say!(lang, "{name}（{types}）", "{name} ({types})"),
                        None => name.to_owned(),
                    }
                };
                wire::reshaped(what, about.lost, about.capture, first, self.sink);
            }
            Form::BareBody => {
                let text = self.text;
                let what = |lang| {
                    let name = about.name.text(lang);
                    match body::named(&body::likely(text, start), lang) {
                        Some(types) => say!(
                            lang,
                            "{name}：看起来来自 {types}",
                            "{name}: it looks like the inside of {types}"
                        ),
                        None => name.to_owned(),
                    }
                };
                form::not_an_event(what, about.capture, (first.start, first.end), self.sink);
            }
            Form::Other => {
                let about = stranger::of_document(&self.text[start..end]).unwrap_or(about);
                form::not_an_event(about.name.said(), about.capture, (first.start, first.end), self.sink);
            }
            Form::ApiResponse | Form::SdkReply | Form::ChallengeEcho => {
                form::not_an_event(about.name.said(), about.capture, (first.start, first.end), self.sink);
            }
            // What they hold is read by whoever reads the stream.
            Form::Encrypted | Form::Wrapper | Form::Har | Form::Quoted => {}
            Form::EventV2 => {}
        }
        self.cursor.at = end;
        Ok(Top { form, plan, end, body })
    }

    /// The plan of a v1 event, whose type stands in its body.
    fn plan_of_v1<'p>(&self, plans: &'p Plans, body: Option<(usize, usize)>) -> &'p Plan {
        let body = body.filter(|(at, _)| self.text[*at] == b'{');
        let value = body.and_then(|(at, _)| tree::member(self.text, at, slot::V1_BODY[0].0));
        let name = value.and_then(|value| tree::string(self.text, value));
        let plan = name.map_or(plans.unknown(), |name| plans.of(name.as_bytes()));
        match plan.layout.event {
            Some(event) if event.envelope == Envelope::V1 => plan,
            _ => plans.unknown(),
        }
    }

    /// Steps over a v1 event; its body is walked along its plan.
    fn around_v1(&mut self, plan: &Plan) -> Result<()> {
        *self.filled = plan.layout.columns.len().max(*self.filled);
        self.members(0, &Path::ROOT, |walk, key| {
            let token = walk.cursor.token()?;
            let here = Path::ROOT.child(Segment::Raw(key.body(walk.text)));
            match token.kind {
                TokenKind::Object if plan.layout.event.is_some() && key.text(walk.text) == BODY => {
                    walk.object(&plan.body, &Path::ROOT.child(EVENT_PATH), 1)
                }
                _ => walk.anything_from(token, &here, 1),
            }
        })
    }

    /// Fills `slot` with the member of the top that has the key of that slot in a header.
    fn pick(&mut self, odd: &[Odd], slot: usize) {
        for Odd { value, .. } in odd.iter().filter(|odd| odd.key.text(self.text) == slot::key(slot)) {
            self.fill(slot, *value, Slot::NO_NUMBER);
        }
    }

    /// The envelope of a v1 event: its members stand for those of a v2 header.
    fn v1(&mut self, plan: &Plan, start: usize, odd: &[Odd], body: Option<(usize, usize)>) {
        let mut seen = 0;
        for Odd { key, value } in odd {
            let name = key.text(self.text);
            match ENVELOPE_V1.iter().position(|field| field.key == name) {
                Some(at) => {
                    seen |= 1 << at;
                    self.v1_member(at, *value);
                }
                None => self.unknown(*key, ENVELOPE_V1),
            }
        }
        shape::missing(ENVELOPE_V1, seen, start, &Path::ROOT, self.sink);
        // The plan of a known type has filled these slots, if it has the fields.
        if slot::V1_BODY.iter().all(|(_, slot)| self.slots[*slot].is_present()) {
            return;
        }
        let Some((at, _)) = body.filter(|(at, _)| self.text[*at] == b'{') else { return };
        for (key, value) in tree::members(self.text, at) {
            if let Some((_, target)) = slot::V1_BODY.iter().find(|(known, _)| key == *known) {
                self.fill(*target, value, Slot::NO_NUMBER);
            }
        }
        let event = Path::ROOT.child(EVENT_PATH);
        let place = self.slots[slot::EVENT_TYPE];
        let (start, end) = (place.start as usize, place.end as usize);
        match self.slot_text(slot::EVENT_TYPE) {
            Some(name) if plan.layout.event.is_none() => {
                let path = event.child(Segment::Key(FIELDS_V1[0].key));
                form::unknown_event_type(&name, (start, end), &path, self.sink);
            }
            Some(_) => {}
            None if end == 0 => shape::missing(FIELDS_V1, 0, at, &event, self.sink),
            None => {
                let field = &FIELDS_V1[0];
                let segment = Segment::Key(field.key);
                let site = self.site((start, end), &event, segment, field);
                shape::wrong_type(&site, place.kind, self.sink);
            }
        }
    }

    /// A value of the envelope.
    pub(super) fn site<'s>(
        &self,
        (start, end): (usize, usize),
        parent: &'s Path<'s>,
        segment: Segment<'s>,
        field: &'static Field,
    ) -> Site<'s>
    where
        't: 's,
    {
        Site {
            text: self.text,
            start,
            end,
            parent,
            segment,
            kind: field.kind,
            field,
            slotted: true,
            zone: self.zone,
        }
    }

    fn v1_member(&mut self, at: usize, value: Token) {
        let field = &ENVELOPE_V1[at];
        let site = self.site((value.start, value.end), &Path::ROOT, Segment::Key(field.key), field);
        let text = tree::string(self.text, value);
        if text.is_none() {
            shape::wrong_type(&site, value.kind, self.sink);
        }
        let Some((_, target)) = slot::V1.iter().find(|(known, _)| *known == at) else { return };
        let millis = match *target {
            slot::CREATE_TIME => text.and_then(|text| time::fraction(&text, &site, self.sink)),
            _ => None,
        };
        self.fill(*target, value, millis.unwrap_or(Slot::NO_NUMBER));
    }

    fn fill(&mut self, slot: usize, value: Token, number: i64) {
        self.slots[slot] =
            Slot { start: value.start as u32, end: value.end as u32, kind: value.kind, number };
    }

    fn slot_text(&self, slot: usize) -> Option<String> {
        let Slot { start, end, kind: TokenKind::String { .. }, .. } = self.slots[slot] else { return None };
        (end != 0).then(|| unescape(&self.text[start as usize + 1..end as usize - 1]).into_owned())
    }
}

/// Compares the token of an event with those that are known.
#[cold]
pub(crate) fn token(record: &Record<'_>, form: Form, tokens: &Tokens, sink: &mut impl Sink) {
    let Slot { start, end, .. } = record.slots[slot::TOKEN];
    let Some(token) = record.text(slot::TOKEN).filter(|token| !tokens.contains(token)) else { return };
    // Only a token that is there can be another one; that it is missing is said elsewhere. One that was hidden before it
    // was shown may be any.
    if !token.is_empty() && !masked::is_masked(&token) {
        let header = Path::ROOT.child(Segment::Key(HEAD));
        let parent = if form == Form::EventV2 { &header } else { &Path::ROOT };
        let path = parent.child(Segment::Key(slot::key(slot::TOKEN)));
        wire::token_mismatch(start as usize..end as usize, &path, sink);
    }
}

/// The type of the flattened event at `start`, which it names or which its keys tell.
fn flat_type(text: &[u8], form: Form, start: usize, lang: Lang) -> Option<String> {
    let key = match form {
        Form::NodeFlatV2 => slot::key(slot::EVENT_TYPE),
        Form::CliCompact => TYPE_V1.key,
        _ => return body::named(&body::likely(text, start), lang),
    };
    tree::string(text, tree::member(text, start, key)?).map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use crate::engine::Engine;
    use crate::finding::Findings;
    use crate::signature::Credentials;
    use crate::time::Zone;

    #[test]
    fn an_event_without_its_type_ends_where_it_ends() {
        let head = r#"{"schema":"2.0","header":{"event_id":"1","create_time":"1615381917707","token":"t","#;
        let text = format!(r#"{head}"tenant_key":"k","app_id":"a"}},"event":{{"a":1,"a":2}}}}{{}}"#);
        let mut sink = Findings::default();
        let mut engine = Engine::new(Zone::Utc);
        let seen = engine.document(text.as_bytes(), 0, &mut sink).expect("it is JSON");
        assert_eq!(&text[seen.end..], "{}");
        let found: Vec<_> = sink.0.iter().map(|found| (found.rule.code, &*found.pointer)).collect();
        assert_eq!(found, [("missing-field", "/header/event_type"), ("duplicate-key", "/event/a")]);
    }

    #[test]
    fn a_token_that_was_masked_is_no_other_token() {
        for (token, mismatches) in [("the token of another app", 1), ("***", 0), ("wz5v....", 0), ("", 0)] {
            let text = format!(
                r#"{{"schema":"2.0","header":{{"event_id":"1","token":"{token}","create_time":"1615381917707",
                "event_type":"im.x_v1","tenant_key":"k","app_id":"a"}},"event":{{}}}}"#
            );
            let mut credentials = Credentials::default();
            credentials.tokens.0.push("the token".to_owned());
            let mut sink = Findings::default();
            let mut engine = Engine::with(Zone::Utc, credentials.into());
            engine.document(text.as_bytes(), 0, &mut sink).expect("it is JSON");
            let found = sink.0.iter().filter(|found| found.rule.code == "token-mismatch");
            assert_eq!(found.count(), mismatches, "{token}");
        }
    }

    #[test]
    fn the_key_by_which_editors_find_a_schema_is_no_unknown_field() {
        let v2 = r#"{"schema":"2.0","header":{"event_type":"im.x_v1","event_id":"1","create_time":"1615381917707",
            "token":"t","tenant_key":"k","app_id":"a"},"event":{}}"#;
        let v1 = r#"{"ts":"1615428361.7","uuid":"u","token":"t","type":"event_callback","event":{"type":"out_approval"}}"#;
        for event in [v2, v1] {
            for (member, unknown) in [
                (r#""$schema":"../event.schema.json","#, None),
                (r#""\u0024schema":{"a":[1]},"#, None),
                (r#""$id":"x","#, Some("/$id")),
                (r#""$Schema":"x","#, Some("/$Schema")),
            ] {
                let text = event.replacen('{', &format!("{{{member}"), 1);
                let mut sink = Findings::default();
                Engine::new(Zone::Utc).document(text.as_bytes(), 0, &mut sink).expect("it is JSON");
                let fields = sink.0.iter().filter(|found| found.rule.code == "unknown-field");
                assert_eq!(
                    Vec::from_iter(fields.map(|found| &*found.pointer)),
                    Vec::from_iter(unknown),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn the_time_of_a_v1_event_is_seconds_with_a_fraction() {
        for (ts, rule) in [
            ("\"1615428361.7171419\"", None),
            ("\"1615428361\"", None),
            ("1615428361.7", Some("wrong-type")),
            ("\"1615428361717\"", Some("timestamp-unit")),
            ("\"0.5\"", Some("implausible-time")),
            ("\"yesterday\"", Some("not-a-timestamp")),
            ("\"\"", Some("not-a-timestamp")),
        ] {
            let event = r#""event":{"type":"add_bot"}"#;
            let text = format!(r#"{{"ts":{ts},"uuid":"u","token":"t","type":"event_callback",{event}}}"#);
            let mut sink = Findings::default();
            Engine::new(Zone::Utc).document(text.as_bytes(), 0, &mut sink).expect("it is JSON");
            let found: Vec<_> = sink.0.iter().map(|found| (found.rule.code, &*found.pointer)).collect();
            assert_eq!(found, Vec::from_iter(rule.map(|rule| (rule, "/ts"))), "{ts}");
        }
    }
}
