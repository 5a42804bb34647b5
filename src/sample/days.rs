//! Whole working days: who punches and who does anything else, and when the platform tells of it.

use std::collections::VecDeque;

use crate::time::Millis;

use super::calendar::{self, Office};
use super::random::Random;
use super::text::fold;

/// Something that somebody does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Appointment {
    /// When the platform tells of it.
    pub created: Millis,
    pub who: u32,
    pub is_punch: bool,
}

/// What people do that is told of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    pub punches: bool,
    /// How many other things everybody does in a day, on average.
    pub others: u32,
}

/// What happens from a day on, in the order in which it is told.
#[derive(Debug)]
pub(super) struct Agenda {
    seed: u64,
    random: Random,
    habits: Habits,
    employees: u32,
    /// The day that is next.
    day: Day,
    /// How many days are left.
    left: u32,
    /// What is left of the day before it.
    today: VecDeque<Appointment>,
}

/// A day of the company.
#[derive(Clone, Copy, Debug)]
struct Day {
    office: Office,
    /// What its clocks show when the day begins.
    midnight: i64,
    is_first: bool,
}

impl Day {
    fn is_weekend(self) -> bool {
        calendar::is_weekend(self.midnight)
    }

    fn before(self) -> Day {
        Day { midnight: self.midnight - calendar::DAY, is_first: false, ..self }
    }

    fn next(self) -> Day {
        Day { midnight: self.midnight + calendar::DAY, is_first: false, ..self }
    }

    /// A moment in a second of the day.
    fn at(self, second: u32, random: &mut Random) -> Millis {
        let at = self.office.instant(self.midnight + i64::from(second));
        Millis(1000 * at.0 + i64::from(random.below(1000)))
    }
}

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;

/// How much happens in an hour of a working day, punches left out.
const BUSY: &[(u32, u32)] = &[
    (8, 3),
    (9, 14),
    (10, 20),
    (11, 18),
    (12, 6),
    (13, 8),
    (14, 18),
    (15, 20),
    (16, 19),
    (17, 17),
    (18, 10),
    (19, 5),
    (20, 3),
    (21, 2),
    (22, 1),
];

impl Agenda {
    /// So many days from the one that contains `start`.
    pub fn new(
        seed: u64,
        office: Office,
        start: Millis,
        days: u32,
        employees: u32,
        habits: Habits,
    ) -> Agenda {
        let local = office.local(start.seconds());
        let midnight = local - local.rem_euclid(calendar::DAY);
        let mut agenda = Agenda {
            seed,
            random: Random::new(fold(seed, "days")),
            habits,
            employees,
            day: Day { office, midnight, is_first: true },
            left: days,
            today: VecDeque::new(),
        };
        agenda.fill();
        agenda
    }

    /// Whether nothing is left.
    pub fn is_over(&self) -> bool {
        self.today.is_empty()
    }

    /// What is told next.
    pub fn next(&mut self) -> Option<Appointment> {
        let next = self.today.pop_front();
        self.fill();
        next
    }

    /// Lays out days until there is something, or none is left.
    fn fill(&mut self) {
        while self.today.is_empty() && self.left > 0 {
            let mut today = Vec::new();
            for who in 0..self.employees {
                if self.habits.punches {
                    self.punches(who, &mut today);
                }
                self.others(who, &mut today);
            }
            today.sort_by_key(|appointment| (appointment.created, appointment.who));
            self.today = today.into();
            self.day = self.day.next();
            self.left -= 1;
        }
    }

    /// The punches of somebody's day.
    fn punches(&mut self, who: u32, today: &mut Vec<Appointment>) {
        let night = self.works_at_night(who);
        let (day, random) = (self.day, &mut self.random);
        let mut punch = |random: &mut Random, from: u32, span: u32| {
            // Two dice: most come in the middle of the span.
            let second = from + random.below(span / 2) + random.below(span / 2);
            today.push(Appointment { created: day.at(second, random), who, is_punch: true });
        };
        if night {
            // The shift ends on the next day, unless it began before the first.
            if !day.is_first && !day.before().is_weekend() {
                punch(random, 6 * HOUR, 30 * MINUTE);
            }
            if !day.is_weekend() {
                punch(random, 21 * HOUR + 40 * MINUTE, 30 * MINUTE);
            }
            return;
        }
        if day.is_weekend() {
            if random.chance(50) {
                punch(random, 9 * HOUR + 30 * MINUTE, 2 * HOUR);
                punch(random, 15 * HOUR, 3 * HOUR);
            }
            return;
        }
        // Ill, on leave, on a journey.
        if random.chance(40) {
            return;
        }
        match random.chance(60) {
            true => punch(random, 9 * HOUR + 10 * MINUTE, 80 * MINUTE),
            false => punch(random, 8 * HOUR + 30 * MINUTE, 40 * MINUTE),
        }
        if random.chance(150) {
            punch(random, 12 * HOUR, 20 * MINUTE);
            punch(random, 13 * HOUR, 30 * MINUTE);
        }
        // A visit to a customer.
        if random.chance(50) {
            punch(random, 14 * HOUR, 2 * HOUR);
        }
        match random.below(100) {
            // Forgotten.
            0..2 => {}
            2..5 => punch(random, 16 * HOUR + 30 * MINUTE, 80 * MINUTE),
            5..13 => punch(random, 20 * HOUR + 30 * MINUTE, 150 * MINUTE),
            _ => punch(random, 18 * HOUR, 2 * HOUR),
        }
    }

    /// What else somebody does in a day.
    fn others(&mut self, who: u32, today: &mut Vec<Appointment>) {
        let (day, random) = (self.day, &mut self.random);
        let most = if self.habits.others == 0 || day.is_weekend() && !random.chance(100) {
            0
        } else {
            2 * self.habits.others + 1
        };
        for _ in 0..random.below(most.max(1)) {
            let second = *random.weighed(BUSY) * HOUR + random.below(HOUR);
            today.push(Appointment { created: day.at(second, random), who, is_punch: false });
        }
    }

    /// One of fifty does.
    fn works_at_night(&self, who: u32) -> bool {
        Random::new(fold(self.seed, "night") ^ u64::from(who)).below(50) == 0
    }
}
