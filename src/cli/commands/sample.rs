//! `sample`: events to try things with.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use crate::catalog::{self, Event};
use crate::cli::args::{KeyArgs, With, number, rule, size};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::ending::{BODIES, REQUESTS, is_packed};
use crate::cli::files::output::Output;
use crate::finding::Rule;
use crate::lang::{Sentence, both, say};
use crate::sample::{EMPLOYEES, Frame, NoFault, Poster, Sampler, Url};
use crate::time::{Millis, Seconds, Zone, parse_day};

/// How much is gathered before it is written.
const BLOCK: usize = 256 << 10;

const DAY: i64 = 86_400_000;

/// What clocks show at the beginning of [`crate::sample::START`], in seconds.
const MORNING: i64 = 8 * 3600;

/// 2015-01-02 and 2100-01-01: outside of them times are not plausible.
const FIRST_DAY: i64 = 1_420_156_800_000;
const LAST_DAY: i64 = 4_102_444_800_000;

#[derive(Debug, ClapArgs)]
pub struct SampleArgs {
    /// The event type [default: attendance.user_flow.created_v1]
    #[arg(value_name = "TYPE")]
    pub event: Option<String>,
    /// How many; with --days at most
    ///
    /// [default: 1; with --days all]
    #[arg(long, short = 'n', value_name = "N")]
    pub count: Option<u64>,
    /// Events of all types, as an endpoint gets them
    ///
    /// What comes where many things are subscribed to: messages, punches, approvals and all other types.
    #[arg(long, conflicts_with_all = ["event", "v1", "challenge"])]
    pub mix: bool,
    /// The day to begin with [default: 2021-03-10]
    ///
    /// At 08:00, with --days at midnight, by the clocks of --tz; without it, of +08:00.
    #[arg(long, value_name = "DAY", default_value = "2021-03-10", value_parser = day, hide_default_value = true)]
    pub start: Millis,
    /// So many whole days, on which everybody comes and goes
    #[arg(long, value_name = "N", value_parser = number::<u32>(1, 3660), conflicts_with_all = ["v1", "challenge"])]
    pub days: Option<u32>,
    /// How many people there are
    ///
    /// [default: 1200; with --days or --mix 50]
    #[arg(long, value_name = "N", value_parser = number::<u32>(1, 100_000), conflicts_with_all = ["v1", "challenge"])]
    pub employees: Option<u32>,
    /// The same seed gives the same events
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Break this rule, and no other, in each event
    #[arg(long, value_name = "RULE", value_parser = rule, conflicts_with_all = ["v1", "challenge", "fault_rate"])]
    pub fault: Option<&'static Rule>,
    /// Break a rule in this part of the events: 0.01
    ///
    /// 0.01 is one in a hundred.
    #[arg(long, value_name = "PART", default_value_t = 0.0, hide_default_value = true, value_parser = part, conflicts_with_all = ["v1", "challenge"])]
    pub fault_rate: f64,
    /// Pretty-printed instead of a line each
    #[arg(long)]
    pub pretty: bool,
    /// All in one array
    #[arg(long, hide_short_help = true)]
    pub array: bool,
    /// v1 events
    #[arg(long, hide_short_help = true, conflicts_with_all = ["challenge", "event"])]
    pub v1: bool,
    /// The question that the platform asks before it delivers to an address
    #[arg(long, hide_short_help = true, conflicts_with = "event")]
    pub challenge: bool,
    /// As it is posted to an app with an Encrypt Key
    ///
    /// The first key is used.
    #[arg(long)]
    pub encrypt: bool,
    /// Whole HTTP requests, signed when there is a key
    ///
    /// larkspect sample --http=http://localhost:8080/webhook | nc localhost 8080
    #[arg(long, value_name = "URL", num_args = 0..=1, require_equals = true, default_missing_value = "http://localhost/webhook/event", conflicts_with_all = ["pretty", "array"])]
    pub http: Option<String>,
    #[command(flatten)]
    pub keys: KeyArgs,
    /// How large a document is too large, for --fault document-too-large
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size, hide_short_help = true)]
    pub max_document: usize,
    /// Write to this file, compressed if it ends in .gz
    ///
    /// It appears when it is whole.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &With<SampleArgs>, context: &Context) -> Result<Exit, Stop> {
    let lang = context.out.lang;
    let Some(event) = args.event.as_deref().map_or(Some(catalog::EVENTS[0]), catalog::event) else {
        let name = args.event.as_deref().unwrap_or_default();
        return Err(Stop::because(catalog::unknown_event(name).words(lang)));
    };
    let end = args.start.0 + i64::from(args.days.unwrap_or(1)) * DAY;
    if end > LAST_DAY {
        return Err(Stop::because(say!(
            lang,
            "这些天超过了 2099 年：那里的时间不可信",
            "the days end after 2099: times are not plausible there"
        )));
    }
    let frame = Frame { pretty: args.pretty, array: args.array };
    if let Some(rule) = args.fault.filter(|rule| !frame.holds(rule)) {
        let code = rule.code;
        return Err(Stop::because(say!(
            lang,
            "数组中违反 {code} 的一项会连累下一项",
            "an item of an array that shows {code} takes the next one with it"
        )));
    }
    let keys = &context.credentials.keys;
    if args.encrypt && keys.is_empty() {
        return Err(Stop::because(say!(
            lang,
            "没有用来加密的密钥：请设置 LARKSPECT_ENCRYPT_KEY，或者用 --encrypt-key-file 给出",
            "no key to encrypt with: set LARKSPECT_ENCRYPT_KEY, or give --encrypt-key-file",
        )));
    }
    let url = args.http.as_deref().map(|url| Url::parse(url).ok_or(url)).transpose().map_err(|url| {
        Stop::because(say!(
            lang,
            "{url}：请写 http://localhost:8080/webhook 这样的 URL",
            "{url}: write a URL such as http://localhost:8080/webhook"
        ))
    })?;
    if url.is_some() && keys.is_empty() {
        context.talk.say(say!(
            lang,
            "没有给出 Encrypt Key，所以请求没有签名",
            "no Encrypt Key is given, so the requests are not signed"
        ));
    }
    let mut poster = Poster::new(args.seed, keys);
    let known = if url.is_some() { REQUESTS } else { BODIES };
    let packed = is_packed(args.output.as_deref(), known, lang).map_err(Stop::because)?;
    let out = Output::open(args.output.as_deref(), &context.io.stdout);
    let mut out = out.map_err(Stop::because)?.gzip(packed);
    // An endpoint that compares tokens is to take what is posted to it.
    // Only as it was typed: the same seed is to give the same events on every machine.
    let zone = args.global.tz.map(|_| context.zone).or_else(|| Zone::fixed(8 * 3600));
    let mut sampler = sampler(args, event, zone.unwrap_or(Zone::Utc)).limit(args.max_document);
    if let Some(token) = context.credentials.tokens.0.first() {
        sampler = sampler.token(token);
    }
    let mut block = Vec::with_capacity(BLOCK + (64 << 10));
    let mut body = Vec::new();
    let mut sealed = Vec::new();
    let mut count = 0;
    let mut wanted = args.count.unwrap_or(if args.days.is_some() { u64::MAX } else { 1 });
    while count < wanted && !sampler.is_over() {
        body.clear();
        match args.fault {
            Some(rule) => match sampler.faulty(rule, &mut body) {
                Ok(()) => {}
                // Rules about an event among others need one before it.
                Err(NoFault::First(_)) => {
                    sampler.event(&mut body);
                    wanted = wanted.saturating_add(1);
                }
                Err(error) => return Err(Stop::because(error.words(lang))),
            },
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
                let is_last = count == wanted || sampler.is_over();
                poster.request(url, post, &body, sampler.now(), is_last, &mut block);
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

/// What makes the events that are asked for.
fn sampler(args: &SampleArgs, event: &'static Event, zone: Zone) -> Sampler {
    let local = Seconds(args.start.seconds().0 + MORNING);
    let morning = zone.instant(local).and_then(Seconds::to_millis).unwrap_or(args.start);
    let sampler = match args.mix {
        true => Sampler::mix(args.seed, morning),
        false => Sampler::new(args.seed, event, morning),
    };
    let sampler = sampler.zone(zone);
    match (args.days, args.employees) {
        (Some(days), employees) => sampler.days(days, employees.unwrap_or(EMPLOYEES)),
        (None, Some(employees)) => sampler.people(employees),
        (None, None) => sampler,
    }
}

/// What clocks show at the beginning of a day, as if they showed UTC.
fn day(text: &str) -> Result<Millis, Sentence> {
    parse_day(text, Zone::Utc)
        .map(|day| day.start)
        .filter(|start| (FIRST_DAY..LAST_DAY).contains(&start.0))
        .ok_or_else(|| {
            both!("请写 2015-01-02 到 2099-12-31 之间的一天", "write a day from 2015-01-02 to 2099-12-31")
        })
}

/// A part of a whole, 0 to 1.
fn part(text: &str) -> Result<f64, Sentence> {
    text.parse()
        .ok()
        .filter(|part| (0.0..=1.0).contains(part))
        .ok_or_else(|| both!("请写 0 到 1 之间的数字", "write a number from 0 to 1"))
}
