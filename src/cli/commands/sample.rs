//! `sample`: events to try things with.

use std::io::{self, Write};

use crate::catalog;
use crate::cli::Exit;
use crate::cli::args::SampleArgs;
use crate::cli::context::Surroundings;
use crate::cli::files::output::{Output, say};
use crate::sample::{Frame, Poster, START, Sampler, Url};

/// How much is gathered before it is written.
const BLOCK: usize = 256 << 10;

/// Runs the command.
pub fn run(args: &SampleArgs, around: &Surroundings) -> io::Result<Exit> {
    let Some(event) = args.event.as_deref().map_or(Some(catalog::EVENTS[0]), catalog::event) else {
        let name = args.event.as_deref().unwrap_or_default();
        return Ok(crate::cli::fail(&catalog::unknown_event(name).to_string()));
    };
    let frame = Frame { pretty: args.pretty, array: args.array };
    if let Some(rule) = args.fault.filter(|rule| !frame.holds(rule)) {
        return Ok(crate::cli::fail(&format!(
            "an item of an array that shows {} takes the next one with it",
            rule.code
        )));
    }
    let keys = &around.credentials.keys;
    if args.encrypt && keys.is_empty() {
        let text = "no key to encrypt with: set LARKSPECT_ENCRYPT_KEY, or give --encrypt-key-file";
        return Ok(crate::cli::fail(text));
    }
    let url = match args.http.as_deref().map(|url| Url::parse(url).ok_or(url)).transpose() {
        Ok(url) => url,
        Err(url) => {
            return Ok(crate::cli::fail(&format!(
                "{url}: write a URL such as http://localhost:8080/webhook"
            )));
        }
    };
    if url.is_some() && keys.is_empty() {
        say("larkspect: no Encrypt Key is given, so the requests are not signed");
    }
    let mut poster = Poster::new(args.seed, keys);
    let mut out = match Output::open(args.output.as_deref()) {
        Ok(out) => out,
        Err(error) => return Ok(crate::cli::fail(&error.to_string())),
    };
    // An endpoint that compares tokens is to take what is posted to it.
    let sample_anew = || {
        let sampler = Sampler::new(args.seed, event, START).limit(args.max_document);
        match around.credentials.tokens.0.first() {
            Some(token) => sampler.token(token),
            None => sampler,
        }
    };
    let mut sampler = sample_anew();
    let mut block = Vec::with_capacity(BLOCK + (64 << 10));
    let mut body = Vec::new();
    let mut sealed = Vec::new();
    let mut count = 0;
    // Rules about an event among others need one before it.
    let before = match args.fault {
        Some(rule) if sampler.faulty(rule, &mut body).is_err() => 1,
        _ => 0,
    };
    sampler = sample_anew();
    while count < args.count + before {
        body.clear();
        match args.fault {
            Some(rule) if count >= before => {
                if let Err(error) = sampler.faulty(rule, &mut body) {
                    return Ok(crate::cli::fail(&error.to_string()));
                }
            }
            _ if args.v1 => sampler.v1(&mut body),
            _ if args.challenge => sampler.challenge(&mut body),
            _ if args.fault_rate > 0.0 => drop(sampler.mixed(args.fault_rate, frame, &mut body)),
            _ => sampler.event(&mut body),
        }
        let post = if args.encrypt {
            sealed.clear();
            poster.encrypt(&body, &mut sealed);
            &sealed
        } else {
            &body
        };
        count += 1;
        match &url {
            Some(url) => {
                poster.request(url, post, &body, sampler.now(), count == args.count + before, &mut block);
            }
            None => frame.body(count - 1, post, &mut block),
        }
        if block.len() >= BLOCK {
            out.write_all(&block)?;
            block.clear();
        }
    }
    if url.is_none() {
        frame.end(count, &mut block);
    }
    out.write_all(&block)?;
    out.finish()?;
    Ok(Exit::Fine)
}
