//! Pieces of a stream put together again in their order. A piece may be read ahead, on any thread, on the guess that
//! it begins between two documents; here the guess is held against how the stream really stood, and a piece that
//! was guessed wrong is read again together with what was left of the one before. So the outcome depends on the
//! bytes alone, never on where they were cut or who read them.

use std::ops::ControlFlow;

use crate::engine::Engine;
use crate::json::Place;

use super::frame::{Handler, Input, Limits, State, segment};

/// A piece of a stream: the bytes that follow those of the last piece.
#[derive(Debug)]
pub struct Piece {
    /// The bytes.
    pub text: Vec<u8>,
    /// Where they stand in the stream.
    pub place: Place,
    /// How the stream probably stands before them; `None` when there is no telling.
    pub guess: Option<State>,
    /// Whether the stream ends with them.
    pub last: bool,
    /// Whether the stream promises to be JSON throughout.
    pub json: bool,
}

/// A piece that was read ahead.
#[derive(Debug)]
pub struct Ahead<H> {
    /// What the handler made of it.
    pub handler: H,
    consumed: usize,
    state: State,
}

/// Reads a piece ahead, if there is a guess to start from.
pub fn read_ahead<H: Handler>(
    engine: &mut Engine,
    piece: &Piece,
    limits: Limits,
    make: impl FnOnce() -> H,
) -> Option<Ahead<H>> {
    let mut state = piece.guess?;
    let mut handler = make();
    let input = Input::new(&piece.text, piece.last).at(piece.place);
    let limits = Limits { json: piece.json, ..limits };
    let consumed = segment(engine, input, &mut state, limits, &mut handler);
    Some(Ahead { handler, consumed, state })
}

/// What a handler made of a stretch of the stream, to be taken in order.
#[derive(Debug)]
pub struct Stretch<'s, H> {
    /// The bytes that the handler's spans point into.
    pub text: &'s [u8],
    /// Where they stand in the stream.
    pub place: Place,
    /// Items of the open array before them: to be added to the relative ones that the handler was told.
    pub items: u64,
    /// The handler.
    pub handler: H,
}

/// Puts the pieces of one stream together.
#[derive(Debug)]
pub struct Assembler {
    state: State,
    limits: Limits,
    /// What was left of the pieces so far: the beginning of a document.
    rest: Vec<u8>,
    place: Place,
    /// Not worth reading again before there is this much of it.
    patience: usize,
}

/// Up to here, an unfinished document is tried again whenever there is more of it: somebody may be waiting.
const EAGER: usize = 64 << 10;

impl Assembler {
    /// The start of a stream.
    pub fn new(limits: Limits) -> Assembler {
        Assembler { state: State::default(), limits, rest: Vec::new(), place: Place::START, patience: 0 }
    }

    /// Takes the next piece, hands what is whole to `take`, and keeps the rest. There are several stretches when
    /// handlers become full. Stops when `take` says so; an error of `take` is passed on.
    pub fn piece<H: Handler, E>(
        &mut self,
        engine: &mut Engine,
        piece: &Piece,
        ahead: Option<Ahead<H>>,
        make: impl Fn() -> H,
        mut take: impl FnMut(Stretch<'_, H>) -> Result<ControlFlow<()>, E>,
    ) -> Result<ControlFlow<()>, E> {
        let guessed = self.rest.is_empty() && piece.guess.is_some_and(|guess| self.fits(guess));
        if let Some(Ahead { handler, consumed, state }) = ahead.filter(|_| guessed) {
            let items = self.state.items;
            self.state = state;
            if std::mem::take(&mut self.state.relative) {
                self.state.items += items;
            }
            let full = handler.is_full();
            self.keep(&piece.text, consumed, piece.place);
            let flow = take(Stretch { text: &piece.text, place: piece.place, items, handler })?;
            if flow.is_break() || !full {
                return Ok(flow);
            }
        } else {
            if self.rest.is_empty() {
                self.place = piece.place;
            }
            self.rest.extend_from_slice(&piece.text);
            if !piece.last && self.rest.len() < self.patience {
                return Ok(ControlFlow::Continue(()));
            }
        }
        let limits = Limits { json: piece.json, ..self.limits };
        let whole = std::mem::take(&mut self.rest);
        let mut input = Input::new(&whole, piece.last).at(self.place);
        loop {
            let mut handler = make();
            let consumed = segment(engine, input, &mut self.state, limits, &mut handler);
            let text = input.text;
            let full = handler.is_full() && consumed < text.len();
            let place = input.place;
            let flow = take(Stretch { text, place, items: 0, handler })?;
            if flow.is_break() || !full {
                self.keep(text, consumed, place);
                return Ok(flow);
            }
            input.place = place.after(&text[..consumed]);
            input.text = &text[consumed..];
        }
    }

    fn fits(&self, guess: State) -> bool {
        self.state.between == guess.between
            && self.state.begun == guess.begun
            && self.state.in_line == guess.in_line
            && !self.state.told
            && !self.state.is_within()
    }

    /// Keeps what follows the first `consumed` bytes of a text that begins at `place`.
    fn keep(&mut self, text: &[u8], consumed: usize, place: Place) {
        let (read, rest) = text.split_at(consumed);
        self.rest.clear();
        self.rest.extend_from_slice(rest);
        // Where nothing is left, the next piece says where it stands itself: no need to count.
        if !rest.is_empty() {
            self.place = place.after(read);
        }
        // Doubling keeps the work linear however long a document grows.
        self.patience = if rest.len() < EAGER { 0 } else { rest.len().saturating_mul(2) };
    }
}
