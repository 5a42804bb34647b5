//! Where rows go: into a text as they come, or into a book that is written when all of them are there.

use std::io::{self, Write};

use crate::cli::talk::Talk;
use crate::export::{LeftOut, RowWriter};
use crate::lang::Lang;
#[cfg(feature = "xlsx")]
use crate::lang::{both, say};
use crate::time::Zone;

use super::ending::Holding;
use super::output::Output;

/// An output of rows.
pub enum RowOutput {
    /// A text.
    Text(Output),
    /// A book, which has a sheet for each type.
    #[cfg(feature = "xlsx")]
    Book { book: Box<crate::export::Book>, output: Output },
}

impl RowOutput {
    /// Rows in what the output is to hold.
    ///
    /// # Errors
    ///
    /// A book is not for a terminal, and its rows need a place where they can wait.
    #[cfg_attr(not(feature = "xlsx"), allow(unused_variables))] // without it there are no books
    pub fn new(
        output: Output,
        holding: Holding,
        lang: Lang,
        zone: Zone,
        talk: &Talk,
    ) -> io::Result<RowOutput> {
        #[cfg(feature = "xlsx")]
        if holding.format.book {
            if matches!(output, Output::Terminal(_)) {
                let why = both!(
                    "工作簿不能输出到终端；请写入文件（-o FILE.xlsx）或管道",
                    "a book is not for a terminal; write it to a file, -o FILE.xlsx, or into a pipe"
                );
                return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
            }
            end_quietly(talk.clone(), lang);
            // On the disk on which the book is to be, rather than among the temporary files of the system.
            let book = Box::new(crate::export::Book::new(lang, zone, output.folder())?);
            return Ok(RowOutput::Book { book, output });
        }
        Ok(RowOutput::Text(output.gzip(holding.gzip)))
    }

    /// Begins the rows of events of this name, and says to which sheet they go; `names`: with the names of the columns,
    /// which a book always has.
    #[cfg_attr(not(feature = "xlsx"), allow(unused_variables))]
    pub fn begin(&mut self, name: &str, writer: &RowWriter, names: bool) -> io::Result<usize> {
        match self {
            RowOutput::Text(output) => {
                let mut head = Vec::new();
                writer.begin(names, &mut head);
                output.write_all(&head).map(|()| 0)
            }
            #[cfg(feature = "xlsx")]
            RowOutput::Book { book, .. } => book.sheet(name, writer.columns()),
        }
    }

    /// Appends rows to a sheet.
    #[cfg_attr(not(feature = "xlsx"), allow(unused_variables))]
    pub fn rows(&mut self, sheet: usize, rows: &[u8]) -> io::Result<()> {
        match self {
            RowOutput::Text(output) => output.write_all(rows),
            #[cfg(feature = "xlsx")]
            RowOutput::Book { book, .. } => book.rows(sheet, rows),
        }
    }

    /// Shows what is there, as far as it can be shown before the end.
    pub fn flush(&mut self) -> io::Result<()> {
        match self {
            RowOutput::Text(output) => output.flush(),
            #[cfg(feature = "xlsx")]
            RowOutput::Book { .. } => Ok(()),
        }
    }

    /// Whether it has room for several types.
    pub fn is_book(&self) -> bool {
        !matches!(self, RowOutput::Text(_))
    }

    /// How many texts had to be cut to fit.
    pub fn cut(&self) -> u64 {
        match self {
            RowOutput::Text(_) => 0,
            #[cfg(feature = "xlsx")]
            RowOutput::Book { book, .. } => book.cut(),
        }
    }

    /// On how many more sheets full ones go on.
    pub fn further(&self) -> u64 {
        match self {
            RowOutput::Text(_) => 0,
            #[cfg(feature = "xlsx")]
            RowOutput::Book { book, .. } => book.further(),
        }
    }

    /// Ends the output with this behind its rows; `None` where there is nothing to be written: see [`Output::end`].
    #[cfg_attr(not(feature = "xlsx"), allow(unused_variables))]
    pub fn end(
        self,
        tail: Option<Vec<u8>>,
        left_out: Vec<LeftOut>,
        unread: bool,
        talk: &Talk,
        lang: Lang,
    ) -> io::Result<()> {
        let any = tail.is_some();
        let output = match self {
            RowOutput::Text(mut output) => {
                output.write_all(&tail.unwrap_or_default())?;
                output
            }
            #[cfg(feature = "xlsx")]
            RowOutput::Book { book, mut output } => {
                if any {
                    let mut buffer = io::BufWriter::with_capacity(64 << 10, &mut output);
                    book.finish(left_out, &mut buffer)?;
                    buffer.flush()?;
                }
                output
            }
        };
        output.end(any, unread, talk, lang)
    }
}

/// The library panics where the file in which rows wait cannot be written to: a full disk is no mistake of the program, so
/// it ends as any failed write does.
#[cfg(feature = "xlsx")]
fn end_quietly(talk: Talk, lang: Lang) {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|at| at.file().contains("rust_xlsxwriter")) {
            return usual(panic);
        }
        let text = panic.payload_as_str().unwrap_or_default();
        let why = text.split_once("message: \"").map_or(text, |(_, rest)| rest.trim_end_matches("\" }"));
        talk.say(say!(lang, "工作簿的行无法写入：{why}", "the rows of the book could not be written: {why}"));
        std::process::exit(crate::cli::exit::Exit::Failed as i32);
    }));
}
