//! Encrypted and signed requests through the whole reader: what was made is read again, and what was tampered with is
//! never believed.

use std::sync::Arc;

use crate::support::corpora::dice::Dice;
use crate::support::{read_with, user_flow};
use larkspect::lang::Lang;
use larkspect::report::verifier::{Verified, Verifier};
use larkspect::sample::{Poster, START, Sampler, Url};
use larkspect::seen::events::Hasher;
use larkspect::signature::verify::{Outcome, SIGNATURE, TIMESTAMP};
use larkspect::signature::{Credentials, Key};
use larkspect::stream::frame::{Limits, read_all};
use larkspect::time::Zone;
use larkspect::{container::Form, engine::Engine};

fn credentials() -> Credentials {
    let mut credentials = Credentials::default();
    credentials.keys.add(Key::new("another app's"));
    credentials.keys.add(Key::new("test key"));
    credentials
}

/// A plain event, and the same as an encrypted body and as a request.
fn made(seed: u64) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let mut credentials = Credentials::default();
    credentials.keys.add(Key::new("test key"));
    let mut sampler = Sampler::new(seed, user_flow(), START);
    let mut poster = Poster::new(seed, &credentials.keys);
    let (mut plain, mut sealed, mut request) = (Vec::new(), Vec::new(), Vec::new());
    sampler.event(&mut plain);
    poster.encrypt(&plain, &mut sealed);
    let url = Url::parse("http://localhost/webhook").unwrap();
    poster.request(&url, &sealed, &plain, sampler.now(), true, &mut request);
    (plain, sealed, request)
}

fn verified(text: &[u8]) -> Vec<Verified> {
    let (credentials, hasher) = (Arc::new(credentials()), Hasher::default());
    let mut engine = Engine::with(Zone::Utc, Arc::clone(&credentials));
    let mut verifier = Verifier::new(&credentials, &hasher, Lang::En);
    read_all(&mut engine, text, Limits::default(), &mut verifier);
    verifier.verified
}

#[test]
fn what_was_made_is_read_and_verified() {
    for seed in 0..200 {
        let (plain, sealed, request) = made(seed);
        for text in [&sealed, &request] {
            let seen = read_with(text, Limits::default(), credentials());
            assert!(seen.findings().is_empty(), "{:?}", seen.findings());
            assert_eq!((seen.documents.len(), &seen.documents[0].raw), (1, &plain));
            assert_eq!(seen.documents[0].form, Form::EventV2);
        }
        let [one] = &verified(&request)[..] else { panic!() };
        assert!(matches!(one.outcome, Outcome::Ok { .. }), "{one:?}");
        assert!(one.skew().is_some_and(|skew| (0..=3000).contains(&skew.0)), "{one:?}");
    }
}

/// Changes, adds or takes out a byte or a few.
fn tamper(dice: &mut Dice, text: &mut Vec<u8>) {
    for _ in 0..1 + dice.below(3) {
        let at = dice.below(text.len());
        match dice.below(5) {
            0 => text[at] ^= 1 << dice.below(8),
            1 => text[at] = dice.below(256) as u8,
            2 => text.insert(at, dice.below(256) as u8),
            3 => drop(text.remove(at)),
            _ => {
                let end = (at + 1 + dice.below(40)).min(text.len());
                text.drain(at..end);
            }
        }
        if text.is_empty() {
            text.push(b'{');
        }
    }
}

#[test]
fn a_request_that_was_tampered_with_is_never_believed() {
    let mut dice = Dice(1);
    let mut kept = 0;
    for round in 0..10_000 {
        let (_, sealed, request) = made(round % 7);
        let mut text = request.clone();
        tamper(&mut dice, &mut text);
        for one in verified(&text).iter().filter(|one| matches!(one.outcome, Outcome::Ok { .. })) {
            // What was signed must then be as it was: the change is elsewhere, or in the case of a digit.
            let lower = text.to_ascii_lowercase();
            let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
            for name in [TIMESTAMP, SIGNATURE] {
                let start = head.find(&name.to_ascii_lowercase()).unwrap() + name.len() + 2;
                let value = head[start..].lines().next().unwrap();
                assert!(memchr::memmem::find(&lower, value.as_bytes()).is_some(), "{name} {one:?}");
            }
            // Lines that were broken are joined, and the signature proves that nothing is lost.
            let joined: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'\n').collect();
            assert!(memchr::memmem::find(&joined, &sealed).is_some(), "{one:?}");
            kept += 1;
        }
    }
    assert!(kept < 3000, "{kept} of the changes did no harm: they were not made in what is signed");
}

#[test]
fn a_body_that_was_tampered_with_is_refused_or_another_text() {
    let mut dice = Dice(2);
    let mut opened = 0;
    for round in 0..10_000 {
        let (plain, sealed, _) = made(round % 7);
        let mut text = sealed.clone();
        tamper(&mut dice, &mut text);
        let seen = read_with(&text, Limits::default(), credentials());
        for document in seen.documents.iter().filter(|document| document.form == Form::EventV2) {
            // CBC does not say whether the IV is the right one: a change there can change the first block. What comes
            // out as it went in came from the same ciphertext, with white space or escapes around it.
            let same = document.raw == plain;
            let ciphertext = &sealed[12..sealed.len() - 2];
            let there = memchr::memmem::find(&text, &ciphertext[24..]).is_some();
            assert!(there || same, "{}", String::from_utf8_lossy(&document.raw));
            opened += 1;
        }
    }
    assert!(opened < 1000, "{opened} of ten thousand were opened");
}
