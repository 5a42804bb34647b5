//! Exit codes, written once, and how a command ends before its time.

use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::lang::{Label, Lang, Sentence, label};
use crate::suggest::Unknown;

/// How a command ended. Ordered: the worse wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// The job was done and there are findings: in `check` an error, elsewhere input that could not be shown.
    Findings = 1,
    /// The job could not be done: usage, unreadable input, a failed write, nothing to read.
    Failed = 2,
    /// Ctrl-C while a pipe was read: what was known by then has been told.
    Interrupted = 130,
    /// The same by SIGTERM.
    Terminated = 143,
}

impl Exit {
    /// Every code with its meaning, for `--help` and the READMEs.
    pub const ALL: [(Exit, Label); 5] = [
        (Exit::Fine, label("正常", "fine")),
        (
            Exit::Findings,
            label(
                "有问题：check 发现了错误，或者其他命令有输入无法显示或转换",
                "findings: in check an error; elsewhere some input could not be shown or converted",
            ),
        ),
        (
            Exit::Failed,
            label(
                "没能完成：用法有误、输入无法读取、写入失败，或者没有可读的内容",
                "the job could not be done: usage, unreadable input, a failed write, nothing to read",
            ),
        ),
        (
            Exit::Interrupted,
            label(
                "读管道时按了 Ctrl-C；此前已得出的结果照常输出",
                "Ctrl-C while a pipe was read; what was known by then has been told",
            ),
        ),
        (Exit::Terminated, label("同上，由 SIGTERM 引起", "the same by SIGTERM")),
    ];
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a command ends before its time.
#[derive(Debug)]
pub enum Stop {
    /// The job cannot be done: why, in words.
    Because(Sentence),
    /// The same, and why has been said.
    Said,
    /// Output could not be written.
    Write(io::Error),
}

impl Stop {
    /// The job cannot be done: why.
    pub fn because(why: impl Why) -> Stop {
        Stop::Because(why.sentence())
    }
}

/// Why a job cannot be done: told at the very end, in the language that is known by then.
pub trait Why {
    /// In one language.
    fn words(&self, lang: Lang) -> String;

    /// In both.
    fn sentence(&self) -> Sentence {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| self.words(lang).into());
        Sentence { zh, en }
    }
}

impl Why for Sentence {
    fn words(&self, lang: Lang) -> String {
        self.text(lang).to_owned()
    }
}

impl Why for Unknown {
    fn words(&self, lang: Lang) -> String {
        self.words(lang)
    }
}

/// Words that have been made in the right language.
macro_rules! made {
    ($($words:ty),*) => {
        $(impl Why for $words {
            fn words(&self, _: Lang) -> String {
                self.to_string()
            }
        })*
    };
}
made!(String, &str, fmt::Arguments<'_>);

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Write(error)
    }
}
