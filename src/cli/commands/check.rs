//! `check`: every finding of every event. What was found is taken in the order of the input, weighed, held against
//! what a file is expected to break, counted, and told by the reports.

use std::collections::HashMap;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::{Args as ClapArgs, builder};

use crate::cli::args::{InputArgs, SelectArgs, rule};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::small;
use crate::cli::files::source::{Source, name_of, no_captures};
use crate::cli::help::chinese::report_formats;
use crate::cli::pipeline::{Collector, Flow, GO_ON, run as run_pipeline};
use crate::cli::session::Session;
use crate::cli::settings::scope::Scope;
use crate::cli::settings::severity::Scales;
use crate::finding::{Finding, Rule, Severity};
use crate::json::Place;
use crate::lang::{Label, Lang, Langs, amount, label, say};
use crate::query::Chooser;
use crate::report::collect::Collected;
use crate::report::expect::ENDING;
use crate::report::locate::Locator;
use crate::report::policy::{Level, Policy};
use crate::report::{Format, Totals};
use crate::rules::expectation;
use crate::seen::events::{DEFAULT_WINDOW, Hasher, Window};
use crate::stream::assemble::Stretch;

use crate::view::closing::none_selected;

use super::reports::{ReportFile, Reports};
use super::sidecar::{Sidecar, Tree, Update};

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// How to report: human, line, json, github, sarif ..
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "human", value_parser = format_parser(), hide_possible_values = true, hide_default_value = true, long_help = report_formats(Lang::En))]
    pub format: Format,
    /// Report into a file too; as often as is wanted
    #[arg(long, value_name = "FORMAT=PATH")]
    pub report: Vec<ReportFile>,
    /// Tell the first N findings only; totals and the exit code are still of all
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub max_findings: Option<u64>,
    /// How many events are remembered to find the same one again; 0 turns it off
    #[arg(long, value_name = "EVENTS", default_value_t = DEFAULT_WINDOW, hide_short_help = true)]
    pub window: usize,
    /// Stop at the first error
    #[arg(long, hide_short_help = true)]
    pub fail_fast: bool,
    /// Print nothing; the exit code says it
    ///
    /// What stops the job is printed all the same.
    #[arg(short, long)]
    pub quiet: bool,
    /// Leave out what fits this of directories: 'legacy/**', '*.tmp.json'
    ///
    /// What is named is checked all the same. `exclude` in larkspect.toml does the same for every run.
    #[arg(long, value_name = "GLOB", hide_short_help = true)]
    pub exclude: Vec<String>,
    /// Count findings of these rules (a,b,..) as errors
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    pub error: Vec<&'static Rule>,
    /// Count findings of these rules as warnings
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    pub warn: Vec<&'static Rule>,
    /// Say nothing of these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    pub ignore: Vec<&'static Rule>,
    /// Count warnings and notes as errors
    #[arg(long)]
    pub strict: bool,
    /// Succeed also when there was no event to check
    #[arg(long, hide_short_help = true)]
    pub allow_empty: bool,
    /// Write what each wrong file breaks into a sidecar beside it (FILE.expect), to be expected from now on
    #[arg(long, conflicts_with_all = ["format", "report", "max_findings", "fail_fast", "conditions", "since", "until", "event"], help_heading = "Expected failures", hide_short_help = true)]
    pub update_expectations: bool,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub input: InputArgs,
}

impl CheckArgs {
    /// Nothing else was typed.
    pub fn of(input: InputArgs) -> CheckArgs {
        CheckArgs {
            input,
            select: SelectArgs::default(),
            format: Format::ALL[0],
            report: Vec::new(),
            max_findings: None,
            window: DEFAULT_WINDOW,
            fail_fast: false,
            quiet: false,
            exclude: Vec::new(),
            error: Vec::new(),
            warn: Vec::new(),
            ignore: Vec::new(),
            strict: false,
            allow_empty: false,
            update_expectations: false,
        }
    }

    /// What findings are to weigh, as it was typed.
    fn policy(&self) -> Policy {
        let levels = [
            (&self.error, Level::As(Severity::Error)),
            (&self.warn, Level::As(Severity::Warning)),
            (&self.ignore, Level::Ignore),
        ];
        let levels =
            levels.into_iter().flat_map(|(rules, level)| rules.iter().map(move |rule| (*rule, level)));
        Policy { levels: levels.collect(), strict: self.strict }
    }
}

fn format_parser() -> impl builder::TypedValueParser<Value = Format> {
    use builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    let value = |format: &Format| PossibleValue::new(format.name).help(format.about.en);
    PossibleValuesParser::new(Format::ALL.iter().map(value)).try_map(|name| name.parse::<Format>())
}

/// Runs the command.
pub fn run(args: &CheckArgs, context: &Context) -> Result<Exit, Stop> {
    let started = Instant::now();
    let config = &context.config;
    let talk = &context.talk;
    if let Some(file) = config.file.as_ref() {
        let name = &file.name;
        if args.input.verbose {
            talk.say(say!(talk.lang, "使用配置文件 {name}", "settings of {name}"));
        }
        for (span, words) in config.remarks.iter().filter(|_| !args.quiet) {
            file.warn(span, words.text(talk.lang), talk);
        }
    }
    let scope = Scope::new(&args.input.paths, &args.exclude, config, talk).map_err(Stop::because)?;
    let mut tree = Tree::new(&scope.paths, &|path| scope.leaves_out(path), &context.io, talk);
    tree.unread += scope.missing;
    if args.input.verbose || !args.quiet {
        tree.others.say_by_name(talk, args.input.verbose);
    }
    if !args.quiet {
        tree.others.say_no_files(talk);
    }
    tree.leave_out(args.report.iter().map(|report| &*report.path));
    let scales = Scales::new(config, args.policy());
    if args.update_expectations {
        return update(args, context, tree, scales);
    }
    let format = (!args.quiet).then_some(args.format);
    let most = args.max_findings.unwrap_or(u64::MAX);
    let reports = Reports::open(format, &args.report, context, most).map_err(Stop::because)?;
    let Tree { sources, sidecars, orphans, unread, .. } = tree;
    let select = Arc::new(args.select.select(context)?);
    let langs = reports.langs(context.out.lang);
    let mut judge = Judge {
        scales,
        reports,
        langs,
        sidecars,
        window: Window::new(args.window),
        own_window: None,
        events_remembered: args.window,
        fail_fast: args.fail_fast,
        session: session(args, context, unread),
        open: None,
        expected: None,
        file: Totals::default(),
        totals: Totals::default(),
        unwanted: 0,
        selects: !select.is_all(),
    };
    let hasher = Hasher::default();
    let plan = args.input.plan(context);
    // A sidecar goes by the pointers of findings, and by how many are listed.
    let counting = !judge.reports.tell() && judge.sidecars.is_empty();
    let collect = match counting {
        true => Collected::counting,
        false => Collected::new,
    };
    let chooser = |source: &Source| (!select.is_all()).then(|| Chooser::new(&select, &source.name, false));
    let make = |source: &Source| collect(hasher.clone()).telling(langs).choosing(chooser(source));
    let outcome = run_pipeline(&sources, plan, make, &mut judge)
        .and_then(|()| judge.leave())
        .and_then(|()| lost(&orphans, &mut judge));
    let (seen, whole) = (judge.errors(), outcome.is_ok());
    let Judge { totals, reports, session, unwanted, .. } = judge;
    let untold = reports.untold;
    match outcome.and_then(|()| reports.finish(&totals, started.elapsed())) {
        // Whoever read our output has seen enough; what we know by then is still worth its exit code.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !whole => {
            return Ok(if seen > 0 { Exit::Findings } else { Exit::Fine });
        }
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        finished => finished?,
    }
    let lang = context.out.lang;
    if untold > 0 && !args.quiet {
        let (findings, are) = (amount(untold, "more finding"), if untold == 1 { "is" } else { "are" });
        talk.say(say!(
            lang,
            "另有 {untold} 个问题未列出：--max-findings",
            "{findings} {are} not told: --max-findings"
        ));
    }
    session.passed_over(totals.events, lang);
    if whole && !(args.quiet || session.unread || args.fail_fast && seen > 0) {
        scope.say_unused(select.is_all(), talk);
    }
    if let Some(unread) = session.unread_words(lang).filter(|_| !args.quiet) {
        talk.say(unread);
    }
    let met = totals.events + unwanted;
    if met > 0 && !args.quiet {
        session.asked(&select, totals.events == 0);
    }
    let checked = totals.events + totals.challenges + totals.expected;
    if session.came_to_nothing(checked + totals.errors) && !args.allow_empty {
        return Err(match sources.is_empty() {
            true => Stop::because(no_captures(lang)),
            false if unwanted > 0 => Stop::because(none_selected(unwanted, lang)),
            false => Session::nothing(label(
                "没有可检查的事件（加 --allow-empty 则视为成功）",
                "there was no event to check (--allow-empty makes that a success)",
            )),
        });
    }
    Ok(session.exit(totals.errors > 0))
}

/// Tells of sidecars whose fixture is gone.
fn lost(orphans: &[PathBuf], judge: &mut Judge<'_>) -> io::Result<()> {
    for path in orphans {
        if judge.is_done() {
            break;
        }
        let fixture = path.with_extension("");
        let fixture = fixture.file_name().map(|name| name_of(Path::new(name))).unwrap_or_default();
        let text = small::read_found(path).unwrap_or_default();
        judge.orphan(&name_of(path), &text, &expectation::no_fixture(&fixture, judge.langs))?;
    }
    Ok(())
}

fn session(args: &CheckArgs, context: &Context, unread: u64) -> Session {
    let mut session = Session::new(context, args.input.verbose, unread);
    session.quiet = args.quiet;
    session
}

fn update(args: &CheckArgs, context: &Context, mut tree: Tree, scales: Scales<'_>) -> Result<Exit, Stop> {
    tree.leave_out_unreadable();
    let session = session(args, context, tree.unread);
    let mut update = Update::new(tree.sidecars, scales, args.window, args.quiet, session);
    let hasher = Hasher::default();
    let plan = args.input.plan(context);
    run_pipeline(&tree.sources, plan, |_| Collected::new(hasher.clone()), &mut update)?;
    update.finish();
    let nothing = update.files == 0 && !args.allow_empty;
    Ok(if nothing { Exit::Failed } else { update.session.exit(false) })
}

/// Judges a run.
struct Judge<'c> {
    scales: Scales<'c>,
    /// Where findings are told.
    reports: Reports,
    /// In which languages.
    langs: Langs,
    sidecars: HashMap<PathBuf, Sidecar>,
    window: Window,
    /// The memory of a file with a sidecar, in place of the one that all others share: fixtures are copies of each
    /// other on purpose, and what each breaks must not depend on its neighbours.
    own_window: Option<Window>,
    events_remembered: usize,
    /// Stop at the first error.
    fail_fast: bool,
    session: Session,
    /// The file that has begun and not ended.
    open: Option<String>,
    /// Its sidecar.
    expected: Option<Sidecar>,
    file: Totals,
    /// What was found so far.
    totals: Totals,
    /// Events that were not selected.
    unwanted: u64,
    /// Whether only some events are checked: what is expected of others is not missed.
    selects: bool,
}

/// Why a stretch is left.
enum Left {
    Write(io::Error),
    FirstError,
}

impl Judge<'_> {
    /// Closes the file in which the run was left.
    fn leave(&mut self) -> io::Result<()> {
        match self.open.take() {
            Some(name) => self.close(&name),
            None => Ok(()),
        }
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.open = None;
        self.reports.file(name, &self.file)?;
        self.totals.add(&std::mem::take(&mut self.file));
        Ok(())
    }

    /// Tells what is wrong with a sidecar itself.
    fn sidecar(&mut self, name: &str, text: &[u8], wrong: &[Finding]) -> io::Result<()> {
        let mut locator = Locator::new(text, Place::START);
        for finding in wrong {
            let Some(severity) = self.scales.weigh(finding, None) else { continue };
            self.file.count_many(severity, 1);
            if severity == Severity::Error {
                self.file.faulty = self.file.faulty.max(1);
            }
            if let Some(detail) = self.reports.wants(finding) {
                let located = locator.locate(finding, severity, name, None, detail);
                self.reports.finding(&located)?;
            }
        }
        Ok(())
    }

    /// A sidecar without its fixture: a file of its own, in which no event was looked for.
    fn orphan(&mut self, name: &str, text: &[u8], wrong: &Finding) -> io::Result<()> {
        self.scales.begin(None);
        self.file = Totals::default();
        self.sidecar(name, text, std::slice::from_ref(wrong))?;
        self.close(name)
    }

    /// Errors so far, those of the open file too.
    fn errors(&self) -> u64 {
        self.totals.errors + self.file.errors
    }

    /// Whether the first error has been found and no more are wanted.
    fn is_done(&self) -> bool {
        self.fail_fast && self.errors() > 0
    }

    fn flow(&self) -> Flow {
        Ok(if self.is_done() { ControlFlow::Break(()) } else { GO_ON })
    }
}

impl Collector<Collected> for Judge<'_> {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    fn begin(&mut self, source: &Source, layers: &[Label]) -> Flow {
        self.session.begin(source, layers);
        self.file = Totals { files: 1, ..Totals::default() };
        self.open = Some(source.name.clone());
        if source.is_live() {
            self.reports.live();
        }
        self.window.begin(&source.name, source.is_live());
        self.scales.begin(source.path());
        if !self.sidecars.is_empty() {
            self.expected = source.path().and_then(|path| self.sidecars.get(path)).cloned();
        }
        self.own_window = self.expected.as_ref().map(|_| Window::new(self.events_remembered));
        Ok(GO_ON)
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Collected>) -> Flow {
        let Stretch { text, place, items, handler } = stretch;
        self.file.documents += handler.counts.documents;
        self.file.events += handler.counts.events;
        self.file.challenges += handler.counts.challenges;
        self.unwanted += handler.counts.unwanted;
        self.session.read(&handler.stats);
        let Judge { scales, reports, window, own_window, expected, file, fail_fast, session, .. } = self;
        let window = own_window.as_mut().unwrap_or(window);
        let mut locator = Locator::new(text, place).hiding(&session.secrets);
        let mut faulty = None;
        let told = handler.tell(window, text, reports.tell().then_some(place), |about, finding| {
            let weighed = scales.weigh(finding, handler.type_name(about.kind));
            if let Some(sidecar) = expected
                && sidecar.expected.meet(finding, weighed, &about.pointer(finding, items))
            {
                file.expected += 1;
                return Ok(());
            }
            let Some(severity) = weighed else { return Ok(()) };
            file.count_many(severity, about.count);
            if severity == Severity::Error {
                file.faulty += match about.count {
                    1 => u64::from(faulty.replace(about.document) != Some(about.document)),
                    _ => about.unlisted,
                };
            }
            if let Some(detail) = reports.wants(finding) {
                let item = about.number(items);
                let located = locator.locate(finding, severity, &source.name, item, detail);
                reports.finding(&located).map_err(Left::Write)?;
            }
            match *fail_fast && severity == Severity::Error {
                true => Err(Left::FirstError),
                false => Ok(()),
            }
        });
        if let Err(Left::Write(error)) = told {
            return Err(error);
        }
        // From a pipe that pauses, what is known is said at once.
        if source.is_live() {
            self.reports.flush()?;
        }
        self.flow()
    }

    fn failed(&mut self, source: &Source, error: &io::Error) {
        // Half a file cannot meet what is expected of the whole.
        self.expected = None;
        self.session.failed(source, error);
    }

    fn end(&mut self, source: &Source) -> Flow {
        if self.file.errors > 0 {
            self.session.told();
        }
        self.session.end(source);
        if let Some(Sidecar { text, expected }) = self.expected.take() {
            let name = format!("{}.{ENDING}", source.name);
            if !self.selects {
                self.sidecar(&name, &text, &expected.outcome(self.langs))?;
            }
            if self.session.verbose {
                let (file, talk, met) = (&source.name, &self.session.talk, expected.met());
                let findings = amount(met, "finding");
                talk.line(say!(
                    talk.lang,
                    "{file}: {met} 个问题与 {name} 的预期一致",
                    "{file}: {findings} as {name} expects"
                ));
            }
        }
        self.close(&source.name)?;
        self.flow()
    }
}
