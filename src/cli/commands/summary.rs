//! `summary`: what a capture says, at a glance.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args as ClapArgs, ValueHint, builder};

use crate::cli::args::{InputArgs, SelectArgs};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::ending;
use crate::cli::files::output::Output;
use crate::cli::files::source::Source;
use crate::cli::pipeline::{Collector, Flow, GO_ON, run as run_pipeline};
use crate::cli::session::Session;
use crate::export::{Dialect, Format};
use crate::lang::{Label, Lang, label, say};
use crate::query::Name;
use crate::seen::events::{DEFAULT_WINDOW, Window};
use crate::stream::assemble::Stretch;
use crate::summary::{self, Figures, Gathered, Question};
use crate::view::closing::none_selected;

#[derive(Debug, ClapArgs)]
pub struct SummaryArgs {
    /// A row for each group: employee_id,day
    ///
    /// A row for each group of events that have these fields in common, separated by commas: names, titles, dotted paths, parts
    /// of moments; file, line, day and event_type.
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = str::parse::<ByName>)]
    pub by: Vec<ByName>,
    /// text, json, html; with --by csv, xlsx and more
    ///
    /// With --by also csv, tsv, ndjson, md and xlsx. Without it the ending of --output says the format, else it is text.
    #[arg(long, short, value_name = "FORMAT", value_parser = forms(), hide_possible_values = true)]
    pub format: Option<Form>,
    /// Write to this file, whole or not at all
    ///
    /// It appears when it is whole and all input was read; compressed if it ends in .gz.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// How many events are remembered to know the same one again
    ///
    /// When the same one is delivered again it is counted once; 0 turns it off.
    #[arg(long, value_name = "EVENTS", default_value_t = DEFAULT_WINDOW, hide_short_help = true)]
    pub window: usize,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub input: InputArgs,
}

/// A name by which events are grouped.
#[derive(Clone, Debug)]
pub struct ByName(Name);

impl std::str::FromStr for ByName {
    type Err = crate::suggest::Unknown;

    fn from_str(text: &str) -> Result<ByName, Self::Err> {
        Name::parse(text.trim()).map(ByName)
    }
}

/// As what a summary is written.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// For people, at a terminal or in a file.
    Text,
    /// One object.
    Json,
    /// A page.
    Html,
    /// Rows of groups.
    Rows(Format),
}

impl Form {
    const TEXT: [&str; 2] = ["text", "txt"];

    /// The form of this name, or of files whose names end so.
    fn named(name: &str) -> Option<Form> {
        match name {
            _ if Form::TEXT.contains(&name) => Some(Form::Text),
            "json" => Some(Form::Json),
            "html" | "htm" => Some(Form::Html),
            _ => Format::of_ending(name).map(Form::Rows),
        }
    }

    fn names() -> impl Iterator<Item = &'static str> {
        let rows = Format::ALL.iter().map(|format| format.name).filter(|name| *name != "json");
        [Form::TEXT[0], "json", "html"].into_iter().chain(rows)
    }
}

fn forms() -> impl builder::TypedValueParser<Value = Form> {
    use builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Form::names().collect::<Vec<_>>())
        .map(|name| Form::named(&name).expect("one of the names"))
}

impl SummaryArgs {
    /// By what events are grouped.
    fn by(&self, lang: Lang) -> Result<Vec<Name>, Stop> {
        let by: Vec<Name> = self.by.iter().map(|name| name.0.clone()).collect();
        let again =
            by.iter().enumerate().find(|(at, name)| by[..*at].iter().any(|other| other.typed == name.typed));
        match again {
            Some((_, Name { typed, .. })) => Err(Stop::because(say!(
                lang,
                "--by 里 {typed} 出现了两次；每个字段只写一次",
                "--by names {typed} twice; once is enough"
            ))),
            None => Ok(by),
        }
    }

    /// What is to be written, and whether it is compressed.
    fn form(&self, lang: Lang) -> Result<(Form, bool), Stop> {
        let (form, packed) = match &self.output {
            None => (self.format.unwrap_or(Form::Text), false),
            Some(path) => ending::form(path, self.format, Form::named, Form::names().collect(), lang)
                .map(|(form, packed)| (form.unwrap_or(Form::Text), packed))
                .map_err(Stop::because)?,
        };
        match form {
            Form::Rows(Format { name, .. }) if self.by.is_empty() => Err(Stop::because(say!(
                lang,
                "{name} 由行组成，而汇总没有行：--by FIELD 为每组生成一行，larkspect convert 为每个事件生成一行",
                "{name} has rows, and a summary has none: --by FIELD makes a row for each group, larkspect convert one for each event"
            ))),
            Form::Json if !self.by.is_empty() => {
                Ok((Form::Rows(Format::named("json").expect("there is json")), packed))
            }
            form => Ok((form, packed)),
        }
    }
}

/// Runs the command.
pub fn run(args: &SummaryArgs, context: &Context) -> Result<Exit, Stop> {
    let lang = context.out.lang;
    let (form, packed) = args.form(lang)?;
    let by = args.by(lang)?;
    let select = args.select.select(context)?;
    let (sources, unread) = args.input.sources(context)?;
    let question = Arc::new(Question::new(select, by, context.zone, lang));
    let output = Output::data(args.output.as_deref(), &sources, &context.io.stdout)
        .map_err(Stop::because)?
        .gzip(packed);
    if let (Output::Terminal(_), Form::Rows(format)) = (&output, form)
        && format.book
    {
        return Err(Stop::because(say!(
            lang,
            "终端里显示不了工作簿；请写到文件：-o FILE.xlsx",
            "a book is not for a terminal; write it to a file, -o FILE.xlsx"
        )));
    }
    let mut summarizer = Summarizer {
        figures: Figures::new(Arc::clone(&question)),
        window: Window::new(args.window),
        session: Session::new(context, args.input.verbose, unread),
    };
    let make = |source: &Source| Gathered::new(&question, &source.name);
    run_pipeline(&sources, args.input.plan(context), make, &mut summarizer)?;
    summarizer.finish(form, args, context, output)
}

/// Puts the figures together.
struct Summarizer {
    figures: Figures,
    window: Window,
    session: Session,
}

impl Summarizer {
    /// Writes the summary, and says what it does not.
    fn finish(
        mut self,
        form: Form,
        args: &SummaryArgs,
        context: &Context,
        mut output: Output,
    ) -> Result<Exit, Stop> {
        self.figures.settle();
        let (figures, session, lang) = (&self.figures, &self.session, context.out.lang);
        let (has_rows, met) = (!figures.question.by.is_empty(), figures.events + figures.unwanted);
        if met > 0 {
            session.asked(&figures.question.select, figures.events == 0);
        }
        let others = figures.others().map(|other| other.count).sum::<u64>();
        if session.came_to_nothing(met + figures.repeats + figures.unreadable + others) {
            return Err(Session::nothing(label("没有可汇总的事件", "there was no event to sum up")));
        }
        // A file of before would be taken for what was asked for now, and a program wants its zeros.
        let is_read_on = args.output.is_some() || !matches!(form, Form::Text);
        if figures.events > 0 || is_read_on || (met == 0 && !has_rows) {
            self.write(form, args, context, &mut output)?;
        }
        summary::not_in_rows(figures, lang).into_iter().for_each(|words| session.talk.say(words));
        if met > 0 && figures.events == 0 {
            session.talk.line(none_selected(met, lang));
        }
        // Where it is for programs, or has rows, nothing else says so.
        let is_said = matches!(form, Form::Text) && !has_rows && args.output.is_none();
        if let Some(left_out) = summary::left_out(figures, lang).filter(|_| !is_said) {
            session.talk.line(left_out);
            if figures.unreadable > 0 {
                session.talk.line(say!(
                    lang,
                    "larkspect check 说明是哪些、为什么",
                    "larkspect check says which they are, and why"
                ));
            }
        }
        let none = met > 0 && figures.events == 0;
        let exit = session.exit_of(&figures.question.select, none, figures.unreadable > 0);
        output.end(!(none && exit == Exit::Failed), session.unread, &session.talk, lang)?;
        session.passed_over(met, lang);
        Ok(exit)
    }

    /// Writes the summary.
    fn write(
        &self,
        form: Form,
        args: &SummaryArgs,
        context: &Context,
        output: &mut Output,
    ) -> Result<(), Stop> {
        let Summarizer { figures, session, .. } = self;
        let (secrets, lang) = (&session.secrets, context.out.lang);
        let table = |for_people| summary::table(figures, secrets, lang, for_people);
        let has_rows = !figures.question.by.is_empty();
        match form {
            Form::Text => {
                // A file has no width and no colours.
                let look = match args.output {
                    Some(_) => crate::terminal::Look { color: false, width: 80, lang },
                    None => context.out,
                };
                // It is clean already, and its colours are ours.
                let out: &mut dyn Write = match &mut *output {
                    Output::Terminal(out) => out,
                    output => output,
                };
                if !has_rows {
                    out.write_all(summary::text(figures, secrets, look).as_bytes())?;
                    return Ok(());
                }
                let wide = args.output.is_some() || !context.io.stdout.terminal;
                let hidden = summary::group_text(&table(true), figures, look, wide, out)?;
                if !hidden.is_empty() {
                    output.flush()?;
                    session.talk.line(summary::no_room_for(&hidden, lang));
                }
            }
            Form::Json => output.write_all(&summary::json(figures, secrets))?,
            Form::Html => {
                let groups = has_rows.then(|| table(true));
                output.write_all(summary::html(figures, groups.as_ref(), secrets, lang).as_bytes())?;
            }
            Form::Rows(format) => {
                let folder = output.folder().map(Path::to_owned);
                table(false).write(format, Dialect::default(), context.zone, folder.as_deref(), output)?;
            }
        }
        Ok(())
    }
}

impl Collector<Gathered> for Summarizer {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    fn begin(&mut self, source: &Source, layers: &[Label]) -> Flow {
        self.session.begin(source, layers);
        self.window.begin(&source.name, source.is_live());
        Ok(GO_ON)
    }

    fn stretch(&mut self, _: &Source, stretch: Stretch<'_, Gathered>) -> Flow {
        let Stretch { text, place, handler, .. } = stretch;
        self.session.read(&handler.collected.stats);
        self.figures.add(handler, text, place, &mut self.window);
        Ok(GO_ON)
    }
}
