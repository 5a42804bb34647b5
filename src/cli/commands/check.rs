//! `check`: every finding of every event.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::cli::Exit;
use crate::cli::context::Surroundings;
use crate::cli::files::output::say;
use crate::cli::files::small;
use crate::cli::files::source::{endings, name_of};
use crate::cli::pipeline::run as run_pipeline;
use crate::cli::settings::severity::{Scales, Severities};
use crate::report::collect::Collected;
use crate::rules::expectation;
use crate::seen::events::Hasher;

use super::check_args::CheckArgs;
use super::judge::{Judge, Manner};
use super::reports::Reports;
use super::sidecar::{Tree, Update};

/// Runs the command.
pub fn run(args: &CheckArgs, around: &Surroundings) -> io::Result<Exit> {
    let started = Instant::now();
    let config = &around.config;
    if let Some(name) = config.name.as_ref().filter(|_| args.input.verbose) {
        say(&format!("larkspect: settings of {name}"));
    }
    // What is typed comes first; standard input is `-` where the settings name paths.
    let paths = match &args.input.paths[..] {
        [] if !config.paths.is_empty() => config.paths.clone(),
        _ => args.input.paths(),
    };
    let mut tree = Tree::new(&paths);
    if args.input.verbose {
        tree.others.say_by_name();
    }
    if !args.quiet {
        tree.others.say_no_files();
    }
    tree.leave_out(args.report.iter().map(|report| &*report.path));
    let scales = Scales::new(Severities::new(config, args));
    if args.update_expectations {
        return update(args, around, tree, scales);
    }
    let format = (!args.quiet).then_some(args.format);
    let most = args.max_findings.unwrap_or(u64::MAX);
    let reports = match Reports::open(format, &args.report, around.out, most) {
        Ok(reports) => reports,
        Err(error) => return Ok(crate::cli::fail(&error.to_string())),
    };
    let Tree { sources, sidecars, orphans, unread, .. } = tree;
    let secrets = around.credentials.hidden();
    let manner = Manner {
        verbose: args.input.verbose,
        fail_fast: args.fail_fast,
        window: args.window,
        several: sources.len() > 1,
    };
    let mut judge = Judge::new(scales, reports, sidecars, manner, secrets);
    judge.unread = unread;
    let hasher = Hasher::default();
    let plan = args.input.plan(around);
    let outcome = run_pipeline(&sources, plan, || Collected::new(hasher.clone()), &mut judge)
        .and_then(|()| judge.leave())
        .and_then(|()| lost(&orphans, &mut judge));
    let totals = judge.totals;
    let untold = judge.reports.untold;
    let checked = totals.events + totals.challenges + totals.expected;
    let (unread, seen, whole) = (judge.unread, judge.errors(), outcome.is_ok());
    match outcome.and_then(|()| judge.reports.finish(&totals, started.elapsed())) {
        // Whoever read our output has seen enough; what we know by then is still worth its exit code.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !whole => {
            return Ok(if seen > 0 { Exit::Findings } else { Exit::Fine });
        }
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        finished => finished?,
    }
    if untold > 0 && !args.quiet {
        say(&format!("larkspect: {untold} more findings are not told: --max-findings"));
    }
    Ok(if unread {
        Exit::Failed
    } else if totals.errors > 0 {
        Exit::Findings
    } else if checked > 0 || args.allow_empty {
        Exit::Fine
    } else {
        match sources.is_empty() {
            true => say(&format!("larkspect: no captures here ({})", endings())),
            false => say("larkspect: there was no event to check; --allow-empty makes that a success"),
        }
        Exit::Failed
    })
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
        judge.orphan(&name_of(path), &text, &expectation::no_fixture(&fixture))?;
    }
    Ok(())
}

fn update(args: &CheckArgs, around: &Surroundings, mut tree: Tree, scales: Scales<'_>) -> io::Result<Exit> {
    tree.leave_out_unreadable();
    let mut update = Update::new(tree.sidecars, scales, args.window, args.quiet);
    let hasher = Hasher::default();
    let plan = args.input.plan(around);
    run_pipeline(&tree.sources, plan, || Collected::new(hasher.clone()), &mut update)?;
    update.finish();
    let failed = tree.unread || update.unread || (update.files == 0 && !args.allow_empty);
    Ok(if failed { Exit::Failed } else { Exit::Fine })
}
