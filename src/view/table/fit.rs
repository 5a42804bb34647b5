//! Widths of columns: those of low priority go first, then labels and texts shrink.

use super::columns::{Class, Rank};

/// What a column would like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub class: Class,
    pub rank: Rank,
    /// Of the title.
    pub title: usize,
    /// The widest cell, or the title.
    pub natural: usize,
}

/// Between columns.
pub(crate) const GAP: usize = 2;

/// How much room there is for all: what is less important asks for more before it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// Texts can be read.
    Ample,
    /// Texts can be told apart.
    Fair,
    /// In fewer columns they say nothing.
    Least,
}

impl Wish {
    fn in_room(&self, room: Room) -> usize {
        let limit = match (self.class, room) {
            (Class::Time | Class::Whole, _) => usize::MAX,
            // A person's ID is short; the end of a long one tells it from others.
            (Class::Id, Room::Ample | Room::Fair) if self.rank == Rank::Core => 14,
            (Class::Id, Room::Ample) => self.title.clamp(8, 14),
            (Class::Id, _) => 8,
            // What is wrong is told apart by its end: `疑似使用作弊软件` is no `疑似使用他人设备打卡`.
            (Class::Short, Room::Ample) if self.rank == Rank::High => 16,
            (Class::Short, Room::Fair) if self.rank == Rank::High => 14,
            (Class::Short, Room::Ample) => 14,
            (Class::Short, Room::Fair) => 12,
            (Class::Prose, Room::Ample) => 36,
            (Class::Prose, Room::Fair) => 24,
            (Class::Text, Room::Ample) => 18,
            (Class::Text, Room::Fair) => 12,
            (Class::Short | Class::Text | Class::Prose, Room::Least) => 10,
        };
        self.natural.min(limit)
    }
}

/// The width of each column so that all of them, with gaps before them, take no more than `room`; `None` for a column
/// that goes.
pub(crate) fn fit(wishes: &[Wish], room: usize) -> Vec<Option<usize>> {
    let mut kept = vec![true; wishes.len()];
    let total = |kept: &[bool], in_room: Room| -> usize {
        let kept = wishes.iter().zip(kept).filter(|(_, kept)| **kept);
        kept.map(|(wish, _)| wish.in_room(in_room).saturating_add(GAP)).sum()
    };
    // The last of the lowest rank goes first.
    let ease = loop {
        let left = (0..wishes.len()).filter(|&at| kept[at] && wishes[at].rank > Rank::Core);
        let worst = left.max_by_key(|&at| (wishes[at].rank, at));
        let ease = match worst.map(|at| wishes[at].rank) {
            Some(Rank::Place | Rank::Extra | Rank::Useful) => Room::Ample,
            Some(Rank::Good | Rank::Handy) => Room::Fair,
            Some(Rank::High | Rank::Core) | None => Room::Least,
        };
        match worst {
            Some(worst) if total(&kept, ease) > room => kept[worst] = false,
            _ => break ease,
        }
    };
    let ease = [Room::Ample, Room::Fair, ease]
        .into_iter()
        .find(|ease| total(&kept, *ease) <= room)
        .unwrap_or(Room::Least);
    let width = |(wish, kept): (&Wish, &bool)| if *kept { wish.in_room(ease) } else { 0 };
    let mut widths: Vec<usize> = wishes.iter().zip(&kept).map(width).collect();
    match room.checked_sub(total(&kept, ease)) {
        Some(spare) => grow(wishes, &kept, &mut widths, spare),
        None => shrink(&kept, &mut widths, room),
    }
    widths.into_iter().zip(kept).map(|(width, kept)| (kept && width > 0).then_some(width)).collect()
}

/// Hands out what is left, the narrowest first, so that columns become even; text says more in as many columns, and
/// the end of an ID is enough.
fn grow(wishes: &[Wish], kept: &[bool], widths: &mut [usize], mut spare: usize) {
    while spare > 0 {
        let short = (0..widths.len()).filter(|&at| kept[at] && widths[at] < wishes[at].natural);
        let order = |at: &usize| match wishes[*at].class {
            Class::Id => (true, widths[*at]),
            Class::Prose => (false, widths[*at] / 2),
            Class::Text => (false, widths[*at]),
            Class::Short if wishes[*at].rank <= Rank::High => (false, widths[*at] + 4),
            Class::Time | Class::Whole | Class::Short => (false, widths[*at] + 8),
        };
        let Some(next) = short.min_by_key(order) else { break };
        widths[next] += 1;
        spare -= 1;
    }
}

/// Takes columns from the right, whatever they are: the terminal is narrower than any table.
fn shrink(kept: &[bool], widths: &mut [usize], room: usize) {
    let count = kept.iter().filter(|kept| **kept).count();
    let mut over = (widths.iter().sum::<usize>() + count * GAP).saturating_sub(room);
    for width in widths.iter_mut().rev() {
        let less = over.min(*width);
        *width -= less;
        over -= less;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(class: Class, rank: Rank, natural: usize) -> Wish {
        Wish { class, rank, title: natural.min(8), natural }
    }

    #[test]
    fn columns_go_by_rank_and_the_rest_share_the_room() {
        let wishes = [
            wish(Class::Time, Rank::Core, 19),
            wish(Class::Id, Rank::Core, 8),
            wish(Class::Short, Rank::High, 23),
            wish(Class::Text, Rank::Good, 42),
            wish(Class::Id, Rank::Useful, 19),
            wish(Class::Text, Rank::Extra, 30),
        ];
        for (room, widths) in [
            (153, [Some(19), Some(8), Some(23), Some(42), Some(19), Some(30)]),
            (110, [Some(19), Some(8), Some(19), Some(22), Some(8), Some(22)]),
            (80, [Some(19), Some(8), Some(16), Some(19), Some(8), None]),
            (76, [Some(19), Some(8), Some(19), Some(22), None, None]),
            (61, [Some(19), Some(8), Some(14), Some(12), None, None]),
            (50, [Some(19), Some(8), Some(17), None, None, None]),
            (40, [Some(19), Some(8), None, None, None, None]),
            (25, [Some(19), Some(2), None, None, None, None]),
        ] {
            let fitted = fit(&wishes, room);
            assert_eq!(fitted, widths, "{room}");
            assert!(fitted.iter().flatten().map(|width| width + GAP).sum::<usize>() <= room);
        }
    }
}
