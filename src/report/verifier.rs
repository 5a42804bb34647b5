//! The handler of `verify`: takes the requests of a stream, and keeps what can be said of each: its signature, its
//! token, when it was signed.

use std::hash::BuildHasher;

use crate::container::{Form, Request};
use crate::engine::Seen;
use crate::finding::Span;
use crate::lang::Lang;
use crate::record::slot;
use crate::secrets::Secrets;
use crate::seen::events::Hasher;
use crate::signature::Credentials;
use crate::signature::verify::{NONCE, Outcome, SIGNATURE, TIMESTAMP, Why, verify_request};
use crate::stream::frame::{Handler, Item};
use crate::stream::stats::{PassedOver, Stats};
use crate::time::{Millis, Seconds};

use super::collect::{MANY, Unreadable};

/// What was made of a request, or of a document that came without one.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Its body in the text that was read.
    pub span: Span,
    /// What can be said of the signature.
    pub outcome: Outcome,
    /// Whether the token is one of those that are known; `None` where there is none, or nothing to compare with.
    pub token: Option<bool>,
    /// When the request was signed, as it says.
    pub signed: Option<Seconds>,
    /// When the event was created.
    pub created: Option<Millis>,
    /// The event type; empty where there is none.
    pub event_type: String,
    /// The event's id; empty where there is none.
    pub event_id: String,
    /// A hash of timestamp, nonce and signature; 0 where one of them is missing.
    pub seal: u64,
}

impl Verified {
    /// Nothing but the outcome is known yet.
    fn new(span: Span, outcome: Outcome) -> Verified {
        Verified {
            span,
            outcome,
            token: None,
            signed: None,
            created: None,
            event_type: String::new(),
            event_id: String::new(),
            seal: 0,
        }
    }

    /// How long after its event the request was signed, in milliseconds.
    pub fn skew(&self) -> Option<Millis> {
        let signed = self.signed?.to_millis()?;
        Some(Millis(signed.0.checked_sub(self.created?.0)?))
    }
}

/// Listens for requests.
#[derive(Debug)]
pub struct Verifier<'v> {
    credentials: &'v Credentials,
    hasher: &'v Hasher,
    secrets: Secrets,
    /// What could not be read.
    pub unreadable: Unreadable,
    /// What was read.
    pub stats: Stats,
    /// Every request, in order, and every document that came without one but for [`Verifier::unlisted`].
    pub verified: Vec<Verified>,
    /// Documents without a request of which nothing more can be said, beyond those that are listed: one body can hold a
    /// million.
    pub unlisted: u64,
    within: bool,
}

impl<'v> Verifier<'v> {
    /// A listener that knows these secrets; findings are told in this language. The hasher is the same for a whole run.
    pub fn new(credentials: &'v Credentials, hasher: &'v Hasher, lang: Lang) -> Verifier<'v> {
        Verifier {
            credentials,
            hasher,
            secrets: credentials.hidden(),
            unreadable: Unreadable::telling(lang),
            stats: Stats::default(),
            verified: Vec::new(),
            unlisted: 0,
            within: false,
        }
    }
}

impl Handler for Verifier<'_> {
    type Sink = Unreadable;

    fn sink(&mut self) -> &mut Unreadable {
        &mut self.unreadable
    }

    fn request(&mut self, request: &Request<'_>, span: Span) {
        let parts = [TIMESTAMP, NONCE, SIGNATURE].map(|name| request.headers.get(name));
        let [timestamp, nonce, signature] = parts;
        self.verified.push(Verified {
            signed: timestamp.and_then(|text| text.trim().parse().ok()).map(Seconds),
            // The same headers over another body are no replay but a forgery.
            seal: match parts.iter().all(Option::is_some) {
                true => {
                    // Hexadecimal digits mean the same in any case.
                    let signature = signature.map(str::to_ascii_lowercase);
                    self.hasher.hash_one((timestamp, nonce, signature, &*request.body)).max(1)
                }
                false => 0,
            },
            ..Verified::new(span, verify_request(request, self.credentials))
        });
        request.teach(&mut self.secrets);
        self.within = true;
    }

    fn request_end(&mut self) {
        self.secrets.forget();
        self.within = false;
    }

    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        self.stats.count(seen, item);
        let tokens = &self.credentials.tokens;
        let token = seen.record.text(slot::TOKEN).unwrap_or_default();
        let token = (!tokens.is_empty() && !token.is_empty()).then(|| tokens.contains(&token));
        if !self.within {
            if self.verified.len() >= 2 * MANY && token != Some(false) {
                self.unlisted += 1;
                return;
            }
            let why = match seen.form {
                Form::Challenge | Form::ChallengeV2 => Why::Challenge,
                _ => Why::NoHeaders,
            };
            let outcome = Outcome::NotCheckable { why };
            self.verified.push(Verified::new(seen.place.0..seen.place.1, outcome));
        }
        let Some(verified) = self.verified.last_mut() else { return };
        let text = |slot| seen.record.text(slot).unwrap_or_default().into_owned();
        // A token may be told from an id by its place alone, and no output may hold it.
        let mut secrets = self.secrets.clone();
        secrets.learn(seen.raw());
        verified.event_type = secrets.hide(&seen.type_name()).into_owned();
        verified.event_id = secrets.hide(&text(slot::EVENT_ID)).into_owned();
        verified.created = seen.record.number(slot::CREATE_TIME).map(Millis);
        // One wrong token among several documents of a request is what counts.
        if token.is_some() && verified.token != Some(false) {
            verified.token = token;
        }
    }

    fn broken(&mut self, _: Span, _: Option<Item>) {}

    fn skipped(&mut self, passed: PassedOver) {
        self.stats.passed_over.add(&passed);
    }

    fn is_full(&self) -> bool {
        self.verified.len() >= MANY || self.unreadable.count() >= MANY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::signature::Tokens;
    use crate::stream::frame::{Limits, read_all};
    use crate::time::Zone;

    /// Whether the tokens of `text` are right for who knows `known`.
    fn token(text: &str, known: &[&str]) -> Vec<Option<bool>> {
        let tokens = Tokens(known.iter().map(|token| (*token).to_owned()).collect());
        let credentials = Credentials { tokens, ..Credentials::default() };
        let hasher = Hasher::default();
        let mut verifier = Verifier::new(&credentials, &hasher, Lang::En);
        let mut engine = Engine::new(Zone::Utc);
        read_all(&mut engine, text.as_bytes(), Limits::default(), &mut verifier);
        verifier.verified.iter().map(|verified| verified.token).collect()
    }

    #[test]
    fn one_wrong_token_in_a_request_is_what_counts() {
        let event =
            |token: &str| format!(r#"{{"schema":"2.0","header":{{"token":"{token}"}},"event":{{}}}}"#);
        let request = |tokens: &[&str]| {
            let body: String = tokens.iter().map(|token| event(token)).collect();
            format!("POST /e HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        };
        for (tokens, known, wanted) in [
            (&["a", "a"][..], &["a"][..], Some(true)),
            (&["b", "a"], &["a"], Some(false)),
            (&["a", "b"], &["a"], Some(false)),
            (&["a", "b"], &["a", "b"], Some(true)),
            (&["", "a"], &["a"], Some(true)),
            (&["", ""], &["a"], None),
            (&["a"], &[], None),
        ] {
            assert_eq!(token(&request(tokens), known), [wanted], "{tokens:?} {known:?}");
        }
        assert_eq!(token(&event("b"), &["a"]), [Some(false)]);
    }

    #[test]
    fn how_late_a_request_was_signed_is_known_where_both_times_are() {
        let mut verified = Verified::new(0..0, Outcome::NotCheckable { why: Why::NoHeaders });
        for (signed, created, skew) in [
            (Some(Seconds(2)), Some(Millis(500)), Some(Millis(1500))),
            (None, Some(Millis(500)), None),
            (Some(Seconds(2)), None, None),
            (Some(Seconds(i64::MAX)), Some(Millis(500)), None),
            (Some(Seconds(2)), Some(Millis(i64::MIN)), None),
        ] {
            (verified.signed, verified.created) = (signed, created);
            assert_eq!(verified.skew(), skew, "{signed:?} {created:?}");
        }
    }
}
