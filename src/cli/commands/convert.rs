//! `convert`: events to rows, of every format.

use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use clap::{Args as ClapArgs, ValueHint, builder};

use crate::catalog::EVENTS;
use crate::cli::args::{InputArgs, SelectArgs, SortArgs, TakeArgs, listed};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::ending::Holding;
use crate::cli::files::output::Output;
use crate::cli::files::source::Source;
use crate::cli::pipeline::run as run_pipeline;
use crate::cli::session::Session;
use crate::cli::sorted::Sorted;
use crate::export::{Dialect, Format, Wish};
use crate::lang::{Lang, say};
use crate::query::Name;
use crate::seen::events::{Hasher, Window};

use super::rows::{Rows, Shared};
use super::split::{MOST_TYPES, Split};
use super::writer::{Open, To, Writer};

#[derive(Debug, ClapArgs)]
pub struct ConvertArgs {
    /// The format: csv, tsv, ndjson, json, md, xlsx
    ///
    /// Without it the ending of --output says it, else it is csv.
    #[arg(long, short = 't', value_name = "FORMAT", value_parser = row_format(), hide_possible_values = true)]
    pub to: Option<Format>,
    /// Write to this file, compressed if it ends in .gz
    ///
    /// It appears when it is whole and all input was read.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Write each event type to a file of its own in here
    ///
    /// The files are named after the types; each is whole or not there.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "output")]
    pub split: Option<PathBuf>,
    /// No event is no failure: what is written is whole, with the names of the columns where --event says the type
    #[arg(long, hide_short_help = true)]
    pub allow_empty: bool,
    /// Which columns, in which order, separated by commas
    ///
    /// Names, titles or dotted paths: check_time,type_label,message.chat_type. file, line, delay and day are of the event; of
    /// a moment there are check_time.day, .time and .hour. With nothing but what every event has, such as
    /// event_type,create_time,delay, the events of all types are rows.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub columns: Option<Vec<String>>,
    /// A last column with the fields that are not documented, as JSON
    #[arg(long, help_heading = "Rows and columns", hide_short_help = true)]
    pub extra: bool,
    /// A row for each item of this list; with --split, types without it have a row for each event
    #[arg(long, value_name = "FIELD", help_heading = "Rows and columns", hide_short_help = true)]
    pub explode: Option<String>,
    /// Leave the line with the names of the columns out, also in Markdown
    #[arg(long, help_heading = "CSV and TSV", hide_short_help = true)]
    pub no_header: bool,
    /// End lines with CR LF
    #[arg(long, help_heading = "CSV and TSV", hide_short_help = true)]
    pub crlf: bool,
    /// For Excel: a byte order mark, and CR LF. It rounds ids of more than 15 digits; -o FILE.xlsx keeps them
    #[arg(long, help_heading = "CSV and TSV", hide_short_help = true)]
    pub excel: bool,
    /// Leave text that begins like a formula as it is: for machines, not for spreadsheets
    #[arg(long, help_heading = "CSV and TSV", hide_short_help = true)]
    pub no_guard: bool,
    /// Export tokens, keys, passwords and the like too
    #[arg(long, help_heading = "Rows and columns", hide_short_help = true)]
    pub show_secrets: bool,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub take: TakeArgs,
    #[command(flatten)]
    pub sort: SortArgs,
    #[command(flatten)]
    pub input: InputArgs,
}

fn row_format() -> impl builder::TypedValueParser<Value = Format> {
    use builder::{PossibleValuesParser, TypedValueParser};
    let names = Format::ALL.iter().map(|format| format.name);
    PossibleValuesParser::new(names).map(|name| Format::named(&name).expect("one of the names"))
}

impl ConvertArgs {
    /// The one type that is asked for; `None` where that of the first event is. `several`: there may be more.
    fn one_type(&self, several: bool, lang: Lang) -> Result<Option<&str>, Stop> {
        let [first, rest @ ..] = &self.select.event[..] else { return Ok(None) };
        match first.one().filter(|one| rest.iter().all(|types| types.one() == Some(*one))) {
            None if !several && rest.is_empty() && !EVENTS.iter().any(|event| first.has(event.name)) => {
                let typed = &first.typed;
                Err(Stop::because(say!(
                    lang,
                    "没有已知的事件类型叫 {typed}：请写出表所属的类型，或用 --split DIR 为每种类型写一个文件",
                    "no known event type is called {typed}: name the one that the table is of, or --split DIR writes a file for each"
                )))
            }
            None if !several => Err(Stop::because(say!(
                lang,
                "--event 指定了多种类型，而一张表只有一种类型的列：--split DIR 为每种类型写一个文件，-o FILE.xlsx 各写一个工作表",
                "--event names several types, and a table has the columns of one: --split DIR writes a file for each, -o FILE.xlsx a sheet",
            ))),
            one => Ok(one),
        }
    }
}

/// Runs the command.
pub fn run(args: &ConvertArgs, context: &Context) -> Result<Exit, Stop> {
    let (plan, lang) = (args.input.plan(context), context.out.lang);
    let holding = Holding::of(args.output.as_deref(), args.to, lang).map_err(Stop::because)?;
    let several = args.split.is_some() || holding.format.book;
    let wish = Wish {
        columns: args.columns.as_deref().map(|names| listed(names).to_vec()),
        extra: args.extra,
        secrets: args.show_secrets,
        explode: args.explode.clone(),
    };
    let any = !several && wish.suits_all();
    let one = args.one_type(several || any, lang)?.filter(|_| !any);
    let (sources, unread) = args.input.sources(context)?;
    let select = args.select.select(context)?;
    if args.no_header
        && !any
        && args.select.event.is_empty()
        && sources.iter().any(|source| source.path().is_none())
    {
        return Err(Stop::because(say!(
            lang,
            "对标准输入使用 --no-header 时要加 --event TYPE：否则无从得知最先出现的是哪种类型、有哪些列",
            "--no-header on standard input wants --event TYPE: otherwise nothing says which type, and so which columns, \
             came first",
        )));
    }
    let TakeArgs { limit, dedupe, window } = args.take;
    let sort = args.sort.sort.clone();
    let (most, stops) = (limit.unwrap_or(u64::MAX), sort.is_empty());
    let picks = dedupe || limit.is_some() || !stops;
    let names: Vec<Name> = args.columns.iter().flatten().filter_map(|name| Name::parse(name).ok()).collect();
    let asks_line = sort.iter().map(|sort| &sort.name).chain(&names).any(Name::is_line);
    let other_clock = select.other_clock(&names.iter().collect::<Vec<_>>());
    let shared = Shared {
        select: Arc::new(select),
        by_type: !args.select.event.is_empty(),
        wish,
        lenient: several,
        format: holding.format,
        dialect: Dialect { crlf: args.crlf || args.excel, bom: args.excel, guard: !args.no_guard },
        lang,
        zone: context.zone,
        most: plan.limits.document,
        secrets: context.credentials.hidden(),
        types: if several { MOST_TYPES } else { 1 },
        asks_line,
        remembers: picks || window > 0,
        dedupe,
        picks,
        sort: sort.clone(),
        hasher: Hasher::default(),
        // One is read all the same, to know the columns.
        room: AtomicU64::new(if stops { most.max(1) } else { u64::MAX }),
        sheets: Mutex::default(),
        spare: Mutex::default(),
    };
    if any {
        shared.begin(Arc::new(shared.any().map_err(Stop::because)?));
    } else if let Some(name) = one.filter(|_| args.split.is_none()) {
        shared.begin(Arc::new(shared.named(name).map_err(Stop::because)?));
    }
    if args.excel && ["csv", "tsv"].contains(&holding.format.name) {
        context.talk.say(say!(
            lang,
            "Excel 打开 CSV 时会舍入超过 15 位的 ID；-o FILE.xlsx 会完整保留",
            "Excel rounds ids of more than 15 digits in a CSV; -o FILE.xlsx keeps them",
        ));
    }
    let open = Open { sources: &sources, stdout: &context.io.stdout, holding, talk: &context.talk };
    let to = match &args.split {
        Some(folder) => To::Split(Split::new(folder, shared.format.endings[0])),
        None => {
            let output = Output::data(args.output.as_deref(), &sources, &context.io.stdout);
            let output = output.map_err(Stop::because)?;
            let rows = open.rows(output, &shared);
            To::One(Some(rows.map_err(Stop::because)?))
        }
    };
    let session = Session::new(context, args.input.verbose, unread);
    let mut writer = Writer::new(&shared, open, to, session);
    writer.header = !args.no_header;
    writer.other_clock = other_clock.map(|label| label.text(lang));
    (writer.most, writer.stops) = (most, stops);
    writer.window = Window::new(window);
    writer.sorted = (!stops).then(|| Sorted::new(&sort, most));
    let make = |source: &Source| Rows::new(&shared, source);
    run_pipeline(&sources, plan, make, &mut writer)?;
    writer.finish(args.allow_empty)
}
