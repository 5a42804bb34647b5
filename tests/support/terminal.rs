//! A terminal to run the program on, and to look at.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::process::Stdio;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, OutputModes, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

use super::program::{Program, Ran};

/// A terminal of so many columns and rows.
pub struct Terminal {
    /// What is drawn comes out here.
    screen: File,
    /// What the program has of it.
    user: File,
}

impl Terminal {
    pub fn new(columns: u16, rows: u16) -> Terminal {
        let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&screen).unwrap();
        unlockpt(&screen).unwrap();
        let name = ptsname(&screen, Vec::new()).unwrap().into_string().unwrap();
        let flags = OpenptFlags::NOCTTY.bits().cast_signed();
        let user = OpenOptions::new().read(true).write(true).custom_flags(flags).open(name).unwrap();
        tcsetwinsize(&user, Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        // A line end comes out as it went in.
        let mut modes = tcgetattr(&user).unwrap();
        modes.output_modes.remove(OutputModes::OPOST);
        tcsetattr(&user, OptionalActions::Now, &modes).unwrap();
        Terminal { screen: screen.into(), user }
    }

    /// It, as a stream of a process.
    pub fn stdio(&self) -> Stdio {
        self.user.try_clone().unwrap().into()
    }

    /// All that has been drawn, when nobody has it any more.
    pub fn drawn(self) -> String {
        let Terminal { mut screen, user } = self;
        drop(user);
        let mut drawn = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            match screen.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => drawn.extend(&buffer[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // So it says that nobody has it.
                Err(_) => break,
            }
        }
        String::from_utf8(drawn).expect("UTF-8")
    }
}

/// Runs a program to its end with both streams on a terminal, and nothing to read but what it names.
pub fn run_on(terminal: Terminal, mut program: Program) -> Ran {
    let command = &mut program.command;
    command.env_remove("COLUMNS").stdin(Stdio::null()).stdout(terminal.stdio()).stderr(terminal.stdio());
    let mut child = command.spawn().unwrap();
    // The command has the terminal too.
    drop(program);
    let out = terminal.drawn().into_bytes();
    Ran { code: child.wait().unwrap().code().expect("no signal ended it"), out, err: String::new() }
}
