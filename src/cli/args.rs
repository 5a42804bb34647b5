//! What can be typed to more than one command: global options, what to read, which events, keys.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, ValueHint};

use crate::finding::Rule;
use crate::lang::{Label, Lang, Sentence, both, label};
use crate::query::select::Types;
use crate::query::{Clock, Refused, Select, SortKey, Times};
use crate::rules;
use crate::seen::events::DEFAULT_WINDOW;
use crate::signature::Credentials;
use crate::stream::frame::Limits;
use crate::suggest::Unknown;
use crate::terminal::sanitize::width;
use crate::time::{Millis, Zone};

use super::context::{Context, When};
use super::exit::Stop;
use super::files::source::{Others, Source, no_captures, sources};
use super::io::Io;
use super::pipeline::Plan;
use super::settings::keys;
use super::talk::Talk;

// What a command takes, and after it what all take. No doc comments on these: clap would take them for what the command
// is about.
#[derive(Debug, ClapArgs)]
pub struct With<A: ClapArgs> {
    #[command(flatten)]
    pub own: A,
    #[command(flatten)]
    pub global: Global,
}

impl<A: ClapArgs> With<A> {
    /// These, and nothing else was typed.
    pub fn of(own: A) -> With<A> {
        With { own, global: Global::default() }
    }
}

impl<A: ClapArgs> Deref for With<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.own
    }
}

/// The heading of what means the same everywhere.
pub const GLOBAL: &str = "Global options";

// What means the same everywhere.
#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = GLOBAL)]
pub struct Global {
    /// Zone of all times: local, utc, +08:00, Asia/Shanghai
    ///
    /// Without it LARKSPECT_TZ says the zone, else the settings, else the machine.
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true, value_parser = zone)]
    pub tz: Option<ZoneOrMachine>,
    /// Language of labels: zh, en [default: by the locale]
    #[arg(long, value_name = "LANG", value_parser = lang(), ignore_case = true, hide_possible_values = true)]
    pub lang: Option<Lang>,
    /// When to paint: auto, always, never
    ///
    /// auto is where the output is a terminal, unless NO_COLOR is set; CLICOLOR_FORCE and FORCE_COLOR paint elsewhere too.
    #[arg(
        long,
        alias = "colour",
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: When,
    // What most programs call `--color never`.
    #[arg(long, alias = "no-colour", hide = true, overrides_with = "color")]
    pub no_color: bool,
    /// Whether to use a pager: auto, always, never
    ///
    /// What is longer than the terminal is shown with that of LARKSPECT_PAGER or PAGER, or less; of standard input nothing
    /// is, unless always.
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true,
        hide_short_help = true
    )]
    pub paging: When,
    /// Take the settings of this file, not of the nearest larkspect.toml upwards
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub config: Option<PathBuf>,
    /// Look for no settings
    #[arg(long, conflicts_with = "config", hide_short_help = true)]
    pub no_config: bool,
}

impl Global {
    /// When to paint.
    pub fn color(&self) -> When {
        if self.no_color { When::Never } else { self.color }
    }
}

/// A zone; `None` is that of the machine.
pub type ZoneOrMachine = Option<Zone>;

/// A zone; nothing at all is that of the machine.
fn zone(text: &str) -> Result<ZoneOrMachine, Unknown> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

/// The languages by name, and what locales and people call them.
const LANGS: [(Lang, &str, &[&str]); 2] = [
    (
        Lang::Zh,
        "zh",
        &["zh-CN", "zh_CN", "zh-Hans", "zh_CN.UTF-8", "cn", "chinese", "\u{4e2d}\u{6587}", "zh-Hans-CN"],
    ),
    (Lang::En, "en", &["en-US", "en_US", "en-GB", "en_GB", "en_US.UTF-8", "english"]),
];

fn lang() -> impl TypedValueParser<Value = Lang> {
    let values = LANGS.map(|(_, name, others)| PossibleValue::new(name).aliases(others));
    PossibleValuesParser::new(values).map(|name| lang_named(&name).expect("one of the names"))
}

/// The language of this name, in any letter case.
pub fn lang_named(name: &str) -> Option<Lang> {
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    LANGS.iter().find(|(_, own, others)| is(own) || others.iter().any(is)).map(|(lang, ..)| *lang)
}

// What to read, and how.
#[derive(Debug, ClapArgs)]
pub struct InputArgs {
    /// Files or directories; `-`, or nothing, is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath, help_heading = None)]
    pub paths: Vec<PathBuf>,
    /// Worker threads [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N", value_parser = number::<u16>(1, 1024), help_heading = "Input", hide_short_help = true)]
    pub threads: Option<u16>,
    /// The largest document that is read, in bytes: 4096, 64KiB, 64MiB, 1GiB
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size, help_heading = "Input", hide_short_help = true)]
    pub max_document: usize,
    /// Say what was recognised
    #[arg(short, long, help_heading = "Input", hide_short_help = true)]
    pub verbose: bool,
    #[command(flatten)]
    pub keys: KeyArgs,
}

impl InputArgs {
    /// These paths, and nothing else was typed.
    pub fn of(paths: Vec<PathBuf>) -> InputArgs {
        let keys = KeyArgs::default();
        InputArgs { paths, threads: None, max_document: 64 << 20, verbose: false, keys }
    }

    /// What is to be read; how much that was named cannot be, which has been said.
    ///
    /// # Errors
    ///
    /// There is nothing at all.
    pub fn sources(&self, context: &Context) -> Result<(Vec<Source>, u64), Stop> {
        let (Context { io, talk, .. }, lang) = (context, context.out.lang);
        if self.paths.is_empty() && io.stdin.terminal {
            const NOTHING: Label = label(
                "没有可读的内容：请写出文件名，或者用管道送入：cat payload.json | larkspect",
                "nothing to read: name files, or pipe a payload in: cat payload.json | larkspect",
            );
            const MORE: Label = label(
                "详见 larkspect --help；larkspect - 读取您输入的内容",
                "larkspect --help says more, larkspect - reads what you type",
            );
            talk.say(NOTHING.text(lang));
            talk.more(MORE.text(lang));
            return Err(Stop::Said);
        }
        let mut others = Others::default();
        let (sources, errors) = sources(&self.paths(), &io.stdin, &|_| false, &mut |path| others.add(path));
        others.say_by_name(talk, self.verbose);
        others.say_no_files(talk);
        errors.iter().for_each(|error| error.say(talk));
        match (sources.is_empty(), errors.is_empty()) {
            (true, true) => Err(Stop::because(no_captures(talk.lang))),
            (true, false) => Err(Stop::Said),
            (false, _) => Ok((sources, errors.len() as u64)),
        }
    }

    /// Whether all of it is files and directories: a pipe may pause.
    pub fn are_files(&self) -> bool {
        let is_live = |path: &PathBuf| {
            path.as_os_str() == "-"
                || std::fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir())
        };
        !self.paths.is_empty() && !self.paths.iter().any(is_live)
    }

    /// How to read it.
    pub fn plan(&self, context: &Context) -> Plan {
        let limits = Limits { document: self.max_document, ..Limits::default() };
        let credentials = Arc::clone(&context.credentials);
        Plan::new(self.threads.map(usize::from), limits, context.zone, credentials)
    }

    /// The paths, or standard input where there are none.
    pub fn paths(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() { vec![PathBuf::from("-")] } else { self.paths.clone() }
    }
}

// Which events are wanted: the same in every command that reads them.
#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = "Select")]
pub struct SelectArgs {
    /// Only events that meet this: 'risk_result!=0'
    ///
    /// Given again: and. 'check_time.time>09:00', 'type=attendance machine', location_name~西湖, 'comment!~test', 'risk_result!=0', 'type=0,1' for any of them,
    /// comment= where there is none, 'delay>5s', file~monday. Quotes keep > and ! from the shell.
    #[arg(long = "where", value_name = "CONDITION")]
    pub conditions: Vec<String>,
    /// Only from this time on: 2021-03-10, 09:00, today, -2h
    ///
    /// Also '2021-03-10 09:00', yesterday, -3d, and seconds since 1970: 1615381916.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Only before this time; a day is meant as a whole
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Which time --since and --until go by: when things happened, or when events were delivered
    #[arg(long, value_name = "WHICH", default_value = "happened", value_parser = clock(), hide_short_help = true)]
    pub clock: Clock,
    /// Only events of these types, separated by commas
    ///
    /// `im.*` is all that begin so.
    #[arg(long, value_name = "TYPE", value_delimiter = ',', value_parser = str::parse::<Types>)]
    pub event: Vec<Types>,
}

fn clock() -> impl TypedValueParser<Value = Clock> {
    PossibleValuesParser::new(["happened", "delivered"]).map(|name| match &*name {
        "delivered" => Clock::Delivered,
        _ => Clock::Happened,
    })
}

impl SelectArgs {
    /// What asks each event whether it is wanted.
    ///
    /// # Errors
    ///
    /// A condition or a time that is none, or a condition that nothing can ever meet.
    pub fn select(&self, context: &Context) -> Result<Select, Stop> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let now = Millis(i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
        let (times, lang) = (Times { zone: context.zone, now }, context.out.lang);
        for types in &self.event {
            if let Some(unknown) = types.mistake() {
                context.talk.say(unknown.words(lang));
            }
        }
        Select::new(&self.conditions, &self.event, times)
            .map_err(|refused| refuse(&refused, &context.talk, lang))?
            .between(self.since.as_deref(), self.until.as_deref(), self.clock, times)
            .map_err(|why| Stop::because(why.text(lang)))
    }
}

/// Says what is wrong with a condition, and with which part of it.
fn refuse(refused: &Refused, talk: &Talk, lang: Lang) -> Stop {
    const FLAG: &str = "--where '";
    let Refused { condition, wrong, why } = refused;
    talk.say(why.text(lang));
    talk.more(format_args!("{FLAG}{condition}'"));
    let blank = " ".repeat(FLAG.len() + width(&condition[..wrong.start]));
    talk.more(format_args!("{blank}{}", "^".repeat(width(&condition[wrong.clone()]).max(1))));
    Stop::Said
}

// Which of them are taken.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Select")]
pub struct TakeArgs {
    /// At most so many events
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<u64>,
    /// Leave out repeated deliveries of an event
    #[arg(long)]
    pub dedupe: bool,
    /// How many events are remembered to find the same one again; 0 turns it off
    #[arg(long, value_name = "EVENTS", default_value_t = DEFAULT_WINDOW, hide_short_help = true)]
    pub window: usize,
}

impl Default for TakeArgs {
    fn default() -> TakeArgs {
        TakeArgs { limit: None, dedupe: false, window: DEFAULT_WINDOW }
    }
}

// In which order.
#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = "Select")]
pub struct SortArgs {
    /// Sort by this field; --sort=-FIELD reverses
    ///
    /// What is equal by the next one: employee_id,-check_time. What has no value comes last. All input is sorted. Holds the rows in memory that are kept.
    #[arg(long, value_name = "FIELD", value_delimiter = ',', allow_hyphen_values = true)]
    pub sort: Vec<SortKey>,
}

// Where secrets come from. Never an argument: every user of the machine can read those.
#[derive(Debug, Default, ClapArgs)]
pub struct KeyArgs {
    /// Encrypt Keys, one a line, also as `app_id = key`; besides, LARKSPECT_ENCRYPT_KEY is looked at
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Keys", hide_short_help = true)]
    pub encrypt_key_file: Vec<PathBuf>,
    /// Verification Tokens, one a line; besides, LARKSPECT_VERIFICATION_TOKEN is looked at
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Keys", hide_short_help = true)]
    pub token_file: Vec<PathBuf>,
}

impl KeyArgs {
    /// The secrets.
    pub fn credentials(&self, io: &Io, talk: &Talk) -> Result<Arc<Credentials>, Sentence> {
        keys::credentials(&self.encrypt_key_file, &self.token_file, io, talk)
    }
}

/// Names between commas; behind a last comma is none.
pub fn listed(names: &[String]) -> &[String] {
    match names {
        [names @ .., last] if last.trim().is_empty() && !names.is_empty() => names,
        names => names,
    }
}

/// A rule by its code.
pub fn rule(code: &str) -> Result<&'static Rule, Unknown> {
    rules::rule(code).ok_or_else(|| rules::unknown_rule(code))
}

/// A number from `least` to `most`, all of which fit.
pub fn number<N: TryFrom<i64>>(least: i64, most: i64) -> impl Fn(&str) -> Result<N, Wrong> + Clone {
    move |text| {
        let number = text.parse::<i64>()?;
        let within = Some(number).filter(|number| (least..=most).contains(number));
        within.and_then(|number| N::try_from(number).ok()).ok_or_else(|| {
            both!("{number} 不在 {least} 到 {most} 之间", "{number} is not in {least}..={most}").into()
        })
    }
}

/// What is wrong with a value.
pub type Wrong = Box<dyn std::error::Error + Send + Sync>;

/// A number of bytes: `4096`, `64KiB`, `64MiB`, `1GiB` (`k`, `m`, `g` do too).
pub fn size(text: &str) -> Result<usize, Sentence> {
    // Slots hold 32-bit offsets.
    const MOST: usize = u32::MAX as usize;
    let no_size = || both!("请写字节数，例如 64MiB", "write a number of bytes, such as 64MiB");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let shift = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err(no_size()),
    };
    let number: usize = number.parse().map_err(|_| no_size())?;
    match number.checked_mul(1 << shift) {
        Some(0) => Err(both!("一个文档至少有一个字节", "a document has at least one byte")),
        Some(bytes) if bytes <= MOST => Ok(bytes),
        _ => Err(both!("要小于 4GiB", "at most 4GiB less a byte")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, bytes) in [
            ("1", Ok(1)),
            ("64MiB", Ok(64 << 20)),
            ("2k", Ok(2048)),
            ("0", Err(())),
            ("4GiB", Err(())),
            ("x", Err(())),
        ] {
            assert_eq!(size(text).map_err(drop), bytes, "{text}");
        }
    }
}
