//! Small files that are read whole: settings, sidecars, keys. None of them makes the program wait or grow without end.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use crate::lang::{Label, both, label};

/// More than anybody writes by hand.
const MOST: u64 = 16 << 20;

/// Reads a file that was named: a FIFO too, which is what a shell's `<(..)` is.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(path)?.take(MOST + 1).read_to_end(&mut text)?;
    match text.len() as u64 > MOST {
        true => {
            Err(io::Error::new(io::ErrorKind::FileTooLarge, both!("超过 16 MiB", "is larger than 16 MiB")))
        }
        false => Ok(text),
    }
}

/// Reads a file that was found, not named. To open a FIFO would be to wait for who writes into it.
pub fn read_found(path: &Path) -> io::Result<Vec<u8>> {
    match no_file(&std::fs::metadata(path)?) {
        Some(Label { zh, en }) => {
            let words = both!("是{zh}，不是文件", "is {en}, not a file");
            Err(io::Error::new(io::ErrorKind::InvalidInput, words))
        }
        None => read(path),
    }
}

/// What stands where a regular file should; `None` for such a file.
pub fn no_file(meta: &Metadata) -> Option<Label> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = meta.file_type();
        if kind.is_fifo() {
            return Some(label("命名管道（FIFO）", "a FIFO"));
        }
        if kind.is_socket() {
            return Some(label("套接字", "a socket"));
        }
    }
    match meta {
        meta if meta.is_file() => None,
        meta if meta.is_dir() => Some(label("目录", "a directory")),
        _ => Some(label("设备", "a device")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_has_no_end_is_not_read_to_it() {
        let zero = Path::new("/dev/zero");
        assert_eq!(read(zero).unwrap_err().to_string(), "is larger than 16 MiB");
        assert_eq!(read_found(zero).unwrap_err().to_string(), "is a device, not a file");
        assert_eq!(read_found(Path::new("/")).unwrap_err().to_string(), "is a directory, not a file");
    }
}
