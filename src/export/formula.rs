//! Text that a spreadsheet would run: a cell that begins with `=`, `+`, `-`, `@`, TAB, CR or LF, or with the
//! full-width twin of one of the first four, which Excel takes for the same. An apostrophe in front makes it text.
//!
//! What is a number as a whole (`-12.5`, the telephone number `+8613812345678`) is left alone, in whatever field it stands,
//! and so is a sign alone: it computes nothing, and the next program wants to read it or to join by it.

use crate::json::{Cursor, TokenKind};

/// Whether a cell that begins with this byte may have to be guarded.
#[inline(always)]
pub(crate) const fn may_be_formula(first: u8) -> bool {
    TRIGGERS[first as usize]
}

/// Looked up for every cell, hence a table.
static TRIGGERS: [bool; 256] = {
    let mut table = [false; 256];
    let (triggers, mut at) = (b"=+-@\t\r\n\xef", 0);
    while at < triggers.len() {
        table[triggers[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether this cell has to be guarded.
#[inline(always)]
pub(crate) fn is_formula(cell: &[u8]) -> bool {
    cell.first().is_some_and(|first| may_be_formula(*first)) && certainly(cell)
}

#[cold]
fn certainly(cell: &[u8]) -> bool {
    match cell[0] {
        0xef => ["＝", "＋", "－", "＠"].iter().any(|twin| cell.starts_with(twin.as_bytes())),
        b'+' | b'-' => cell.len() > 1 && !is_number(&cell[1..]),
        _ => true,
    }
}

/// Whether digits follow a sign, and nothing but a number is made of them.
fn is_number(cell: &[u8]) -> bool {
    let mut cursor = Cursor::new(cell, 0);
    cell.first().is_some_and(u8::is_ascii_digit)
        && matches!(cursor.token().map(|token| token.kind), Ok(TokenKind::Number { .. }))
        && cursor.at == cell.len()
}

#[cfg(test)]
mod tests {
    use super::is_formula;

    #[test]
    fn formulas_and_what_looks_like_them() {
        for cell in [
            "=1+1", "+1-1", "+a", "+1 ", "+-1", "-+1", "+ 1", "+1,2", "+1\n", "-a", "-1-1", "- ", "-12.5 ",
            "--1", "@x", "\tx", "\r", "\n=1", "＝1", "＋", "＋1", "－1", "＠",
        ] {
            assert!(is_formula(cell.as_bytes()), "{cell:?}");
        }
        for cell in [
            "",
            "a=1",
            "+8613812345678",
            "+1.5",
            "+0",
            "-",
            "+",
            "-12",
            "-12.5",
            "-0",
            "-1e5",
            "1",
            "'=1",
            " =1",
            "（杭州）",
            "（",
            "，-",
        ] {
            assert!(!is_formula(cell.as_bytes()), "{cell:?}");
        }
    }
}
